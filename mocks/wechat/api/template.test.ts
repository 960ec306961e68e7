import test from 'ava';
import { xmlText } from '../events/xml.ts';
import {
  account,
  notice,
  openidOf,
  program,
  programOpenidOf,
  startBench,
  startCallback,
  templateIdOf,
} from '../testing/support.ts';

const path = '/cgi-bin/message/template/send';

test('R9: a template message appears in the chat and its receipt comes signed and encrypted', async (t) => {
  const bench = await startBench(t);
  const callback = await startCallback(t, bench);
  const link = {
    miniprogram: { appid: program.appid, pagepath: 'pages/me/index' },
    url: 'https://example.com',
  };
  const sent = await bench.call(path, notice(bench, 'wang', link));
  t.is(sent['errcode'], 0);
  const [message] = bench.wechat.messages('wang');
  t.like(message, { origin: 'template', read: false });
  t.like(message?.content, { kind: 'template', title: '预约成功通知' });
  t.deepEqual(message?.content.kind === 'template' && message.content.link, {
    miniProgram: { appid: program.appid, path: 'pages/me/index' },
  });
  await bench.wechat.settled();
  const receipt = callback.pushes[0]!;
  t.is(xmlText(receipt.fields['Event']), 'TEMPLATESENDJOBFINISH');
  t.is(xmlText(receipt.fields['FromUserName']), openidOf('wang'));
  t.is(xmlText(receipt.fields['Status']), 'success');
  t.is(xmlText(receipt.fields['MsgID']), message?.msgId ?? '');
  t.is(receipt.query.get('encrypt_type'), 'aes');
  t.notRegex(receipt.raw, /TEMPLATESENDJOBFINISH/);
});

test('the message id is larger than a JavaScript number holds', async (t) => {
  const bench = await startBench(t);
  const token = await bench.wechat.platform.world.tokens.issueStable(
    { account: 'oa', appid: account.appid, secret: account.secret },
    false,
  );
  const answer = await fetch(`${bench.wechat.url}${path}?access_token=${token.value}`, {
    method: 'POST',
    body: JSON.stringify(notice(bench, 'wang')),
  });
  const text = await answer.text();
  const digits = /"msgid":(\d+)\}/.exec(text)?.[1] ?? '0';
  t.true(BigInt(digits) > BigInt(Number.MAX_SAFE_INTEGER));
  t.is(text, `{"errcode":0,"errmsg":"ok","msgid":${digits}}`, 'compact');
});

test('client_msg_id: the same person and id is sent once within ten minutes, again afterwards', async (t) => {
  const bench = await startBench(t);
  const send = (citizen: string, id: string) =>
    bench.call(path, notice(bench, citizen, { client_msg_id: id }));
  const first = await send('wang', 'n-1');
  const again = await send('wang', 'n-1');
  t.is(again['errcode'], 0);
  t.is(String(again['msgid']), String(first['msgid']));
  t.is(bench.wechat.messages('wang').length, 1);
  await send('wang', 'n-2');
  await send('li', 'n-1');
  t.is(bench.wechat.messages('wang').length, 2);
  t.is(bench.wechat.messages('li').length, 1);
  t.is(bench.wechat.ledger().repeats, 1);
  bench.clock.move(600_000);
  await send('wang', 'n-1');
  t.is(bench.wechat.messages('wang').length, 3);
});

test('fifty identical sends at once reach the person once', async (t) => {
  const bench = await startBench(t);
  const one = notice(bench, 'wang', { client_msg_id: 'race' });
  const answers = await Promise.all(Array.from({ length: 50 }, () => bench.call(path, one)));
  t.is(new Set(answers.map((answer) => String(answer['msgid']))).size, 1);
  t.is(bench.wechat.messages('wang').length, 1);
});

test('who cannot be reached, and what is wrong with the request, has its own code', async (t) => {
  const bench = await startBench(t);
  const code = async (changes: Record<string, unknown>, citizen = 'wang') =>
    (await bench.call(path, notice(bench, citizen, changes)))['errcode'];
  t.is(await code({}, 'zhang'), 43004);
  t.is(await code({ touser: 'nobody' }), 40003);
  t.is(await code({ touser: programOpenidOf('wang') }), 40003, 'an openid of the mini-program');
  t.is(await code({ template_id: 'x'.repeat(43) }), 40037);
  t.is(await code({ template_id: '' }), 40036);
  t.is(await code({ miniprogram: { appid: 'wx9', pagepath: 'a' } }), 40013);
  t.is(await code({ url: `https://example.com/${'a'.repeat(1024)}` }), 40039);
  bench.wechat.setProfile({ disabledTemplates: [templateIdOf(bench)] });
  t.is(await code({}), 43116);
  bench.wechat.setProfile({ disabledTemplates: [] });
  await bench.call('/cgi-bin/tags/members/batchblacklist', { openid_list: [openidOf('wang')] });
  t.is(await code({}), 43019);
  await bench.raw('/__mock/wechat/person', { method: 'POST', body: '{"citizen":"li","receives":"refuse"}' });
  t.is(await code({}, 'li'), 48002);
  t.is(bench.wechat.messages('wang').length + bench.wechat.messages('li').length, 0);
});

