import anyTest, { type TestFn } from 'ava';
import { type Government, startGovernment } from '../../../mocks/government/server.ts';
import { systemClock } from '../../kernel/clock.ts';
import { useDatabase } from '../../testing/database.ts';
import { openGates } from '../gates.ts';
import { CallModel } from '../kit/callLog.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { createIdentityPlatform } from './client.ts';
import type { IdentityError } from './errors.ts';
import { accountFrom, extraFrom, levelFrom, waysFrom } from './mapping.ts';
import type { IdentityPlatform } from './port.ts';

const test = anyTest as TestFn;
useDatabase(anyTest as TestFn);

const redirect = 'http://127.0.0.1:3000/api/identity/callback?state=abc';
const keys = {
  identity: { clientId: 'zc', clientSecret: 'very-secret-word' },
  gateway: { paasId: 'p', token: 'gateway-token' },
};

async function world(
  options: { wall?: () => Date } = {},
): Promise<{ government: Government; platform: IdentityPlatform; gates: ReturnType<typeof openGates> }> {
  const government = await startGovernment({ ...keys, ...options });
  const gates = openGates(systemClock());
  const platform = createIdentityPlatform({
    base: `${government.url}/identity`,
    ...keys.identity,
    gateway: keys.gateway,
    gate: gates.of('identity'),
    clock: systemClock(),
  });
  return { government, platform, gates };
}

const failure = async (
  t: { throwsAsync: (p: Promise<unknown>) => Promise<unknown> },
  call: Promise<unknown>,
): Promise<IdentityError> => (await t.throwsAsync(call)) as IdentityError;

/** The sample of the domain notes: an "=" inside a value, a null time, "-1". */
const sample = {
  signdata: 'MEUCIQ…',
  userobj: {
    uid: 'zc_wang',
    cn: '王小明',
    usertype: '1',
    idcardtype: '10',
    idcardnumber: '440118199001010019',
    telephonenumber: '13800000001',
    isreal: 'true',
    realtype: 'PLV',
    useridcode: '0f3c9a00000000000000000000000000',
    createtime: '20210618191221',
    extproperties: [
      'address=广东省广州市增城区荔城街道示例路1号=A座',
      'area=guangzhou',
      'accout_type=3',
      'uversion=4.0',
      'legal_code=-1',
    ],
    creditable_level_of_account: 'L2',
    creditable_level_of_account_way: 'L2@YSS@4401…0019||L0@IDV@4401…0019',
  },
  pareobj: null,
  user_creditable_level: {
    creditable_level_of_account: 'L2',
    creditable_level_of_account_way_list: [
      { auth_time: '2025-02-28 16:45:26', way_code: 'YSS', identity_level: 'L2', user_name: '王*明' },
      { auth_time: null, way_code: 'IDV', identity_level: 'L0' },
    ],
  },
};

test('contract: the sample answer of the platform', (t) => {
  t.deepEqual(accountFrom(sample), {
    userIdCode: '0f3c9a00000000000000000000000000',
    uid: 'zc_wang',
    kind: 'personal',
    name: '王小明',
    idType: '10',
    idNumber: '440118199001010019',
    phone: '13800000001',
    level: 2,
    ways: [
      { code: 'YSS', level: 2 },
      { code: 'IDV', level: 0 },
    ],
    version: '4.0',
    extra: {
      address: '广东省广州市增城区荔城街道示例路1号=A座',
      area: 'guangzhou',
      accout_type: '3',
      uversion: '4.0',
    },
    operator: null,
  });
});

test('both labellings of levels, unknown codes, numbers for texts', (t) => {
  for (const [label, level] of [
    ['L0', 0],
    ['L3', 3],
    ['二级', 0],
    ['三级', 1],
    ['四级（L2）', 2],
    ['五级', 3],
    ['VIP', null],
    [null, null],
  ] as const)
    t.is(levelFrom(label), level);
  t.deepEqual(waysFrom('L2@YSS@x||三级@NEW@y||broken'), [
    { code: 'YSS', level: 2 },
    { code: 'NEW', level: 1 },
  ]);
  t.deepEqual(extraFrom(['a=b=c', '=x', 'none', 'e=-1', 'f=']), { a: 'b=c', f: '' });
  const { telephonenumber: _phone, creditable_level_of_account: _level, ...rest } = sample.userobj;
  const bare = accountFrom({ userobj: { ...rest, usertype: 2, idcardtype: 99, isreal: 'true' } });
  t.like(bare, { kind: 'enterprise', idType: '99', phone: null, level: 1 });
  t.throws(() => accountFrom({ userobj: { ...sample.userobj, useridcode: '' } }), {
    instanceOf: GovernmentError,
  });
  const error = t.throws(() => accountFrom({ userobj: { cn: '王小明' } }), { instanceOf: GovernmentError });
  t.false(error.message.includes('王小明'));
});

