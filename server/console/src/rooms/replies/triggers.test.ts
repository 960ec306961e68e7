import test from 'ava';
import { replyParts } from './replyParts.ts';
import { emptyTrigger, replyProblems, triggerText } from './triggers.ts';

test('a trigger is said as a sentence', (t) => {
  t.is(
    triggerText({ kind: 'keyword', words: ['排队', '取号'], mode: 'contains' }),
    '留言里有「排队」「取号」',
  );
  t.is(triggerText({ kind: 'keyword', words: ['1'], mode: 'equals' }), '发来「1」');
  t.is(triggerText({ kind: 'otherwise' }), '其他都不符合时');
});

test('a reply without words, key or text is not saved', (t) => {
  for (const kind of ['keyword', 'menu', 'scan'] as const) {
    const problems = replyProblems({ title: '', trigger: emptyTrigger(kind), text: ' ' });
    t.deepEqual(Object.keys(problems).sort(), ['text', 'title', 'trigger'], kind);
  }
  t.deepEqual(replyProblems({ title: '欢迎', trigger: { kind: 'follow' }, text: '您好' }), {});
  t.truthy(replyProblems({ title: '欢迎', trigger: { kind: 'menu', key: '联系' }, text: '您好' })['trigger']);
});

test('links are shown by their words and the name by what it stands for', (t) => {
  const parts = replyParts('{{person}}，请看{{open:pages/home/index|大厅}}。');
  t.deepEqual(
    parts.map(({ kind, text }) => `${kind}:${text}`),
    ['person:市民称呼', 'text:，请看', 'link:大厅', 'text:。'],
  );
  t.deepEqual(replyParts('{{open:坏了}}'), [{ kind: 'text', text: '{{open:坏了}}', at: 0 }]);
});
