import { createPublicKey, X509Certificate } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import anyTest, { type TestFn } from 'ava';
import { type WechatPay as StandIn, startWechatPay } from '../../../mocks/wechat-pay/server.ts';
import { platformHeaders, seal } from '../../../mocks/wechat-pay/signing.ts';
import { connectWechatPay } from './client.ts';
import { PayError } from './errors.ts';
import { NoticeRefusal } from './notice.ts';
import type { NewTrade, WechatPay } from './port.ts';

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
interface World {
  standIn: StandIn;
  pay: WechatPay;
  /** Notices as they came, newest last; answered with `answerWith`. */
  inbox: Delivery[];
  answerWith: number[];
  notifyUrl: string;
  clock: { now: Date };
  close(): Promise<void>;
}
const test = anyTest as TestFn<World>;
const weapp = 'wx00000000000000aa';
const h5 = 'wx00000000000000bb';

const clientOf = (standIn: StandIn, now: () => Date, timeoutMs = 2000): WechatPay => {
  const { keys } = standIn.world;
  return connectWechatPay({
    base: standIn.url,
    mchid: keys.mchid,
    certificate: keys.merchant.certificate,
    privateKey: keys.merchant.privateKey,
    serial: keys.merchant.serial,
    apiV3Key: keys.apiV3Key,
    platformKeys: new Map([
      [keys.publicKey.id, createPublicKey(keys.publicKey.publicKey)],
      [keys.platform[0]!.serial, new X509Certificate(keys.platform[0]!.certificate).publicKey],
    ]),
    appids: { weapp, h5 },
    timeoutMs,
    now,
  });
};

test.beforeEach(async (t) => {
  const clock = { now: new Date('2026-11-25T02:00:00Z') };
  const standIn = await startWechatPay({
    appids: [weapp, h5],
    allowPrivateNotify: true,
    noticeSpeed: 1000,
    now: () => clock.now,
  });
  const inbox: Delivery[] = [];
  const answerWith: number[] = [];
  const merchant = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      inbox.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.statusCode = answerWith.shift() ?? 204;
      response.end();
    });
  });
  await new Promise<void>((resolve) => merchant.listen(0, '127.0.0.1', resolve));
  const pay = clientOf(standIn, () => new Date());
  t.context = {
    ...{ standIn, pay, inbox, answerWith, clock },
    notifyUrl: `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/notice`,
    close: async () => {
      await pay.end();
      await standIn.close();
      merchant.closeAllConnections();
      await new Promise((resolve) => merchant.close(resolve));
    },
  };
});
test.afterEach.always((t) => t.context.close());

const trade = (world: World, more: Partial<NewTrade> = {}): NewTrade => ({
  outTradeNo: 'ZC20261125000001',
  channel: 'weapp',
  openid: 'o-wang',
  description: '交通违法罚款',
  total: 20_000,
  expiresAt: new Date(world.clock.now.getTime() + 90 * 60_000),
  notifyUrl: world.notifyUrl,
  ...more,
});

async function until<T>(look: () => T | undefined | false, what: string): Promise<T> {
  for (let i = 0; i < 400; i++) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`in vain: ${what}`);
}

test('R5.2.2: prepay, the cashier, a signed and sealed notice, the same by query', async (t) => {
  const { pay, standIn, inbox } = t.context;
  t.is(await pay.query('ZC20261125000001'), null);
  const request = await pay.prepay(trade(t.context));
  t.deepEqual({ appId: request.appId, signType: request.signType }, { appId: weapp, signType: 'RSA' });
  t.is((await pay.query('ZC20261125000001'))?.state, 'NOTPAY');
  standIn.pay(request, 'o-wang');
  const { headers, body } = await until(() => inbox[0], 'the notice');
  t.false(body.includes('o-wang'), 'nothing readable in a sealed notice');
  const notice = pay.readNotice(headers, body, new Date());
  t.like(notice, { kind: 'paid', trade: { total: 20_000, openid: 'o-wang', state: 'SUCCESS' } });
  const asked = await pay.query('ZC20261125000001');
  t.deepEqual(asked, notice.kind === 'paid' ? notice.trade : null);
  t.is(await pay.close('ZC20261125000001'), 'paid');
});

