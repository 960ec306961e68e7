import { createHash, randomBytes } from 'node:crypto';
import test from 'ava';
import wechatpay from 'wechatpay-axios-plugin';
import { startWechatPay } from './server.ts';

// The judge: another author's SDK, which verifies the answers it gets. What it accepts, a merchant's own code accepts.
const appid = 'wx00000000000000aa';

interface Sdk {
  chain(path: string): {
    post(body: object, config?: object): Promise<{ status: number; data: Record<string, unknown> }>;
    get(config?: object): Promise<{ status: number; data: Record<string, unknown> }>;
  };
}
type SdkClass = new (settings: object) => Sdk;
const { Wechatpay, Formatter, Rsa, Aes } = wechatpay as unknown as {
  Wechatpay: SdkClass;
  Formatter: { timestamp(): number; nonce(): string; joinedByLineFeed(...parts: unknown[]): string };
  Rsa: { sign(text: string, key: string): string; verify(text: string, sig: string, key: string): boolean };
  Aes: { AesGcm: { decrypt(text: string, key: string, iv: string, aad: string): string } };
};

for (const signing of ['publicKey', 'certificate'] as const)
  test(`an independent SDK prepays, queries, closes and refunds in ${signing} mode`, async (t) => {
    const pay = await startWechatPay({ appids: [appid], signing, allowPrivateNotify: true });
    t.teardown(() => pay.close());
    const { keys } = pay.world;
    const certs =
      signing === 'publicKey'
        ? { [keys.publicKey.id]: keys.publicKey.publicKey }
        : { [keys.platform[0]!.serial]: keys.platform[0]!.certificate };
    const sdk = new Wechatpay({
      ...{ mchid: keys.mchid, serial: keys.merchant.serial, privateKey: keys.merchant.privateKey, certs },
      baseURL: pay.url,
    });
    const order = {
      ...{ appid, mchid: keys.mchid, description: '测试', out_trade_no: 'JUDGE0000001' },
      ...{ notify_url: 'http://127.0.0.1:9/notice', amount: { total: 1 }, payer: { openid: 'o-1' } },
    };
    const prepaid = await sdk.chain('v3/pay/transactions/jsapi').post(order);
    t.regex(String(prepaid.data['prepay_id']), /^wx/);
    const found = await sdk
      .chain('v3/pay/transactions/out-trade-no/JUDGE0000001')
      .get({ params: { mchid: keys.mchid } });
    t.is(found.data['trade_state'], 'NOTPAY');
    const closed = await sdk
      .chain('v3/pay/transactions/out-trade-no/JUDGE0000001/close')
      .post({ mchid: keys.mchid });
    t.is(closed.status, 204);
    const refused = await t.throwsAsync(
      sdk.chain('v3/pay/transactions/jsapi').post({ ...order, out_trade_no: 'x' }),
    );
    t.like(refused, { response: { status: 400, data: { code: 'PARAM_ERROR' } } } as never);
    if (signing === 'certificate') {
      const list = await sdk.chain('v3/certificates').get();
      const [first] = list.data['data'] as {
        serial_no: string;
        encrypt_certificate: Record<string, string>;
      }[];
      const { ciphertext, nonce, associated_data } = first!.encrypt_certificate;
      const opened = Aes.AesGcm.decrypt(ciphertext!, keys.apiV3Key, nonce!, associated_data!);
      t.is(opened.trim(), keys.platform[0]!.certificate.trim());
    } else
      t.like(await t.throwsAsync(sdk.chain('v3/certificates').get()), { response: { status: 404 } } as never);
  });

