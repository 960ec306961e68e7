import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import anyTest, { type TestFn } from 'ava';
import { type WechatPay as StandIn, startWechatPay } from '../../../mocks/wechat-pay/server.ts';
import type { Clock } from '../../kernel/clock.ts';
import { useDatabase } from '../../testing/database.ts';
import { connectWechatPay } from '../../wechat/pay/client.ts';
import { NoticeRefusal } from '../../wechat/pay/notice.ts';
import type { NewNotice } from '../notices/createNotice.ts';
import { ledger } from './ledgerModel.ts';
import { type Payment, payments } from './model.ts';
import { payNotices } from './noticeModel.ts';
import { applyStored, receiveNotice, sweepNotices } from './receiveNotice.ts';
import { askRefund, decideRefund } from './refunds.ts';
import type { PaymentsRoom } from './room.ts';
import { startPayment } from './startPayment.ts';
import { TestOwner } from './testing/billOwner.ts';
import { workPayments } from './workPayments.ts';

interface World {
  standIn: StandIn;
  owner: TestOwner;
  room: PaymentsRoom;
  clock: Clock & { forward(minutes: number): void };
  told: NewNotice[];
  /** What the merchant's door does with a delivery; answers the status. */
  door: { take: (headers: Record<string, string>, body: string) => Promise<number> };
  deliveries: { headers: Record<string, string>; body: string }[];
}
const test = anyTest as TestFn<World>;
const database = useDatabase(test as never);
const [weapp, h5] = ['wx00000000000000aa', 'wx00000000000000bb'];

test.before(async (t) => {
  let offset = 0;
  const clock = {
    now: () => new Date(Date.now() + offset),
    wall: () => new Date(),
    monotonic: () => performance.now(),
    forward: (minutes: number) => {
      offset += minutes * 60_000;
    },
  };
  const standIn = await startWechatPay({
    appids: [weapp!, h5!],
    allowPrivateNotify: true,
    noticeSpeed: 1000,
    now: clock.now,
  });
  const deliveries: World['deliveries'] = [];
  const door: World['door'] = { take: async () => 204 };
  const merchant = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const delivery = {
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
      };
      deliveries.push(delivery);
      void door.take(delivery.headers, delivery.body).then((status) => response.writeHead(status).end());
    });
  });
  await new Promise<void>((resolve) => merchant.listen(0, '127.0.0.1', resolve));
  const { keys } = standIn.world;
  const pay = connectWechatPay({
    base: standIn.url,
    mchid: keys.mchid,
    certificate: keys.merchant.certificate,
    privateKey: keys.merchant.privateKey,
    serial: keys.merchant.serial,
    apiV3Key: keys.apiV3Key,
    platformKeys: new Map([[keys.publicKey.id, createPublicKey(keys.publicKey.publicKey)]]),
    appids: { weapp: weapp!, h5: h5! },
    timeoutMs: 2000,
    now: () => new Date(),
  });
  const owner = new TestOwner();
  const told: NewNotice[] = [];
  const room: PaymentsRoom = {
    clock,
    pay,
    owners: new Map([['fine', owner]]),
    notifyUrl: `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/notice`,
    expiryMinutes: 90,
    openidOf: async (personId) => `o-${personId}`,
    notify: async (notice, session) => {
      // As createNotice: it counts only when the transaction is committed.
      if (session)
        session.once('ended', () => void (told.some(({ key }) => key === notice.key) || told.push(notice)));
      else told.push(notice);
    },
  };
  t.context = { standIn, owner, room, clock, told, door, deliveries };
  database.closers.push(async () => {
    await standIn.close();
    await pay.end();
    merchant.closeAllConnections();
    await new Promise((resolve) => merchant.close(resolve));
  });
});

let tap = 0;
async function begin(world: World, number: string, amount: number, personId = 'wang'): Promise<Payment> {
  world.owner.issue(number, amount);
  return startPayment(world.room, personId, 'weapp', {
    kind: 'fine',
    number,
    amount,
    key: `key-of-a-tap-${++tap}`,
  });
}
const stored = async (id: string): Promise<Payment> => (await payments().findOne({ _id: id }))!;

async function until<T>(look: () => Promise<T | null | false> | T | null | false, what: string): Promise<T> {
  for (let i = 0; i < 600; i++) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`in vain: ${what}`);
}

/** The door as the server has it: keep, answer, apply. */
const honestDoor = (world: World) => async (headers: Record<string, string>, body: string) => {
  try {
    const notice = await receiveNotice(world.room, headers, body);
    await applyStored(world.room, notice);
    return 204;
  } catch (error) {
    if (error instanceof NoticeRefusal) return 401;
    throw error;
  }
};