test('the whole exchange against the stand-in, with an audit row for each call and no secret in any', async (t) => {
  const { government, platform, gates } = await world();
  t.teardown(() => government.close());
  await platform.ensureReachable('P9');
  const account = await platform.exchange(government.identity.code('zc_lin', redirect), redirect, 'P9');
  t.like(account, { name: '林静怡', phone: null, level: 1, idNumber: '810000199408230048' });
  t.deepEqual(account.ways.at(-1), { code: 'ZCX', level: 0 }, 'a way nobody has listed is kept');
  const oneOff = await platform.exchangeOneOff(government.identity.oneOffCode('zc_li_firm'), 'P9');
  t.like(oneOff, { kind: 'enterprise', name: '增城示例餐饮店', operator: '李志明' });
  await gates.flush();
  const rows = await CallModel.find({ actor: 'citizen:P9' }).lean();
  t.deepEqual(rows.map(({ operation }) => operation).sort(), [
    'accessToken',
    'oneOff',
    'reach',
    'userInformation',
  ]);
  t.true(rows.every(({ result, purpose }) => result === 'ok' && purpose === '实名认证'));
  t.false(JSON.stringify(rows).includes('secret'));
});

test('section 9 no. 3: a code works once, for 300 seconds, with the very same redirect address', async (t) => {
  let now = Date.now();
  const { government, platform } = await world({ wall: () => new Date(now) });
  t.teardown(() => government.close());
  const code = government.identity.code('zc_wang', redirect);
  await platform.exchange(code, redirect, 'P1');
  t.like(await failure(t, platform.exchange(code, redirect, 'P1')), { kind: 'codeUsed', retryable: false });
  const late = government.identity.code('zc_wang', redirect);
  now += 300_000;
  t.is((await failure(t, platform.exchange(late, redirect, 'P1'))).kind, 'codeUsed');
  const other = government.identity.code('zc_wang', redirect);
  const differently = redirect.replace('state=abc', 'state=%61bc'); // the same address to a browser, another text here
  t.like(await failure(t, platform.exchange(other, differently, 'P1')), {
    kind: 'refused',
    code: 'redirect_uri_mismatch',
  });
});

test('frozen accounts, dead tokens and a wrong signature are told apart', async (t) => {
  const { government, platform } = await world();
  t.teardown(() => government.close());
  t.is(
    (await failure(t, platform.exchange(government.identity.code('zc_dong', redirect), redirect, 'P1'))).kind,
    'frozen',
  );
  const stranger = createIdentityPlatform({
    base: `${government.url}/identity`,
    ...keys.identity,
    gateway: { paasId: 'p', token: 'wrong' },
    gate: openGates(systemClock()).of('identity'),
    clock: systemClock(),
  });
  const code = government.identity.oneOffCode('zc_wang');
  t.like(await failure(t, stranger.exchangeOneOff(code, 'P1')), { kind: 'refused', code: 'FAIL' });
  t.like(
    await platform.exchangeOneOff(code, 'P1'),
    { name: '王小明' },
    'the refused call did not use the code up',
  );
});

test('section 9 no. 1: nobody is sent to a platform that does not answer', async (t) => {
  const { government, platform } = await world();
  t.teardown(() => government.close());
  for (const fault of [{ http5xx: 1 }, { htmlErrRate: 1 }, { bizErrRate: 1 }] as const) {
    government.setProfile('identity', fault);
    const error = await failure(
      t,
      platform.exchange(government.identity.code('zc_wang', redirect), redirect, 'P1'),
    );
    t.like(error, { kind: 'down', retryable: true });
    t.false(/very-secret-word/.test(`${error.message}${error.stack}`));
  }
  government.setProfile('identity', { http5xx: 1 });
  t.is((await failure(t, platform.ensureReachable('P1'))).kind, 'down');
  government.setProfile('identity', {});
});