test('a person who blocks the account is accepted and reported as failed:user block', async (t) => {
  const bench = await startBench(t);
  const callback = await startCallback(t, bench);
  await bench.raw('/__mock/wechat/person', { method: 'POST', body: '{"citizen":"he","receives":"quiet"}' });
  t.is((await bench.call(path, notice(bench, 'he')))['errcode'], 0);
  await bench.wechat.settled();
  t.is(xmlText(callback.pushes[0]?.fields['Status']), 'failed:user block');
  t.is(bench.wechat.messages('he').length, 0);
});

test('47003 names the field that is empty, too long, of the wrong kind or holds a line break', async (t) => {
  const bench = await startBench(t);
  const words = async (field: string, value: unknown) => {
    const data = { ...notice(bench, 'wang').data, [field]: value === undefined ? undefined : { value } };
    const answer = await bench.call(path, notice(bench, 'wang', { data }));
    t.is(answer['errcode'], 47003, field);
    return String(answer['errmsg']);
  };
  t.regex(await words('thing1', ''), /^argument invalid! data\.thing1\.value is empty rid: /);
  t.regex(await words('thing3', undefined), /data\.thing3\.value is empty/);
  t.regex(await words('thing1', '一'.repeat(21)), /data\.thing1\.value invalid/);
  t.regex(await words('thing1', '换\n行'), /data\.thing1\.value invalid/);
  t.regex(await words('time2', '明天'), /data\.time2\.value invalid/);
  t.regex(await words('character_string4', '中文'), /data\.character_string4\.value invalid/);
});

test('old fields and colours are ignored, emoji is drawn as a box', async (t) => {
  const bench = await startBench(t);
  const data = {
    ...notice(bench, 'wang').data,
    first: { value: '您好' },
    thing1: { value: '换领\u{1F600}', color: '#f00' },
  };
  t.is((await bench.call(path, notice(bench, 'wang', { data })))['errcode'], 0);
  const content = bench.wechat.messages('wang')[0]?.content;
  t.is(content?.kind === 'template' && content.fields[0]?.value, '换领□');
  t.notRegex(JSON.stringify(content), /您好/);
});

test('quota: the daily number of template messages is all templates together', async (t) => {
  const bench = await startBench(t);
  bench.wechat.setProfile({ quotas: { [path]: { daily: 100, used: 99 } } });
  t.is((await bench.call(path, notice(bench, 'wang')))['errcode'], 0);
  const refused = await bench.call(path, notice(bench, 'wang'));
  t.is(refused['errcode'], 45009);
  t.regex(String(refused['errmsg']), /reach max api daily quota limit/);
});

test('templates are listed with their keys, added by number and keywords, and 25 is the limit', async (t) => {
  const bench = await startBench(t);
  const list = (await bench.call('/cgi-bin/template/get_all_private_template'))['template_list'];
  t.regex(JSON.stringify(list), /预约事项:\{\{thing1\.DATA\}\}/);
  const add = (body: Record<string, unknown>) => bench.call('/cgi-bin/template/api_add_template', body);
  t.is((await add({ template_id_short: '50101' }))['errcode'], 40246);
  t.is((await add({ template_id_short: '1', keyword_name_list: ['a'] }))['errcode'], 40037);
  t.is((await add({ template_id_short: '50101', keyword_name_list: ['不存在'] }))['errcode'], 40246);
  const names = ['预约事项', '预约时间', '办理地点', '预约号'];
  const free = 25 - (list as unknown as unknown[]).length;
  t.true(free >= 1 && free <= names.length, `${free} places are left`);
  for (let count = 1; count <= free; count++) {
    const answer = await add({ template_id_short: '50101', keyword_name_list: names.slice(0, count) });
    t.is(answer['errcode'], 0, String(count));
  }
  t.is((await add({ template_id_short: '50102', keyword_name_list: ['预约事项'] }))['errcode'], 45026);
  const removed = await bench.call('/cgi-bin/template/del_private_template', {
    template_id: templateIdOf(bench),
  });
  t.is(removed['errcode'], 0);
  t.is((await bench.call('/cgi-bin/template/del_private_template', { template_id: 'x' }))['errcode'], 40037);
});

test('a message can fail after it was accepted', async (t) => {
  const bench = await startBench(t);
  const callback = await startCallback(t, bench);
  bench.wechat.setProfile({ templateFailRate: 1 });
  t.is((await bench.call(path, notice(bench, 'wang')))['errcode'], 0);
  await bench.wechat.settled();
  t.is(xmlText(callback.pushes[0]?.fields['Status']), 'failed: system failed');
  t.is(bench.wechat.messages('wang').length, 0);
});
