import test from 'ava';
import { account, program, startBench } from '../testing/support.ts';

const stable = (body: Record<string, unknown>) => ({ method: 'POST', body: JSON.stringify(body) });
const credential = { grant_type: 'client_credential', appid: account.appid, secret: account.secret };
const plain = (appid: string, secret: string) =>
  `/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${secret}`;

test('a stable token stays the same until five minutes before its end', async (t) => {
  const { raw, clock } = await startBench(t);
  const first = await raw('/cgi-bin/stable_token', stable(credential));
  clock.move(6000_000);
  const second = await raw('/cgi-bin/stable_token', stable(credential));
  t.is(second['access_token'], first['access_token']);
  t.is(second['expires_in'], 1200);
  clock.move(901_000);
  const third = await raw('/cgi-bin/stable_token', stable(credential));
  t.not(third['access_token'], first['access_token']);
  const old = await raw(`/cgi-bin/user/get?access_token=${first['access_token']}`);
  t.is(old['errcode'], undefined, 'the old one is good for its last minutes');
});

test('forcing a stable token kills the old, needs 30 s between and has 20 a day', async (t) => {
  const { raw, clock } = await startBench(t);
  const first = await raw('/cgi-bin/stable_token', stable(credential));
  const force = () => raw('/cgi-bin/stable_token', stable({ ...credential, force_refresh: true }));
  t.truthy((await force())['access_token']);
  t.is((await raw(`/cgi-bin/user/get?access_token=${first['access_token']}`))['errcode'], 40001);
  t.is((await force())['errcode'], 45011);
  for (let count = 1; count < 20; count++) {
    clock.move(31_000);
    t.truthy((await force())['access_token'], String(count));
  }
  clock.move(31_000);
  t.is((await force())['errcode'], 45009);
});

test('a plain token replaces the former, which lives five minutes more; stable ones are not touched', async (t) => {
  const { raw, clock } = await startBench(t);
  const stableToken = (await raw('/cgi-bin/stable_token', stable(credential)))['access_token'];
  const first = (await raw(plain(account.appid, account.secret)))['access_token'];
  const second = (await raw(plain(account.appid, account.secret)))['access_token'];
  t.not(first, second);
  const use = async (token: unknown) => (await raw(`/cgi-bin/user/get?access_token=${token}`))['errcode'];
  t.is(await use(first), undefined);
  clock.move(301_000);
  t.is(await use(first), 42001);
  t.is(await use(second), undefined);
  t.is(await use(stableToken), undefined);
});

test('wrong credentials and tokens get the codes of the platform, with a rid', async (t) => {
  const { raw } = await startBench(t);
  const code = async (path: string, init?: RequestInit) => (await raw(path, init))['errcode'];
  t.is(await code(plain(account.appid, 'wrong')), 40125);
  t.is(await code(plain('wx0', 'x')), 40013);
  t.is(await code('/cgi-bin/token?grant_type=client_credential'), 41002);
  t.is(await code(`/cgi-bin/token?grant_type=client_credential&appid=${account.appid}`), 41004);
  t.is(await code('/cgi-bin/token?grant_type=x'), 40002);
  t.is(await code('/cgi-bin/user/get'), 41001);
  t.is(await code('/cgi-bin/user/get?access_token=short'), 40014);
  t.is(await code(`/cgi-bin/user/get?access_token=${'x'.repeat(60)}`), 40001);
  t.is(await code('/cgi-bin/stable_token', { method: 'POST' }), 44002);
  t.is(await code('/cgi-bin/stable_token', { method: 'POST', body: '{' }), 47001);
  t.is(await code('/cgi-bin/stable_token'), 43002);
  const refused = await raw('/cgi-bin/user/get');
  t.regex(String(refused['errmsg']), /^access_token missing rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/);
});