async function once(world: World, id: string, t: { is: (a: unknown, b: unknown, why?: string) => unknown }) {
  t.is(await ledger().countDocuments({ paymentId: id, credit: { $regex: /^owner/ } }), 1, 'one entry');
  t.is(
    world.told.filter(({ key }) => key.startsWith(`wang:payment.paid:`) && key.endsWith(id)).length,
    1,
    'one message',
  );
}

test.serial('R5.2.2, I7: paid once is one ledger entry, one receipt, one message', async (t) => {
  const world = t.context;
  world.door.take = honestDoor(world);
  const payment = await begin(world, '440118000000001', 20_000);
  t.is(payment.state, 'open');
  world.standIn.pay(payment.cashier!, 'o-wang');
  await until(async () => (await stored(payment._id)).state === 'paid', 'paid');
  t.true(await workPayments(world.room));
  t.like(await stored(payment._id), { state: 'settled', receiptNumber: 'R440118000000001', dueAt: null });
  await once(world, payment._id, t);
  t.is(world.owner.booked.size, 1);
  t.is(world.told.filter(({ kind }) => kind === 'payment.receipt').length, 1);
});

test.serial('the same tap again is the same payment; another amount under its key is refused', async (t) => {
  const { room, owner } = t.context;
  owner.issue('440118000000002', 5000);
  const request = {
    kind: 'fine',
    number: '440118000000002',
    amount: 5000,
    key: 'one-tap-of-a-page',
  } as const;
  const taps = await Promise.all([1, 2, 3, 4].map(() => startPayment(room, 'li', 'weapp', request)));
  t.is(new Set(taps.map(({ _id }) => _id)).size, 1);
  await t.throwsAsync(startPayment(room, 'li', 'weapp', { ...request, amount: 1 }), {
    message: /前后不一致/,
  });
  const otherPage = await startPayment(room, 'li', 'weapp', { ...request, key: 'another-page-or-phone' });
  t.is(otherPage._id, taps[0]!._id, 'another page goes on with the open one');
  await t.throwsAsync(startPayment(room, 'wang', 'weapp', { ...request, key: 'somebody-else-pays' }), {
    message: /正有一笔支付/,
  });
});

test.serial('the amount is the owner’s at this moment, never the page’s', async (t) => {
  const { room, owner } = t.context;
  owner.issue('440118000000003', 20_600);
  const request = {
    kind: 'fine',
    number: '440118000000003',
    amount: 20_000,
    key: 'an-old-page-1234',
  } as const;
  const error = await t.throwsAsync(startPayment(room, 'li', 'weapp', request));
  t.like(error, { id: 'payments.amount_changed', details: { amount: 20_600 } } as never);
  owner.payElsewhere('440118000000003');
  await t.throwsAsync(startPayment(room, 'li', 'weapp', { ...request, amount: 20_600 }), {
    message: /已经缴清/,
  });
  await t.throwsAsync(startPayment(room, 'li', 'weapp', { ...request, number: '440118000009999' }), {
    message: /没有查到/,
  });
});

test.serial(
  'notice storm: copies, reorder, probes, wrong amount, forgeries: one entry, one message, no fetch',
  async (t) => {
    const world = t.context;
    world.door.take = honestDoor(world);
    for (const [index, faults] of [
      { noticeCopies: 1 },
      { noticeCopies: 2 },
      { noticeCopies: 50, noticeReorderMs: 50 },
      { noticeCopies: 3, noticeProbes: 1 },
    ].entries()) {
      world.standIn.setFaults({ noticeReorderMs: 0, noticeProbes: 0, ...faults });
      const payment = await begin(world, `44011800000010${index}`, 100 + index);
      const from = world.deliveries.length;
      world.standIn.pay(payment.cashier!, 'o-wang');
      const expected = faults.noticeCopies + (faults.noticeProbes ? faults.noticeCopies : 0);
      await until(() => world.deliveries.length >= from + expected, 'all deliveries');
      await until(async () => (await stored(payment._id)).state === 'paid', 'paid');
      await world.standIn.notices.quiet();
      await once(world, payment._id, t);
    }
    world.standIn.setFaults({ noticeCopies: 1, noticeReorderMs: 0, noticeProbes: 0 });
    const calls = world.standIn.world.calls.length;
    const { headers, body } = world.deliveries.at(-1)!;
    const refusals = await Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        world.door.take({ ...headers, 'wechatpay-serial': `FORGED${index}` }, body),
      ),
    );
    t.deepEqual([...new Set(refusals)], [401]);
    t.is(world.standIn.world.calls.length, calls, 'forgeries cause no call');
  },
);