test('the same order again gets the same prepay; another amount under the number is refused', async (t) => {
  const { pay, standIn } = t.context;
  const first = await pay.prepay(trade(t.context));
  const again = await pay.prepay(trade(t.context));
  t.is(first.package, again.package);
  t.like(await t.throwsAsync(pay.prepay(trade(t.context, { total: 1 }))), {
    kind: 'refused',
    code: 'INVALID_REQUEST',
  });
  standIn.pay(again, 'o-wang');
  t.like(await t.throwsAsync(pay.prepay(trade(t.context))), { kind: 'paid', code: 'ORDER_PAID' });
  t.throws(() => standIn.pay(again, 'o-wang'), { message: '订单已支付，请勿重复支付' });
});

test('the cashier takes neither a changed sheet, another person, a closed nor an expired order', async (t) => {
  const { pay, standIn, clock } = t.context;
  const request = await pay.prepay(trade(t.context));
  t.throws(() => standIn.pay({ ...request, package: 'prepay_id=wx1' }, 'o-wang'), {
    message: '支付验证签名失败',
  });
  t.throws(() => standIn.pay({ ...request, appId: h5 }, 'o-wang'), { message: '支付验证签名失败' });
  t.throws(() => standIn.pay(request, 'o-li'), { message: '下单用户与支付用户不一致' });
  clock.now = new Date(clock.now.getTime() + 91 * 60_000);
  t.throws(() => standIn.pay(request, 'o-wang'), { message: /过期/ });
  t.is(await pay.close('ZC20261125000001'), 'closed');
  t.is(await pay.close('ZC20261125000001'), 'closed', 'again: changes nothing');
  t.like(await t.throwsAsync(pay.prepay(trade(t.context))), { kind: 'closed' });
  t.like(await t.throwsAsync(pay.close('ZC0000000000')), { kind: 'absent' });
});

test('a page of the official account pays with its own appid', async (t) => {
  const { pay, standIn, inbox } = t.context;
  const request = await pay.prepay(trade(t.context, { channel: 'h5', outTradeNo: 'ZC20261125000002' }));
  t.is(request.appId, h5);
  standIn.pay(request, 'o-wang');
  const { headers, body } = await until(() => inbox[0], 'the notice');
  t.like(pay.readNotice(headers, body, new Date()), { trade: { appid: h5 } });
});

test('a notice is repeated until it is taken, each time signed anew', async (t) => {
  const { pay, standIn, inbox, answerWith } = t.context;
  answerWith.push(500, 500, 404);
  standIn.pay(await pay.prepay(trade(t.context)), 'o-wang');
  await until(() => inbox.length === 4, 'four tries');
  t.is(new Set(inbox.map((each) => each.headers['wechatpay-signature'])).size, 4);
  const ids = inbox.map(({ headers, body }) => pay.readNotice(headers, body, new Date()).id);
  t.is(new Set(ids).size, 1, 'one notice, four deliveries');
});

