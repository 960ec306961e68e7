import { createPublicKey } from 'node:crypto';
import { makeKeys } from '../../mocks/wechat-pay/keys.ts';
import { platformHeaders, seal } from '../../mocks/wechat-pay/signing.ts';
import { ledger } from '../areas/payments/ledgerModel.ts';
import { listOwnPayments, listStaffPayments } from '../areas/payments/listPayments.ts';
import { type Payment, payments } from '../areas/payments/model.ts';
import { payNotices } from '../areas/payments/noticeModel.ts';
import type { OwnerRow } from '../areas/payments/port.ts';
import { applyStored, receiveNotice } from '../areas/payments/receiveNotice.ts';
import { reconcileDay } from '../areas/payments/reconcileDay.ts';
import type { PaymentsRoom } from '../areas/payments/room.ts';
import { systemClock } from '../kernel/clock.ts';
import { localDayOf } from '../kernel/localDay.ts';
import { connectWechatPay } from '../wechat/pay/client.ts';
import type { BillRow } from '../wechat/pay/port.ts';
import { quantile } from './adapterParts/measure.ts';
import { runParts } from './runParts.ts';

const clock = systemClock();
const few = Number(process.env['BENCH_PAY_FEW'] ?? 10_000);
const many = Number(process.env['BENCH_PAY_MANY'] ?? 1_000_000);
const rows = Number(process.env['BENCH_PAY_ROWS'] ?? 100_000);
const notices = Number(process.env['BENCH_PAY_NOTICES'] ?? 1500);
const atOnce = 16;
const appid = 'wx00000000000000aa';

/**
 * `notice_ratio`: notices a second from the door to the committed ledger, over the same notices verified, opened and written
 * once. `growth`: look-ups among a million payments over those among ten thousand. `reconcile_s`: a day of 100,000 lines,
 * three books, compared with progress.
 */
export function run(): Promise<Record<string, number>> {
  return runParts('pay', [noticeRatio, growth, reconcile]);
}

const payment = (id: string, index: number, more: Partial<Payment> = {}): Payment => ({
  ...{
    _id: id,
    personId: `person-${index % 5000}`,
    kind: 'fine',
    number: `4401${String(index).padStart(12, '0')}`,
  },
  ...{ billKey: `fine:${id}`, open: true, title: '交通违法罚款', lines: [], amount: 100, channel: 'weapp' },
  ...{ state: 'open', key: `key-of-${id}`, digest: '', cashier: null, transactionId: null, paidAt: null },
  ...{ receiptNumber: null, refund: null, createdAt: new Date(1_760_000_000_000 + index * 1000) },
  ...{ expiresAt: new Date(), dueAt: null, tries: 0, claim: null, history: [], ...more },
});

async function noticeRatio(): Promise<Record<string, number>> {
  const keys = makeKeys();
  const pay = connectWechatPay({
    ...{
      base: 'http://127.0.0.1:9',
      mchid: keys.mchid,
      serial: keys.merchant.serial,
      apiV3Key: keys.apiV3Key,
    },
    ...{ certificate: keys.merchant.certificate, privateKey: keys.merchant.privateKey },
    platformKeys: new Map([[keys.publicKey.id, createPublicKey(keys.publicKey.publicKey)]]),
    ...{ appids: { weapp: appid, h5: appid }, now: () => clock.wall() },
  });
  const room: PaymentsRoom = {
    ...{ clock, pay, owners: new Map(), notifyUrl: '', expiryMinutes: 90 },
    ...{ openidOf: async () => null, notify: async () => {} },
  };
  const delivery = (id: string) => {
    const facts = {
      ...{ appid, mchid: keys.mchid, out_trade_no: id, trade_state: 'SUCCESS', transaction_id: `42${id}` },
      ...{ success_time: '2026-11-25T10:00:00+08:00', payer: { openid: 'o' }, amount: { total: 100 } },
    };
    const body = JSON.stringify({
      ...{ id: `EV-${id}`, event_type: 'TRANSACTION.SUCCESS', resource_type: 'encrypt-resource' },
      resource: seal(JSON.stringify(facts), 'transaction', keys.apiV3Key),
    });
    const signed = platformHeaders(body, keys, 'publicKey', clock.wall());
    const headers = Object.fromEntries(
      Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]),
    );
    return { headers, body };
  };
  const ratios: number[] = [];
  for (let round = 0; round < 4; round++) {
    const made = Array.from({ length: notices }, (_, i) => `N${round}x${i}`);
    await payments().insertMany(made.map((id, i) => payment(id, i)));
    const deliveries = made.map(delivery);
    let next = 0;
    const whole = await perSecond(notices, async () => {
      const { headers, body } = deliveries[next++]!;
      await applyStored(room, await receiveNotice(room, headers, body));
    });
    let at = 0;
    const bare = await perSecond(notices, async () => {
      const { headers, body } = deliveries[at++]!;
      const notice = pay.readNotice(headers, body, clock.wall());
      await payNotices().insertOne({ _id: `bare-${notice.id}`, raw: body } as never);
    });
    ratios.push(whole / bare);
    console.log(
      `notices: ${Math.round(whole)} a second to the ledger, ${Math.round(bare)} verified and written once`,
    );
  }
  const booked = await ledger().countDocuments({ _id: { $regex: /^N/ } });
  if (booked !== notices * 4) throw new Error(`${booked} entries for ${notices * 4} notices`);
  await pay.end();
  return { notice_ratio: quantile(ratios, 0.5) };
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  let left = count;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await work();
    }),
  );
  return (count * 1000) / (performance.now() - started);
}