test('requests with a wrong signature, an old time, another merchant or without the headers are refused', async (t) => {
  const pay = await startWechatPay({ appids: [appid] });
  t.teardown(() => pay.close());
  const { keys } = pay.world;
  const target = `/v3/pay/transactions/out-trade-no/JUDGE0000002?mchid=${keys.mchid}`;
  const ask = async (change: {
    mchid?: string;
    serial?: string;
    ageSeconds?: number;
    sign?: string;
    headers?: object;
  }) => {
    const timestamp = Math.floor(Date.now() / 1000) - (change.ageSeconds ?? 0);
    const nonce = Formatter.nonce();
    const text = change.sign ?? Formatter.joinedByLineFeed('GET', target, timestamp, nonce, '');
    const signature = Rsa.sign(text, keys.merchant.privateKey);
    const parts = {
      mchid: change.mchid ?? keys.mchid,
      nonce_str: nonce,
      timestamp,
      serial_no: change.serial ?? keys.merchant.serial,
      signature,
    };
    const authorization = `WECHATPAY2-SHA256-RSA2048 ${Object.entries(parts)
      .map(([name, value]) => `${name}="${value}"`)
      .join(',')}`;
    const answer = await fetch(pay.url + target, {
      headers: { accept: 'application/json', 'user-agent': 'judge', authorization, ...change.headers },
    });
    return { status: answer.status, code: ((await answer.json()) as { code: string }).code };
  };
  t.deepEqual(await ask({}), { status: 404, code: 'ORDER_NOT_EXIST' }, 'a good one gets as far as the order');
  t.deepEqual(await ask({ sign: 'something else' }), { status: 401, code: 'SIGN_ERROR' });
  t.deepEqual(await ask({ ageSeconds: 301 }), { status: 401, code: 'SIGN_ERROR' });
  t.deepEqual(await ask({ mchid: '1600000001' }), { status: 401, code: 'SIGN_ERROR' });
  t.deepEqual(await ask({ serial: createHash('sha1').update('x').digest('hex') }), {
    status: 401,
    code: 'SIGN_ERROR',
  });
  t.deepEqual(await ask({ headers: { authorization: '' } }), { status: 401, code: 'SIGN_ERROR' });
  t.deepEqual(await ask({ headers: { accept: '' } }), { status: 400, code: 'PARAM_ERROR' });
});

test('prepay refuses what WeChat Pay refuses', async (t) => {
  const pay = await startWechatPay({ appids: [appid] });
  t.teardown(() => pay.close());
  const { keys } = pay.world;
  const sdk = new Wechatpay({
    ...{ mchid: keys.mchid, serial: keys.merchant.serial, privateKey: keys.merchant.privateKey },
    certs: { [keys.publicKey.id]: keys.publicKey.publicKey },
    baseURL: pay.url,
  });
  const good = {
    ...{ appid, mchid: keys.mchid, description: '测试', notify_url: 'https://pay.example.gov.cn/notice' },
    ...{ amount: { total: 1 }, payer: { openid: 'o-1' } },
  };
  const table: [string, object, string][] = [
    ['no amount', { amount: {} }, 'PARAM_ERROR'],
    ['a fraction of a fen', { amount: { total: 1.5 } }, 'PARAM_ERROR'],
    ['nothing', { amount: { total: 0 } }, 'PARAM_ERROR'],
    ['dollars', { amount: { total: 1, currency: 'USD' } }, 'PARAM_ERROR'],
    ['no payer', { payer: {} }, 'PARAM_ERROR'],
    ['a long description', { description: '长'.repeat(128) }, 'PARAM_ERROR'],
    ['another appid', { appid: 'wx1' }, 'APPID_MCHID_NOT_MATCH'],
    ['another merchant', { mchid: '1600000001' }, 'APPID_MCHID_NOT_MATCH'],
    ['a private address', { notify_url: 'http://127.0.0.1/notice' }, 'PARAM_ERROR'],
    ['a query in the address', { notify_url: 'https://pay.example.gov.cn/notice?a=1' }, 'PARAM_ERROR'],
    ['an expiry in the past', { time_expire: '2020-01-01T00:00:00+08:00' }, 'PARAM_ERROR'],
    ['an expiry without zone', { time_expire: '2099-01-01T00:00:00' }, 'PARAM_ERROR'],
  ];
  for (const [what, change, code] of table) {
    const out_trade_no = randomBytes(10).toString('hex');
    const error = await t.throwsAsync(
      sdk.chain('v3/pay/transactions/jsapi').post({ ...good, out_trade_no, ...change }),
    );
    t.like(error, { response: { data: { code } } } as never, what);
  }
  t.is(pay.world.orders.size, 0);
});