test('forged, stale, tampered, probing, foreign and unreadable notices are refused, and nobody is asked', async (t) => {
  const { pay, standIn, inbox } = t.context;
  standIn.pay(await pay.prepay(trade(t.context)), 'o-wang');
  const { headers, body } = await until(() => inbox[0], 'the notice');
  const calls = standIn.world.calls.length;
  const { keys } = standIn.world;
  const refused = (what: string, because: RegExp, change: { headers?: object; body?: string; now?: Date }) =>
    t.throws(
      () => pay.readNotice({ ...headers, ...change.headers }, change.body ?? body, change.now ?? new Date()),
      { instanceOf: NoticeRefusal, message: because },
      what,
    );
  const signed = (text: string) => {
    const fresh = platformHeaders(text, keys, 'publicKey', new Date());
    return Object.fromEntries(Object.entries(fresh).map(([name, value]) => [name.toLowerCase(), value]));
  };
  const notice = JSON.parse(body) as { resource: Record<string, string> };
  const resealed = (plain: object, aad = 'transaction', key = keys.apiV3Key) =>
    JSON.stringify({ ...notice, resource: { ...notice.resource, ...seal(JSON.stringify(plain), aad, key) } });
  refused('no signature', /missing/, { headers: { 'wechatpay-signature': undefined } });
  refused('changed body', /does not verify/, { body: body.replace('支付成功', '支付失败') });
  refused('old', /stale/, { now: new Date(Date.now() + 301_000) });
  refused('ahead', /stale/, { now: new Date(Date.now() - 302_000) });
  for (const serial of ['constructor', '__proto__', 'toString', 'PUB_KEY_ID_1', 'A'.repeat(40)])
    refused(serial, /unknown serial/, { headers: { 'wechatpay-serial': serial } });
  refused('probe', /probe/, {
    headers: { 'wechatpay-signature': `WECHATPAY/SIGNTEST/${headers['wechatpay-signature']}` },
  });
  const bytes = Buffer.from(notice.resource['ciphertext']!, 'base64');
  bytes[3]! ^= 1;
  const tampered = JSON.stringify({
    ...notice,
    resource: { ...notice.resource, ciphertext: bytes.toString('base64') },
  });
  refused('tampered ciphertext', /cannot be opened/, { body: tampered, headers: signed(tampered) });
  const otherAad = JSON.stringify({
    ...notice,
    resource: { ...notice.resource, associated_data: 'certificate' },
  });
  refused('other associated data', /cannot be opened/, { body: otherAad, headers: signed(otherAad) });
  const otherKey = resealed({}, 'transaction', 'f'.repeat(32));
  refused('other key', /cannot be opened/, { body: otherKey, headers: signed(otherKey) });
  const plain = {
    ...{ appid: weapp, mchid: '1600000000', out_trade_no: 'ZC1', trade_state: 'SUCCESS' },
    amount: { total: 1 },
  };
  const otherMerchant = resealed(plain);
  refused('other merchant', /another merchant/, { body: otherMerchant, headers: signed(otherMerchant) });
  const otherApp = resealed({ ...plain, mchid: keys.mchid, appid: 'wxffff' });
  refused('other application', /another application/, { body: otherApp, headers: signed(otherApp) });
  const half = resealed({ mchid: keys.mchid });
  refused('not a trade', /not a trade/, { body: half, headers: signed(half) });
  for (const text of ['', '[]', '{"id":1}', 'null', '<xml/>'])
    refused(text, /not (JSON|a notice)/, { body: text, headers: signed(text) });
  t.is(standIn.world.calls.length, calls, 'no call went out');
  t.notThrows(() => pay.readNotice(headers, body, new Date()));
});

test('answers: an unsigned or wrongly signed one is no answer; a cut connection leaves the outcome open', async (t) => {
  const { pay, standIn } = t.context;
  standIn.setFaults({ dropResponses: 1 });
  t.like(await t.throwsAsync(pay.prepay(trade(t.context))), { kind: 'unknown' });
  standIn.setFaults({ dropResponses: 0 });
  t.is((await pay.query('ZC20261125000001'))?.state, 'NOTPAY', 'it was carried out');
  const honest = standIn.world.keys.publicKey;
  Object.assign(standIn.world.keys, { publicKey: { ...honest, id: 'PUB_KEY_ID_OTHER' } });
  t.like(await t.throwsAsync(pay.query('ZC20261125000001')), { kind: 'unknown' });
  Object.assign(standIn.world.keys, { publicKey: honest });
  standIn.setFaults({ errorRate: 1 });
  t.like(await t.throwsAsync(pay.query('ZC20261125000001')), { kind: 'unknown', code: 'SYSTEM_ERROR' });
  standIn.setFaults({ errorRate: 0, latencyMs: 400 });
  const hasty = clientOf(standIn, () => new Date(), 100);
  t.like(await t.throwsAsync(hasty.query('ZC20261125000001')), { kind: 'unknown' });
  await hasty.end();
});

