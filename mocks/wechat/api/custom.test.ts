import test from 'ava';
import { type Bench, openidOf, startBench, startCallback } from '../testing/support.ts';

const send = async (bench: Bench, citizen = 'wang', content = '您好') =>
  (
    await bench.call('/cgi-bin/message/custom/send', {
      touser: openidOf(citizen),
      msgtype: 'text',
      text: { content },
    })
  )['errcode'];
const act = (bench: Bench, body: Record<string, unknown>) =>
  bench.raw('/__mock/wechat/act', { method: 'POST', body: JSON.stringify(body) });

test('nobody can be written to unasked: 45015', async (t) => {
  const bench = await startBench(t);
  t.is(await send(bench), 45015);
  t.is(await send(bench, 'zhang'), 45015);
});

test('after a message: five answers in 48 hours, then 45047; the next message opens anew', async (t) => {
  const bench = await startBench(t);
  await startCallback(t, bench);
  await act(bench, { citizen: 'wang', text: '你好' });
  for (let count = 0; count < 5; count++) t.is(await send(bench), 0, String(count));
  t.is(await send(bench), 45047);
  await act(bench, { citizen: 'wang', text: '还在吗' });
  t.is(await send(bench), 0);
  bench.clock.move(48 * 3_600_000);
  t.is(await send(bench), 45015);
});

test('after a menu click: three answers in one minute, and none later', async (t) => {
  const bench = await startBench(t);
  await startCallback(t, bench);
  await act(bench, { citizen: 'li', key: 'staff' });
  for (let count = 0; count < 3; count++) t.is(await send(bench, 'li'), 0, String(count));
  t.is(await send(bench, 'li'), 45047);
  await act(bench, { citizen: 'li', key: 'staff' });
  bench.clock.move(60_000);
  t.is(await send(bench, 'li'), 45015);
});

test('contents are checked before a window is used up', async (t) => {
  const bench = await startBench(t);
  await startCallback(t, bench);
  await act(bench, { citizen: 'wang', text: '你好' });
  const code = async (body: Record<string, unknown>) =>
    (await bench.call('/cgi-bin/message/custom/send', { touser: openidOf('wang'), ...body }))['errcode'];
  t.is(await code({ msgtype: 'text', text: { content: '' } }), 44004);
  t.is(await code({ msgtype: 'text', text: { content: '长'.repeat(683) } }), 45002);
  t.is(await code({ msgtype: 'image', image: { media_id: 'x' } }), 40007);
  t.is(await code({ msgtype: 'news', news: { articles: [{}, {}] } }), 45008);
  t.is(await code({ msgtype: 'x' }), 40008);
  t.is(await code({ touser: 'nobody', msgtype: 'text', text: { content: 'x' } }), 40003);
  for (let count = 0; count < 5; count++) t.is(await send(bench), 0);
});
