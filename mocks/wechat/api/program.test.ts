import { createHmac } from 'node:crypto';
import test from 'ava';
import { account, type Bench, openidOf, program, programOpenidOf, startBench } from '../testing/support.ts';

const session = (bench: Bench, code: string, application: { appid: string; secret: string } = program) =>
  bench.raw(
    `/sns/jscode2session?appid=${application.appid}&secret=${application.secret}&js_code=${code}&grant_type=authorization_code`,
  );

test('R1: a wx.login code gives the session once; the unionid ties both accounts', async (t) => {
  const bench = await startBench(t);
  const code = bench.wechat.loginCode('wang');
  const signedIn = await session(bench, code);
  t.is(signedIn['openid'], programOpenidOf('wang'));
  t.is(signedIn['errcode'], undefined);
  const follower = await bench.call(`/cgi-bin/user/info?openid=${openidOf('wang')}`);
  t.is(signedIn['unionid'], follower['unionid']);
  t.is((await session(bench, code))['errcode'], 40163);
  t.is((await session(bench, 'x'))['errcode'], 40029);
  t.is((await session(bench, bench.wechat.loginCode('wang'), account))['errcode'], 40013);
  const old = bench.wechat.loginCode('wang');
  bench.clock.move(300_000);
  t.is((await session(bench, old))['errcode'], 40029);
});

test('checksession holds for the last session key only', async (t) => {
  const bench = await startBench(t);
  const check = async (key: unknown) => {
    const signature = createHmac('sha256', String(key)).update('').digest('hex');
    const path = `/wxa/checksession?openid=${programOpenidOf('wang')}&signature=${signature}&sig_method=hmac_sha256`;
    return (await bench.callProgram(path))['errcode'];
  };
  const first = (await session(bench, bench.wechat.loginCode('wang')))['session_key'];
  t.is(await check(first), 0);
  const second = (await session(bench, bench.wechat.loginCode('wang')))['session_key'];
  t.is(await check(first), 87009);
  t.is(await check(second), 0);
});

test('a phone code gives the number once; a login code does not', async (t) => {
  const bench = await startBench(t);
  const ask = (code: string) => bench.callProgram('/wxa/business/getuserphonenumber', { code });
  const code = bench.wechat.phoneCode('li');
  t.like((await ask(code))['phone_info'], { purePhoneNumber: '13800000003', countryCode: '86' });
  t.is((await ask(code))['errcode'], 40163);
  t.is((await ask(bench.wechat.loginCode('li')))['errcode'], 40029);
});

test('content check: needs a visit within two hours, tells pass, review and risky apart', async (t) => {
  const bench = await startBench(t);
  const check = (content: string, changes: Record<string, unknown> = {}) =>
    bench.callProgram('/wxa/msg_sec_check', {
      version: 2,
      scene: 2,
      openid: programOpenidOf('wang'),
      content,
      ...changes,
    });
  t.is((await check('好'))['errcode'], 61010);
  await session(bench, bench.wechat.loginCode('wang'));
  t.deepEqual((await check('服务很好'))['result'], { suggest: 'pass', label: 100 });
  t.deepEqual((await check('有人赌博'))['result'], { suggest: 'risky', label: 20006 });
  t.deepEqual((await check('加微信领取'))['result'], { suggest: 'review', label: 10001 });
  t.is((await check('好', { version: 1 }))['errcode'], 40097);
  t.is((await check('好'.repeat(2501)))['errcode'], 45002);
  t.is(
    (await check('好', { openid: openidOf('wang') }))['errcode'],
    40003,
    "the account's openid is another",
  );
  bench.clock.move(2 * 3_600_000 + 1);
  t.is((await check('好'))['errcode'], 61010);
});

test('a mini-program code is a picture; a bad scene is JSON with HTTP 200', async (t) => {
  const bench = await startBench(t);
  const { value } = bench.wechat.platform.world.tokens.issueStable(
    { account: 'mp', appid: 'x', secret: '' },
    false,
  );
  const make = (body: unknown) =>
    fetch(`${bench.wechat.url}/wxa/getwxacodeunlimit?access_token=${value}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
  t.is(
    (await make({ scene: 'h=A&w=05', page: 'pages/home/index' })).headers.get('content-type'),
    'image/png',
  );
  const refused = await make({ scene: '中文' });
  t.is(refused.status, 200);
  t.is(((await refused.json()) as { errcode: number }).errcode, 40129);
});