test('errors carry neither the Authorization header nor the payer', async (t) => {
  const { pay, standIn } = t.context;
  standIn.setFaults({ down: true });
  const error = (await t.throwsAsync(pay.prepay(trade(t.context)))) as PayError;
  t.true(error instanceof PayError);
  const said = `${error.stack}${JSON.stringify(error)}${String(error.cause)}`;
  t.notRegex(said, /WECHATPAY2|o-wang|signature=/);
});

test('certificate mode is understood as well', async (t) => {
  const { pay, standIn, inbox } = t.context;
  standIn.world.signing = 'certificate';
  standIn.pay(await pay.prepay(trade(t.context)), 'o-wang');
  const { headers, body } = await until(() => inbox[0], 'the notice');
  t.is(headers['wechatpay-serial'], standIn.world.keys.platform[0]!.serial);
  t.like(pay.readNotice(headers, body, new Date()), { kind: 'paid' });
});

test('a refund is accepted, then done, and told; the same number again is the same refund', async (t) => {
  const { pay, standIn, inbox, notifyUrl } = t.context;
  standIn.pay(await pay.prepay(trade(t.context)), 'o-wang');
  await until(() => inbox[0], 'the notice');
  const refund = {
    ...{ outRefundNo: 'ZCR2026112500001', outTradeNo: 'ZC20261125000001', refund: 5000, total: 20_000 },
    ...{ reason: '他处已缴', notifyUrl },
  };
  t.like(await pay.refund(refund), { status: 'PROCESSING', refund: 5000 });
  t.like(await pay.refund(refund), { outRefundNo: 'ZCR2026112500001' });
  t.is(standIn.world.refunds.size, 1);
  t.like(await t.throwsAsync(pay.refund({ ...refund, refund: 4000 })), { code: 'INVALID_REQUEST' });
  const told = await until(() => inbox[1], 'the notice of the refund');
  t.like(pay.readNotice(told.headers, told.body, new Date()), {
    kind: 'refund',
    refund: { status: 'SUCCESS', refund: 5000 },
  });
  t.like(await pay.findRefund('ZCR2026112500001'), { status: 'SUCCESS' });
  t.is(await pay.findRefund('ZCR2026112500009'), null);
  const more = { ...refund, outRefundNo: 'ZCR2026112500002', refund: 15_001 };
  t.like(await t.throwsAsync(pay.refund(more)), { code: 'INVALID_REQUEST' }, 'more than was paid');
  t.like(
    await t.throwsAsync(pay.refund({ ...more, refund: 100 })),
    { kind: 'slower', code: 'FREQUENCY_LIMITED' },
    'within a minute of the last',
  );
});

test('the bill of a day comes the next morning, in fen, and its totals are checked', async (t) => {
  const { pay, standIn, inbox, clock, notifyUrl } = t.context;
  for (const [index, total] of [20_000, 1, 12_345].entries()) {
    const request = await pay.prepay(
      trade(t.context, { outTradeNo: `ZC2026112500010${index}`, total, description: '电费, 11月' }),
    );
    standIn.pay(request, 'o-wang');
  }
  await until(() => inbox.length === 3, 'three notices');
  await pay.refund({
    ...{ outRefundNo: 'ZCR2026112500003', outTradeNo: 'ZC20261125000102', refund: 345, total: 12_345 },
    ...{ reason: '多缴', notifyUrl },
  });
  t.is(await pay.bill('2026-11-25'), null, 'not on the day itself');
  clock.now = new Date('2026-11-26T02:00:00Z');
  const rows = await pay.bill('2026-11-25');
  t.deepEqual(
    rows?.map(({ kind, outTradeNo, outRefundNo, amount }) => ({ kind, outTradeNo, outRefundNo, amount })),
    [
      { kind: 'payment', outTradeNo: 'ZC20261125000100', outRefundNo: null, amount: 20_000 },
      { kind: 'payment', outTradeNo: 'ZC20261125000101', outRefundNo: null, amount: 1 },
      { kind: 'payment', outTradeNo: 'ZC20261125000102', outRefundNo: null, amount: 12_345 },
      { kind: 'refund', outTradeNo: 'ZC20261125000102', outRefundNo: 'ZCR2026112500003', amount: 345 },
    ],
  );
  t.is(await pay.bill('2026-11-24'), null, 'a day without trade');
});
