import test from 'ava';
import { caseLookup, findLookup, type ToldCase, ticketLookup } from './lookup.ts';

const wang = { id: 'wang', displayName: '王*' };
const page = 'packages/queue/ticket/index?id=1';
const waiting = { label: 'A012', hall: '区中心', ahead: 3, wait: { from: 10, to: 15 }, window: null, page };

test('R9: 「排队」 tells number, people ahead and wait, or that one is called', async (t) => {
  const lookup = ticketLookup(async (id) =>
    id === 'wang'
      ? [waiting, { ...waiting, label: 'B003', ahead: null, wait: null, window: 'B区02号窗口' }]
      : [],
  );
  t.is(findLookup([lookup], '排队'), lookup);
  t.is(
    await lookup.answer(wang, '排队'),
    '您的号：A012\n区中心\n前面还有 3 人，约等 10～15 分钟\n{{open:packages/queue/ticket/index?id=1|打开排队号}}\n\n' +
      '您的号：B003\n区中心\n已叫到您，请到B区02号窗口\n{{open:packages/queue/ticket/index?id=1|打开排队号}}',
  );
});

test('R9: without a ticket 「排队」 says how to take one; a stranger is asked to sign in', async (t) => {
  const lookup = ticketLookup(async () => []);
  t.regex(await lookup.answer(wang, '排队'), /没有在排的号[\s\S]*取号机[\s\S]*现在预约/);
  t.regex(await lookup.answer(null, '排队'), /登录一次[\s\S]*取号机/);
});

test('R9: a case number finds the writer’s own case only; 「进度」 the latest ones', async (t) => {
  const number = '44011820261125000001';
  const told: ToldCase = { matter: '食品经营许可', number, word: '已受理', tip: '按时办理。', page: 'p' };
  const lookup = caseLookup({
    latest: async (id) => (id === 'wang' ? [told] : []),
    byNumber: async (id, asked) => (id === 'wang' && asked === number ? told : null),
  });
  t.is(findLookup([lookup], number), lookup);
  t.is(findLookup([lookup], '440118199001010019'), undefined, 'an identity number is no case number');
  const answer = '食品经营许可：已受理\n按时办理。\n办件编号 44011820261125000001\n{{open:p|打开办件}}';
  t.is(await lookup.answer(wang, number), answer);
  t.is(await lookup.answer(wang, '进度'), answer);
  const li = { id: 'li', displayName: '李*' };
  t.regex(await lookup.answer(li, number), /没有查到您名下/);
  t.regex(await lookup.answer(li, '进度'), /还没有在这里申请过/);
  t.regex(await lookup.answer(null, number), /登录一次/);
});