test.serial('a wrong amount changes nothing and lies on the cashier’s desk', async (t) => {
  const world = t.context;
  world.door.take = honestDoor(world);
  world.standIn.setFaults({ noticeWrongAmount: -1 });
  const payment = await begin(world, '440118000000200', 700);
  world.standIn.pay(payment.cashier!, 'o-wang');
  await until(() => payNotices().findOne({ state: 'strange' }), 'a strange notice');
  world.standIn.setFaults({ noticeWrongAmount: 0 });
  t.like(await stored(payment._id), { state: 'open', transactionId: null });
  t.is(await ledger().countDocuments({ paymentId: payment._id }), 0);
  // The bank itself, when asked, says the right amount.
  world.clock.forward(2);
  await workPayments(world.room);
  t.is((await stored(payment._id)).state, 'paid');
  await workPayments(world.room);
});

test.serial('nobody told us: WeChat is asked after 1, 5, 15 and 60 minutes', async (t) => {
  const world = t.context;
  world.standIn.setFaults({ noticeLoss: 1 });
  const payment = await begin(world, '440118000000300', 800);
  const asked = () => world.standIn.world.calls.filter(({ path }) => path.endsWith(payment._id)).length;
  for (const [minutes, times] of [
    [0.5, 0],
    [1, 1],
    [4, 2],
    [10, 3],
  ] as const) {
    world.clock.forward(minutes);
    await workPayments(world.room);
    t.is(asked(), times, `${minutes} more minutes`);
  }
  world.standIn.pay(payment.cashier!, 'o-wang');
  world.clock.forward(46);
  await workPayments(world.room);
  t.is((await stored(payment._id)).state, 'paid');
  await workPayments(world.room);
  t.is((await stored(payment._id)).state, 'settled');
  world.standIn.setFaults({ noticeLoss: 0 });
});

test.serial('unpaid and expired: closed at WeChat first; paid in the last moment counts', async (t) => {
  const world = t.context;
  world.door.take = async () => 500; // no notice gets through
  const late = await begin(world, '440118000000400', 900);
  const last = await begin(world, '440118000000401', 901);
  world.standIn.pay(last.cashier!, 'o-wang');
  world.clock.forward(91);
  await until(async () => {
    await workPayments(world.room);
    const [a, b] = [await stored(late._id), await stored(last._id)];
    return a.state === 'closed' && b.state === 'settled';
  }, 'both at their ends');
  t.is(world.standIn.world.orders.get(late._id)?.state, 'CLOSED');
  t.throws(() => world.standIn.pay(late.cashier!, 'o-wang'), { message: /过期|关闭/ });
  const again = await begin(world, '440118000000400', 900);
  t.not(again._id, late._id, 'a closed one does not stand in the way');
});

test.serial(
  'a prepay whose answer was lost is made once; WeChat away is told without a payment lost',
  async (t) => {
    const world = t.context;
    world.owner.issue('440118000000500', 1000);
    const request = {
      kind: 'fine',
      number: '440118000000500',
      amount: 1000,
      key: 'a-tap-in-a-tunnel',
    } as const;
    world.standIn.setFaults({ dropResponses: 1 });
    await t.throwsAsync(startPayment(world.room, 'wang', 'weapp', request), { message: /没有应答/ });
    world.standIn.setFaults({ dropResponses: 0 });
    const payment = await startPayment(world.room, 'wang', 'weapp', request);
    t.is(payment.state, 'open');
    t.is(world.standIn.world.orders.values().filter(({ total }) => total === 1000).length, 1);
  },
);

test.serial('a process that dies between keeping and applying a notice leaves nothing undone', async (t) => {
  const world = t.context;
  world.door.take = async (headers, body) => {
    await receiveNotice(world.room, headers, body);
    return 204; // and dies
  };
  const payment = await begin(world, '440118000000600', 1100);
  world.standIn.pay(payment.cashier!, 'o-wang');
  const kept = () => payNotices().findOne({ state: 'stored', 'facts.outTradeNo': payment._id });
  await until(kept, 'kept');
  t.is((await stored(payment._id)).state, 'open');
  const swept = await Promise.all([sweepNotices(world.room), sweepNotices(world.room)]);
  t.true(Math.max(...swept) >= 1);
  t.is((await stored(payment._id)).state, 'paid');
  await once(world, payment._id, t);
  await workPayments(world.room);
});