async function growth(): Promise<Record<string, number>> {
  await fill(0, few);
  const lookUp = async (among: number): Promise<number> => {
    const index = Math.floor(Math.random() * among);
    return perCallOf(async () => {
      await listOwnPayments(`person-${index % 5000}-${Math.floor(index / 50)}`);
      await payments().findOne({ billKey: `fine:B${index}`, open: true });
      await listStaffPayments({ state: 'settled' });
    });
  };
  const small = await medianOf(() => lookUp(few));
  await fill(few, many);
  const large = await medianOf(() => lookUp(many));
  console.log(`look-ups: ${small.toFixed(2)} ms among ${few}, ${large.toFixed(2)} ms among ${many}`);
  return { growth: large / small };
}

async function fill(from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 5000) {
    const part = Array.from({ length: Math.min(5000, to - at) }, (_, i) => {
      const index = at + i;
      // Fifty payments a person, however many there are.
      const personId = `person-${index % 5000}-${Math.floor(index / 50)}`;
      return payment(`B${index}`, index, { personId, state: 'settled' });
    });
    await payments().insertMany(part, { ordered: false });
  }
}

async function reconcile(): Promise<Record<string, number>> {
  const now = new Date();
  const at = new Date(now.getTime() - 86_400_000);
  const day = localDayOf(at);
  for (let from = 0; from < rows; from += 5000) {
    const ids = Array.from({ length: Math.min(5000, rows - from) }, (_, i) => from + i);
    await payments().insertMany(
      ids.map((i) => payment(`R${i}`, i, { state: 'settled', transactionId: `T${i}`, paidAt: at })),
    );
    await ledger().insertMany(
      ids.map((i) => ({
        ...{
          _id: `R${i}:paid`,
          paymentId: `R${i}`,
          debit: 'wechat',
          credit: 'owner:fine',
          amount: 100,
          at,
          day,
        },
      })),
    );
  }
  const bill: BillRow[] = Array.from({ length: rows }, (_, i) => ({
    ...{ kind: 'payment', outTradeNo: `R${i}`, transactionId: `T${i}`, amount: 100, at },
    ...{ outRefundNo: null, refundId: null, refundStatus: null },
  }));
  const file: OwnerRow[] = bill.map((row, i) => ({
    billNumber: `B${i}`,
    transactionId: row.transactionId,
    amount: 100,
  }));
  const room = {
    clock,
    pay: { bill: async () => bill },
    owners: new Map([['fine', { kind: 'fine', dayFile: async (of: string) => (of === day ? file : []) }]]),
  } as unknown as PaymentsRoom;
  let heard = 0;
  const started = performance.now();
  const result = await reconcileDay(room, day, () => {
    heard += 1;
  });
  const seconds = (performance.now() - started) / 1000;
  if (result.state !== 'agrees' || result.books.lines !== rows || heard < rows / 1000)
    throw new Error(`the day ${result.state}, ${result.books.lines} lines, progress heard ${heard} times`);
  return { reconcile_s: seconds };
}

async function perCallOf(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function medianOf(measure: () => Promise<number>): Promise<number> {
  for (let i = 0; i < 30; i++) await measure();
  const times: number[] = [];
  for (let i = 0; i < 200; i++) times.push(await measure());
  return quantile(times, 0.5);
}