test('a token speaks for its own application only', async (t) => {
  const { call, callProgram } = await startBench(t);
  t.is((await callProgram('/cgi-bin/user/get'))['errcode'], 48001);
  t.is((await call('/wxa/msg_sec_check', { content: 'x' }))['errcode'], 48001);
  t.is(program.appid.length, 18);
});

test('expired is told from unknown; short lives can be switched on', async (t) => {
  const { raw, wechat, clock } = await startBench(t);
  wechat.setProfile({ tokenExpiresSoon: 60 });
  const token = await raw('/cgi-bin/stable_token', stable(credential));
  t.is(token['expires_in'], 60);
  clock.move(61_000);
  t.is((await raw(`/cgi-bin/user/get?access_token=${token['access_token']}`))['errcode'], 42001);
});

test('quota: used and left are told, 45009 beyond the day, a new day begins at midnight in Beijing', async (t) => {
  const { call, wechat, clock } = await startBench(t, { at: '2026-11-25T23:50:00+08:00' });
  wechat.setProfile({ quotas: { '/cgi-bin/menu/get': { daily: 2 } } });
  await call('/cgi-bin/menu/get');
  const told = await call('/cgi-bin/openapi/quota/get', { cgi_path: '/cgi-bin/menu/get' });
  t.deepEqual(told['quota'], { daily_limit: 2, used: 1, remain: 1 });
  await call('/cgi-bin/menu/get');
  t.is((await call('/cgi-bin/menu/get'))['errcode'], 45009);
  clock.move(11 * 60_000);
  t.is((await call('/cgi-bin/menu/get'))['errcode'], 46003);
});

test('quota: the minute limit is 45011 and is over in the next minute', async (t) => {
  const { call, wechat, clock } = await startBench(t);
  wechat.setProfile({ quotas: { '/cgi-bin/menu/get': { perMinute: 1 } } });
  await call('/cgi-bin/menu/get');
  t.is((await call('/cgi-bin/menu/get'))['errcode'], 45011);
  clock.move(60_000);
  t.is((await call('/cgi-bin/menu/get'))['errcode'], 46003);
});

test('quota look-up refuses paths with a host, sns paths and unknown ones; clearing ends at ten a month', async (t) => {
  const { call } = await startBench(t);
  const look = async (path: string) =>
    (await call('/cgi-bin/openapi/quota/get', { cgi_path: path }))['errcode'];
  t.is(await look('https://api.weixin.qq.com/cgi-bin/menu/get'), 76003);
  t.is(await look('/sns/userinfo'), 76022);
  t.is(await look('/cgi-bin/nothing'), 76003);
  for (let count = 0; count < 10; count++) {
    t.is((await call('/cgi-bin/clear_quota', { appid: account.appid }))['errcode'], 0);
  }
  t.is((await call('/cgi-bin/clear_quota', { appid: account.appid }))['errcode'], 48006);
});

test('a rid leads to the request it was printed for', async (t) => {
  const { call } = await startBench(t);
  const refused = await call('/cgi-bin/tags/create', { tag: {} });
  const rid = /rid: (\S+)$/.exec(String(refused['errmsg']))?.[1];
  const found = await call('/cgi-bin/openapi/rid/get', { rid });
  t.is(found['errcode'], 0);
  t.regex(JSON.stringify(found['request']), /tags\/create/);
  t.is((await call('/cgi-bin/openapi/rid/get', { rid: 'x' }))['errcode'], 76001);
});

test('the page ticket stays the same for its two hours; unknown paths are 40066', async (t) => {
  const { call, clock } = await startBench(t);
  const get = async () => (await call('/cgi-bin/ticket/getticket?type=jsapi'))['ticket'];
  const first = await get();
  clock.move(7_100_000);
  t.is(await get(), first);
  clock.move(200_000);
  t.not(await get(), first);
  t.is((await call('/cgi-bin/ticket/getticket?type=x'))['errcode'], 40097);
  t.is((await call('/cgi-bin/message/nothing', {}))['errcode'], 40066);
});