test.serial(
  'the owner is told until it has booked it, once; paid elsewhere meanwhile: the money goes back',
  async (t) => {
    const world = t.context;
    world.door.take = honestDoor(world);
    const lost = await begin(world, '440118000000700', 1200);
    const twice = await begin(world, '440118000000701', 1300);
    for (const { cashier } of [lost, twice]) world.standIn.pay(cashier!, 'o-wang');
    await until(async () => (await payments().countDocuments({ state: 'paid' })) === 2, 'both paid');
    world.owner.payElsewhere('440118000000701');
    world.owner.away = 2;
    world.owner.loseAnswers = 1;
    await until(async () => {
      world.clock.forward(1);
      await workPayments(world.room);
      const [a, b] = [await stored(lost._id), await stored(twice._id)];
      return a.state === 'settled' && b.state === 'refunded';
    }, 'booked, and returned');
    t.is([...world.owner.booked.values()].filter(({ number }) => number === '440118000000700').length, 1);
    const entries = await ledger().find({ paymentId: twice._id }).sort({ _id: 1 }).toArray();
    t.deepEqual(
      entries.map(({ debit, credit, amount }) => ({ debit, credit, amount })),
      [
        { debit: 'wechat', credit: 'owner:fine', amount: 1300 },
        { debit: 'owner:fine', credit: 'wechat', amount: 1300 },
      ],
    );
    t.is(world.standIn.world.refunds.values().filter((each) => each.outTradeNo === twice._id).length, 1);
    const message = world.told.find(({ key }) => key === `wang:payment.refunded:${twice._id}`);
    t.is(message?.values['reason'], '已在其他渠道缴款');
  },
);

test.serial('an owner that will not book it, in its own words, ends it: the money goes back', async (t) => {
  const world = t.context;
  world.door.take = honestDoor(world);
  const payment = await begin(world, '440118000000750', 1500);
  world.standIn.pay(payment.cashier!, 'o-wang');
  await until(async () => (await stored(payment._id)).state === 'paid', 'paid');
  world.owner.refuses = '缴款金额与应缴金额不一致';
  await until(async () => {
    world.clock.forward(1);
    await workPayments(world.room);
    return (await stored(payment._id)).state === 'refunded';
  }, 'refunded');
  world.owner.refuses = '';
  t.is((await stored(payment._id)).refund?.reason, '缴款金额与应缴金额不一致');
});

test.serial('I10: a refund takes two people, and happens once', async (t) => {
  const world = t.context;
  world.door.take = honestDoor(world);
  const payment = await begin(world, '440118000000800', 1400);
  await t.throwsAsync(askRefund(world.room, payment._id, '重复缴款', 'staff-a'), { message: /不能退款/ });
  world.standIn.pay(payment.cashier!, 'o-wang');
  await until(async () => (await stored(payment._id)).state === 'paid', 'paid');
  await workPayments(world.room);
  await askRefund(world.room, payment._id, '重复缴款', 'staff-a');
  await t.throwsAsync(decideRefund(world.room, payment._id, 'approve', '同意', 'staff-a'), {
    message: /另一个人/,
  });
  const decisions = await Promise.allSettled([
    decideRefund(world.room, payment._id, 'approve', '同意', 'staff-b'),
    decideRefund(world.room, payment._id, 'approve', '同意', 'staff-c'),
  ]);
  t.is(decisions.filter(({ status }) => status === 'fulfilled').length, 1);
  await until(async () => {
    world.clock.forward(1);
    await workPayments(world.room);
    return (await stored(payment._id)).state === 'refunded';
  }, 'refunded');
  t.is(world.standIn.world.refunds.values().filter((each) => each.outTradeNo === payment._id).length, 1);
});

test.serial('I8: the books agree with WeChat’s bill, to the fen', async (t) => {
  const { standIn } = t.context;
  const entries = await ledger().find().toArray();
  const balance = entries.reduce(
    (sum, each) => sum + (each.debit === 'wechat' ? each.amount : -each.amount),
    0,
  );
  const atWechat =
    standIn.world.orders
      .values()
      .filter(({ successTime }) => successTime)
      .reduce((sum, each) => sum + each.total, 0) -
    standIn.world.refunds.values().reduce((sum, each) => sum + each.refund, 0);
  t.is(balance, atWechat);
  t.true(entries.every(({ amount }) => Number.isInteger(amount)));
});
