import test from 'ava';
import { openidOf, seal, startBench, startCallback } from '../testing/support.ts';
import { sign } from './message-crypto.ts';
import { xmlText } from './xml.ts';

const act = (body: Record<string, unknown>) =>
  ['/__mock/wechat/act', { method: 'POST', body: JSON.stringify(body) }] as const;
const textReply = (text: string) =>
  seal({
    ToUserName: openidOf('wang'),
    FromUserName: 'gh_x',
    CreateTime: 1795572000,
    MsgType: 'text',
    Content: text,
  });
const outOfOrder = '该公众号提供的服务出现故障，请稍后再试';
const lastText = (content: unknown) =>
  typeof content === 'object' && content !== null && 'text' in content ? content.text : undefined;

test('a written message reaches the callback with a MsgId, and the passive reply appears in the chat', async (t) => {
  const bench = await startBench(t);
  const callback = await startCallback(t, bench, () => ({ body: textReply('前面还有 3 人 ]]> 请稍等') }));
  await bench.raw(...act({ citizen: 'wang', text: '排队' }));
  const push = callback.pushes[0]!;
  t.is(xmlText(push.fields['MsgType']), 'text');
  t.is(xmlText(push.fields['Content']), '排队');
  t.regex(xmlText(push.fields['MsgId']), /^\d{10,}$/);
  t.is(push.query.get('openid'), openidOf('wang'));
  const timestamp = push.query.get('timestamp') ?? '';
  t.is(sign('callback-token', timestamp, push.query.get('nonce') ?? ''), push.query.get('signature') ?? '');
  const chat = bench.wechat.messages('wang');
  t.deepEqual(
    chat.map((message) => [message.from, lastText(message.content)]),
    [
      ['citizen', '排队'],
      ['account', '前面还有 3 人 ]]> 请稍等'],
    ],
  );
});

test('an empty answer and the word success say nothing', async (t) => {
  const bench = await startBench(t);
  let body = '';
  await startCallback(t, bench, () => ({ body }));
  await bench.raw(...act({ citizen: 'wang', text: '你好' }));
  body = 'success';
  await bench.raw(...act({ citizen: 'wang', text: '你好' }));
  t.is(bench.wechat.messages('wang').filter((message) => message.from !== 'citizen').length, 0);
});

const broken: [string, string][] = [
  ['plain XML in safe mode', '<xml><MsgType>text</MsgType><Content>x</Content></xml>'],
  ['a wrong signature', seal({ MsgType: 'text', Content: 'x' }, { token: 'other' })],
  ['another appid', seal({ MsgType: 'text', Content: 'x' }, { appid: 'wx9' })],
  ['a timestamp in milliseconds', seal({ MsgType: 'text', Content: 'x' }, { timestamp: '1795572000000' })],
  ['an empty text', textReply('')],
  ['something that is no XML', 'internal error'],
];
for (const [what, body] of broken) {
  test(`the person reads the failure line when the reply is ${what}`, async (t) => {
    const bench = await startBench(t);
    await startCallback(t, bench, () => ({ body }));
    await bench.raw(...act({ citizen: 'wang', text: '你好' }));
    const last = bench.wechat.messages('wang').at(-1);
    t.is(last?.from, 'system');
    t.is(lastText(last?.content), outOfOrder);
  });
}

test('no answer in time: three deliveries in all with new signatures, then the failure line', async (t) => {
  const bench = await startBench(t);
  bench.wechat.setProfile({ deliveryTimeoutMs: 500 });
  const callback = await startCallback(t, bench, () => 'silence');
  await bench.raw(...act({ citizen: 'wang', text: '你好' }));
  t.is(callback.pushes.length, 3);
  t.is(new Set(callback.pushes.map((push) => xmlText(push.fields['MsgId']))).size, 1);
  t.is(new Set(callback.pushes.map((push) => push.query.get('msg_signature'))).size, 3);
  t.is(lastText(bench.wechat.messages('wang').at(-1)?.content), outOfOrder);
  t.deepEqual(bench.wechat.ledger().receipts, { delivered: 0, lost: 1 });
});

test('an error answer is repeated, and a good second answer is the one that counts', async (t) => {
  const bench = await startBench(t);
  let calls = 0;
  await startCallback(t, bench, () => {
    calls += 1;
    return calls === 1 ? { status: 500 } : { body: textReply('在') };
  });
  await bench.raw(...act({ citizen: 'wang', text: '在吗' }));
  t.is(calls, 2);
  t.is(lastText(bench.wechat.messages('wang').at(-1)?.content), '在');
});

test('menu clicks, follows, scans and leaving are told as events', async (t) => {
  const bench = await startBench(t);
  const callback = await startCallback(t, bench);
  await bench.raw(...act({ citizen: 'wang', key: 'queue.status' }));
  await bench.call('/cgi-bin/qrcode/create', {
    action_name: 'QR_LIMIT_STR_SCENE',
    action_info: { scene: { scene_str: 'hall-A' } },
  });
  await bench.raw(...act({ citizen: 'wang', scene: 'hall-A' }));
  await bench.raw(...act({ citizen: 'zhang', scene: 'hall-A' }));
  await bench.raw('/__mock/wechat/person', { method: 'POST', body: '{"citizen":"zhang","follows":false}' });
  t.deepEqual(
    callback.pushes.map((push) => [xmlText(push.fields['Event']), xmlText(push.fields['EventKey'])]),
    [
      ['CLICK', 'queue.status'],
      ['SCAN', 'hall-A'],
      ['subscribe', 'qrscene_hall-A'],
      ['unsubscribe', ''],
    ],
  );
  const stranger = await bench.call(`/cgi-bin/user/info?openid=${openidOf('zhang')}`);
  t.is(stranger['subscribe'], 0);
});

test('receipts can be doubled and dropped', async (t) => {
  const bench = await startBench(t);
  const callback = await startCallback(t, bench);
  const fields = bench.wechat.platform.world.pushHead(openidOf('wang'), 'event');
  bench.wechat.setProfile({ duplicateEvents: 1 });
  bench.wechat.platform.world.delivery.notify({ ...fields, Event: 'X' });
  await bench.wechat.settled();
  t.is(callback.pushes.length, 2);
  t.is(callback.pushes[0]?.raw, callback.pushes[1]?.raw);
  bench.wechat.setProfile({ duplicateEvents: 0, dropEvents: 1 });
  bench.wechat.platform.world.delivery.notify({ ...fields, Event: 'X' });
  await bench.wechat.settled();
  t.is(callback.pushes.length, 2);
});

test('the callback address is verified by a signed echo', async (t) => {
  const bench = await startBench(t);
  const post = { method: 'POST' };
  t.is((await bench.raw('/__mock/wechat/verify-callback', post))['ok'], false);
  await startCallback(t, bench);
  t.is((await bench.raw('/__mock/wechat/verify-callback', post))['ok'], true);
});
