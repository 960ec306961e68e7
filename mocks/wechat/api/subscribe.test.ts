import test from 'ava';
import { bookedData, programOpenidOf, startBench } from '../testing/support.ts';

const consent = (body: Record<string, unknown>) =>
  ['/__mock/wechat/consent', { method: 'POST', body: JSON.stringify(body) }] as const;

test('R9: one accept of a one-time template is one send, the next is 43101', async (t) => {
  const bench = await startBench(t);
  const added = await bench.callProgram('/wxaapi/newtmpl/addtemplate', {
    tid: '50101',
    kidList: [1, 2, 3, 4, 5],
    sceneDesc: '预约成功时提醒',
  });
  const id = String(added['priTmplId']);
  const send = async () =>
    (
      await bench.callProgram('/cgi-bin/message/subscribe/send', {
        touser: programOpenidOf('wang'),
        template_id: id,
        page: 'packages/booking/detail/index?id=1',
        data: bookedData,
      })
    )['errcode'];
  t.is(await send(), 43101);
  await bench.raw(...consent({ citizen: 'wang', templateIds: [id] }));
  await bench.raw(...consent({ citizen: 'wang', templateIds: [id] }));
  t.is(await send(), 0);
  t.is(await send(), 0);
  t.is(await send(), 43101);
  t.is(bench.wechat.messages('wang', 'service').length, 2);
  t.is(bench.wechat.messages('wang').length, 0);
});

test('long-term consent lasts until it is withdrawn', async (t) => {
  const bench = await startBench(t);
  const list = (await bench.callProgram('/wxaapi/newtmpl/gettemplate'))['data'] as {
    priTmplId: string;
    title: string;
    type: number;
  }[];
  const template = list.find((one) => one.title === '预约成功通知')!;
  t.is(template.type, 3);
  const send = async (changes: Record<string, unknown> = {}) =>
    (
      await bench.callProgram('/cgi-bin/message/subscribe/send', {
        touser: programOpenidOf('li'),
        template_id: template.priTmplId,
        data: bookedData,
        ...changes,
      })
    )['errcode'];
  await bench.raw(...consent({ citizen: 'li', templateIds: [template.priTmplId] }));
  for (let count = 0; count < 3; count++) t.is(await send(), 0);
  t.is(await send({ touser: 'x' }), 40003);
  t.is(await send({ template_id: 'x' }), 40037);
  t.is(await send({ page: 'https://example.com' }), 41030);
  t.is(await send({ miniprogram_state: 'beta' }), 40035);
  t.is(await send({ data: {} }), 47003);
  await bench.raw(...consent({ citizen: 'li', templateIds: [template.priTmplId], accept: false }));
  t.is(await send(), 43101);
});

test('templates of subscription messages have two to five known keywords', async (t) => {
  const { callProgram } = await startBench(t);
  const add = async (body: Record<string, unknown>) =>
    (await callProgram('/wxaapi/newtmpl/addtemplate', { tid: '50101', kidList: [1, 2], ...body }))['errcode'];
  t.is(await add({ tid: '1' }), 200014);
  t.is(await add({ kidList: [1] }), 200020);
  t.is(await add({ kidList: [1, 9] }), 200022);
  t.is(await add({ kidList: [1, 1] }), 200022);
  t.is(await add({ sceneDesc: '一二三四五六七八九十一二三四五六' }), 200021);
  t.is(await add({}), 0);
  const words = await callProgram('/wxaapi/newtmpl/getpubtemplatekeywords?tid=50101');
  t.is(words['count'], 6);
});
