import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import { startWechat } from '../server.ts';
import { account, notice, openidOf, program, startBench } from '../testing/support.ts';

const send = '/cgi-bin/message/template/send';

test('latency, errors and their paths are switched over HTTP', async (t) => {
  const bench = await startBench(t);
  const set = (profile: unknown) =>
    bench.raw('/__mock/wechat/profile', { method: 'POST', body: JSON.stringify(profile) });
  t.like(await set({ errorRate: 1, errcode: 45009, paths: [send] }), { errorRate: 1, errcode: 45009 });
  t.is((await bench.call(send, notice(bench, 'wang')))['errcode'], 45009);
  t.is((await bench.call('/cgi-bin/menu/get'))['errcode'], 46003);
  await set({ errcode: 502 });
  const answer = await fetch(`${bench.wechat.url}${send}?access_token=x`, { method: 'POST', body: '{}' });
  t.is(answer.status, 502);
  t.regex(await answer.text(), /<html>/);
  await set({ errorRate: 0, latencyMs: 80 });
  const started = performance.now();
  await bench.call(send, notice(bench, 'wang'));
  t.true(performance.now() - started >= 78);
});

test('a dropped response was carried out all the same, and its repetition is the same message', async (t) => {
  const bench = await startBench(t);
  bench.wechat.setProfile({ dropResponses: 1, paths: [send] });
  const one = notice(bench, 'wang', { client_msg_id: 'd-1' });
  await t.throwsAsync(bench.call(send, one));
  t.is(bench.wechat.messages('wang').length, 1);
  bench.wechat.setProfile({ dropResponses: 0 });
  t.is((await bench.call(send, one))['errcode'], 0);
  t.is(bench.wechat.messages('wang').length, 1);
});

test('held calls wait until they are let go', async (t) => {
  const bench = await startBench(t);
  await bench.call('/cgi-bin/menu/get');
  bench.wechat.setProfile({ hold: true, paths: [send] });
  let answered = false;
  const waiting = bench.call(send, notice(bench, 'wang')).then((answer) => {
    answered = true;
    return answer;
  });
  await bench.call('/cgi-bin/menu/get');
  t.false(answered);
  bench.wechat.setProfile({ hold: false });
  t.is((await waiting)['errcode'], 0);
});

test('the ledger tells how many got what how often', async (t) => {
  const bench = await startBench(t);
  bench.wechat.setProfile({ followers: 50 });
  const { virtual } = bench.wechat.platform.world.people;
  for (let index = 0; index < 50; index++) {
    await bench.call(
      send,
      notice(bench, 'wang', { touser: virtual.openid(index), client_msg_id: `b:${index}` }),
    );
  }
  await bench.call(send, notice(bench, 'wang', { touser: virtual.openid(7), client_msg_id: 'again' }));
  const report = (await bench.raw('/__mock/wechat/ledger?contains=居民身份证')) as unknown as ReturnType<
    typeof bench.wechat.ledger
  >;
  t.deepEqual(report.campaigns[0]?.perPerson, { '1': 49, '2': 1 });
  t.is(report.campaigns[0]?.messages, 51);
  const rows = await bench.raw(`/__mock/wechat/ledger?campaign=${report.campaigns[0]?.id}`);
  t.is((rows['people'] as Record<string, number>)[virtual.openid(7)], 2);
});

test('reset goes back to the first day', async (t) => {
  const bench = await startBench(t);
  await bench.call(send, notice(bench, 'wang'));
  await bench.call('/cgi-bin/menu/create', { button: [{ type: 'click', name: 'a', key: 'k' }] });
  bench.wechat.setProfile({ latencyMs: 1, followers: 5 });
  await bench.raw('/__mock/wechat/reset', { method: 'POST' });
  t.is(bench.wechat.messages('wang').length, 0);
  t.is((await bench.call('/cgi-bin/menu/get'))['errcode'], 46003);
  t.is((await bench.call('/cgi-bin/user/get'))['total'], 7);
  t.like(await bench.raw('/__mock/wechat/profile'), { latencyMs: 0, eventDelayMs: 0 });
  t.is((await bench.call(send, notice(bench, 'wang')))['errcode'], 0);
});

test('with a directory everything is there after a restart', async (t) => {
  const dir = await mkdtemp(path.join(tmpdir(), 'wechat-'));
  t.teardown(() => rm(dir, { recursive: true, force: true }));
  const options = { officialAccount: account, miniProgram: program, dir };
  const first = await startWechat(options);
  const credential = { grant_type: 'client_credential', appid: account.appid, secret: account.secret };
  const asked = await fetch(`${first.url}/cgi-bin/stable_token`, {
    method: 'POST',
    body: JSON.stringify(credential),
  });
  const token = ((await asked.json()) as { access_token: string }).access_token;
  const post = (url: string, where: string, body: unknown) =>
    fetch(`${url}${where}?access_token=${token}`, { method: 'POST', body: JSON.stringify(body) });
  await post(first.url, '/cgi-bin/menu/create', { button: [{ type: 'click', name: '办事', key: 'k' }] });
  await post(first.url, '/cgi-bin/message/mass/sendall', {
    filter: { is_to_all: true },
    msgtype: 'text',
    text: { content: '通知' },
    clientmsgid: 'c-1',
  });
  await first.platform.actions.unfollow(first.platform.world.people.byId('he')!);
  await first.close();
  const second = await startWechat(options);
  t.teardown(() => second.close());
  t.is(second.messages('wang').length, 1);
  t.is(second.ledger().channels['mass']?.messages, 7);
  const menu = await fetch(`${second.url}/cgi-bin/menu/get?access_token=${token}`);
  t.regex(await menu.text(), /办事/);
  const info = await fetch(`${second.url}/cgi-bin/user/info?access_token=${token}&openid=${openidOf('he')}`);
  t.is(((await info.json()) as { subscribe: number }).subscribe, 0);
});
