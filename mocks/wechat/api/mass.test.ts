import test from 'ava';
import { xmlText } from '../events/xml.ts';
import { openidOf, startBench, startCallback } from '../testing/support.ts';

const all = '/cgi-bin/message/mass/sendall';
const text = (content: string, extra: Record<string, unknown> = {}) => ({
  filter: { is_to_all: true },
  msgtype: 'text',
  text: { content },
  ...extra,
});
const followers = ['wang', 'chen', 'li', 'he', 'huang', 'liang', 'zhou'];

test('R9: a mass message reaches every follower once, nobody else, and its result comes as an event', async (t) => {
  const bench = await startBench(t);
  const callback = await startCallback(t, bench);
  await bench.raw('/__mock/wechat/person', { method: 'POST', body: '{"citizen":"he","receives":"refuse"}' });
  const sent = await bench.call(all, text('周一停电', { clientmsgid: 'b-1' }));
  t.like(sent, { errcode: 0, errmsg: 'send job submission success' });
  for (const id of followers) t.is(bench.wechat.messages(id).length, id === 'he' ? 0 : 1, id);
  t.is(bench.wechat.messages('zhang').length, 0);
  await bench.wechat.settled();
  const { fields } = callback.pushes.at(-1)!;
  const count = (name: string) => xmlText(fields[name]);
  t.is(count('Event'), 'MASSSENDJOBFINISH');
  t.is(count('Status'), 'send success');
  t.is(count('MsgID'), String(sent['msg_id']));
  t.deepEqual(['TotalCount', 'FilterCount', 'SentCount', 'ErrorCount'].map(count), ['7', '6', '6', '0']);
  t.is(
    (await bench.call('/cgi-bin/message/mass/get', { msg_id: sent['msg_id'] }))['msg_status'],
    'SEND_SUCCESS',
  );
});

test('clientmsgid: a repetition within a day is 45065 with the first id, and nobody gets it twice', async (t) => {
  const bench = await startBench(t);
  const first = await bench.call(all, text('一', { clientmsgid: 'b-1' }));
  const again = await bench.call(all, text('一', { clientmsgid: 'b-1' }));
  t.is(again['errcode'], 45065);
  t.is(String(again['msg_id']), String(first['msg_id']));
  t.is(bench.wechat.messages('wang').length, 1);
  t.is((await bench.call(all, text('一', { clientmsgid: 'x'.repeat(65) })))['errcode'], 45067);
  bench.clock.move(86_400_000);
  t.is((await bench.call(all, text('一', { clientmsgid: 'b-1' })))['errcode'], 0);
});

test('four a month for each person; the fifth is filtered out, and the month ends in Beijing', async (t) => {
  const bench = await startBench(t, { at: '2026-11-30T23:00:00+08:00' });
  const callback = await startCallback(t, bench);
  bench.wechat.setProfile({ followers: 1000 });
  const two = { touser: [openidOf('wang'), openidOf('li')], msgtype: 'text', text: { content: '通知' } };
  for (let count = 0; count < 4; count++) {
    t.is((await bench.call('/cgi-bin/message/mass/send', two))['errcode'], 0);
  }
  t.is((await bench.call('/cgi-bin/message/mass/send', two))['errcode'], 45028);
  await bench.call(all, text('全体'));
  await bench.wechat.settled();
  const { fields } = callback.pushes.at(-1)!;
  t.is(xmlText(fields['TotalCount']), '1007');
  t.is(xmlText(fields['SentCount']), '1005');
  t.is(bench.wechat.messages('wang').length, 4);
  bench.clock.move(3_600_000);
  t.is((await bench.call('/cgi-bin/message/mass/send', two))['errcode'], 0);
});

test('a list needs two to 10,000 known openids', async (t) => {
  const { call } = await startBench(t);
  const send = async (touser: unknown) =>
    (await call('/cgi-bin/message/mass/send', { touser, msgtype: 'text', text: { content: 'x' } }))[
      'errcode'
    ];
  t.is(await send('wang'), 40031);
  t.is(await send([openidOf('wang')]), 40130);
  t.is(await send([openidOf('wang'), openidOf('wang')]), 40130);
  t.is(await send([openidOf('wang'), 'nobody']), 40003);
  t.is(await send(Array.from({ length: 10_001 }, (_, n) => `o${n}`)), 40032);
});

