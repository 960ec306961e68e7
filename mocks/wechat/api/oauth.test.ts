import test, { type ExecutionContext } from 'ava';
import { account, type Bench, openidOf, startBench } from '../testing/support.ts';

const back = 'http://127.0.0.1:9999/api/sign-in/back';

async function authorize(
  bench: Bench,
  changes: Record<string, string> = {},
  citizen: string | undefined = 'wang',
) {
  const query = new URLSearchParams({
    appid: account.appid,
    redirect_uri: back,
    response_type: 'code',
    scope: 'snsapi_userinfo',
    state: 's-1',
    ...changes,
  });
  return fetch(`${bench.wechat.url}/connect/oauth2/authorize?${query}`, {
    redirect: 'manual',
    headers: citizen ? { cookie: `phone_citizen=${citizen}` } : {},
  });
}

const exchange = (bench: Bench, code: string, secret = account.secret) =>
  bench.raw(
    `/sns/oauth2/access_token?appid=${account.appid}&secret=${secret}&code=${code}&grant_type=authorization_code`,
  );

async function codeOf(t: ExecutionContext, answer: Response): Promise<string> {
  t.is(answer.status, 302);
  const target = new URL(answer.headers.get('location') ?? '');
  t.is(target.searchParams.get('state'), 's-1');
  return target.searchParams.get('code') ?? '';
}

test('R1: a follower is signed in without a question, and the code works once', async (t) => {
  const bench = await startBench(t);
  const code = await codeOf(t, await authorize(bench));
  const token = await exchange(bench, code);
  t.is(token['openid'], openidOf('wang'));
  t.truthy(token['unionid']);
  t.is((await exchange(bench, code))['errcode'], 40163);
  const info = await bench.raw(
    `/sns/userinfo?access_token=${token['access_token']}&openid=${token['openid']}`,
  );
  t.is(info['nickname'], '王小明');
  t.is(info['unionid'], token['unionid']);
});

test('snsapi_base tells the openid only, and may not read the profile', async (t) => {
  const bench = await startBench(t);
  const token = await exchange(
    bench,
    await codeOf(t, await authorize(bench, { scope: 'snsapi_base' }, 'zhang')),
  );
  t.is(token['openid'], openidOf('zhang'));
  t.is(token['unionid'], undefined);
  const info = await bench.raw(
    `/sns/userinfo?access_token=${token['access_token']}&openid=${token['openid']}`,
  );
  t.is(info['errcode'], 48001);
});

test('a stranger is asked once for the profile', async (t) => {
  const bench = await startBench(t);
  const asked = await authorize(bench, {}, 'zhang');
  t.is(asked.status, 200);
  const page = await asked.text();
  const confirm = /data-testid="oauth-allow" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const allowed = await fetch(confirm, { redirect: 'manual', headers: { cookie: 'phone_citizen=zhang' } });
  t.truthy((await exchange(bench, await codeOf(t, allowed)))['unionid']);
  await codeOf(t, await authorize(bench, {}, 'zhang'));
});

test('wrong requests show a page and send nobody away', async (t) => {
  const bench = await startBench(t, { hallUrl: 'http://127.0.0.1:9999' });
  for (const [changes, words, citizen] of [
    [{ appid: 'wx0' }, 'appid', 'wang'],
    [{ redirect_uri: 'https://elsewhere.example/' }, 'redirect_uri', 'wang'],
    [{ redirect_uri: 'javascript:alert(1)' }, 'redirect_uri', 'wang'],
    [{ response_type: 'token' }, 'response_type', 'wang'],
    [{ scope: 'all' }, 'scope', 'wang'],
    [{}, '微信客户端', ''],
  ] as const) {
    const answer = await authorize(bench, changes, citizen);
    t.is(answer.status, 200, words);
    t.true((await answer.text()).includes(words), words);
  }
});

test('unknown, old and foreign codes are refused', async (t) => {
  const bench = await startBench(t);
  t.is((await exchange(bench, 'x'))['errcode'], 40029);
  t.is((await exchange(bench, ''))['errcode'], 41008);
  t.is((await exchange(bench, 'x', 'wrong'))['errcode'], 40125);
  const code = await codeOf(t, await authorize(bench));
  bench.clock.move(300_000);
  t.is((await exchange(bench, code))['errcode'], 42003);
});

test("a person's token is good for its own openid, for two hours, and can be renewed", async (t) => {
  const bench = await startBench(t);
  const token = await exchange(bench, await codeOf(t, await authorize(bench)));
  const check = (openid: string, value = token['access_token']) =>
    bench.raw(`/sns/auth?access_token=${value}&openid=${openid}`);
  t.is((await check(openidOf('wang')))['errcode'], 0);
  t.is((await check(openidOf('li')))['errcode'], 40003);
  t.is((await check(openidOf('wang'), 'forged'))['errcode'], 40001);
  bench.clock.move(7_200_000);
  t.is((await check(openidOf('wang')))['errcode'], 42001);
  const renewed = await bench.raw(
    `/sns/oauth2/refresh_token?appid=${account.appid}&grant_type=refresh_token&refresh_token=${token['refresh_token']}`,
  );
  t.is((await check(openidOf('wang'), renewed['access_token']))['errcode'], 0);
});