test('by tag: only who has it; an unknown tag is 45159', async (t) => {
  const bench = await startBench(t);
  const made = await bench.call('/cgi-bin/tags/create', { tag: { name: '企业' } });
  const tagid = (made['tag'] as { id: number }).id;
  await bench.call('/cgi-bin/tags/members/batchtagging', { openid_list: [openidOf('li')], tagid });
  await bench.call(all, text('企业年报', { filter: { is_to_all: false, tag_id: tagid } }));
  t.is(bench.wechat.messages('li').length, 1);
  t.is(bench.wechat.messages('wang').length, 0);
  t.is((await bench.call(all, text('x', { filter: { tag_id: 999 } })))['errcode'], 45159);
});

test('a preview reaches one follower and costs nothing of the month', async (t) => {
  const bench = await startBench(t);
  const preview = (touser: string) =>
    bench.call('/cgi-bin/message/mass/preview', { touser, msgtype: 'text', text: { content: '试发' } });
  for (let count = 0; count < 5; count++) t.is((await preview(openidOf('wang')))['errcode'], 0);
  t.is((await preview(openidOf('zhang')))['errcode'], 43004);
  t.is((await bench.call(all, text('正式')))['errcode'], 0);
  t.is(bench.wechat.messages('wang').length, 6);
});

test('contents are checked: empty, too long, unknown kinds and media', async (t) => {
  const { call } = await startBench(t);
  const code = async (body: Record<string, unknown>) =>
    (await call(all, { filter: { is_to_all: true }, ...body }))['errcode'];
  t.is(await code({ msgtype: 'text', text: { content: '' } }), 44004);
  t.is(await code({ msgtype: 'text', text: { content: '长'.repeat(700) } }), 45002);
  t.is(await code({ msgtype: 'poem' }), 40008);
  t.is(await code({ msgtype: 'image', image: { media_id: 'x' } }), 40007);
  t.is(await code({ msgtype: 'mpnews', mpnews: { media_id: 'x' } }), 40007);
});

test('a million followers cost no memory for each, and are all counted', async (t) => {
  const bench = await startBench(t);
  bench.wechat.setProfile({ followers: 1_000_000 });
  const before = process.memoryUsage().rss;
  await bench.call(all, text('全体'));
  t.true(process.memoryUsage().rss - before < 60_000_000);
  t.is(bench.wechat.ledger().channels['mass']?.messages, 1_000_007);
  let next = '';
  let seen = 0;
  do {
    const page = await bench.call(`/cgi-bin/user/get?next_openid=${next}`);
    seen += Number(page['count']);
    next = String(page['next_openid']);
    t.is(page['total'], 1_000_007);
  } while (next !== '');
  t.is(seen, 1_000_007);
});

test('a message the platform stops reaches nobody, costs nothing, and says why', async (t) => {
  const bench = await startBench(t);
  const callback = await startCallback(t, bench);
  bench.wechat.setProfile({ massStatus: 'err(20001)' });
  const sent = await bench.call(all, text('不该发的'));
  t.is(sent['errcode'], 0, 'the submission itself succeeds');
  await bench.wechat.settled();
  t.is(xmlText(callback.pushes.at(-1)?.fields['Status']), 'err(20001)');
  t.is(xmlText(callback.pushes.at(-1)?.fields['SentCount']), '0');
  t.is(bench.wechat.messages('wang').length, 0);
  t.is(
    (await bench.call('/cgi-bin/message/mass/get', { msg_id: sent['msg_id'] }))['msg_status'],
    'SEND_FAIL',
  );
  bench.wechat.setProfile({ massStatus: '' });
  for (let count = 0; count < 4; count++) t.is((await bench.call(all, text(`第${count}条`)))['errcode'], 0);
  t.is((await bench.call(all, text('第五条')))['errcode'], 45028);
});

test('while the event has not come the job is still being sent', async (t) => {
  const bench = await startBench(t);
  bench.wechat.setProfile({ eventDelayMs: 60_000 });
  const sent = await bench.call(all, text('通知'));
  t.is((await bench.call('/cgi-bin/message/mass/get', { msg_id: sent['msg_id'] }))['msg_status'], 'SENDING');
  t.is((await bench.call('/cgi-bin/message/mass/get', { msg_id: '1' }))['errcode'], 40059);
});
