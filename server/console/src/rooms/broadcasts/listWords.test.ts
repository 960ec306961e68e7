import test from 'ava';
import { draftOf, emptyDraft, incomplete, problemsOf } from './draft.ts';
import { costText, listSummary, problemText } from './listWords.ts';

test('a checked list says how many it reaches and why not the others', (t) => {
  const counts = { malformed: 0, unknown: 1, duplicate: 2, notFollowing: 0 };
  t.is(
    listSummary({ lines: 1200, reachable: 1197, counts }),
    '共 1,200 行，能收到 1,197 人；查不到 1 行，重复 2 行',
  );
  t.regex(problemText({ problem: 'duplicate', of: 12 }), /第 12 行/);
});

test('the cost says when the quota or the month is not enough', (t) => {
  const template = { kind: 'template', needed: 900, today: 1000, reserve: 500, days: 1 } as const;
  t.regex(costText(template), /够用/);
  t.regex(costText({ ...template, needed: 2000, days: 2 }), /约需 2 天/);
  t.regex(costText({ kind: 'mass', used: 1, limit: 4 }), /第 2 次，之后还剩 2 次/);
  t.regex(costText({ kind: 'mass', used: 4, limit: 4 }), /收不到/);
});

test('a kind of audience without its matter, town or list is not ready', (t) => {
  const draft = { ...emptyDraft, title: '标题', text: '正文' };
  const audience = { kind: 'list', listId: '' } as const;
  t.is(problemsOf({ ...draft, audience }, new Date())['audience'], '请上传名单');
  t.true(incomplete({ kind: 'town', townCode: '', days: 9 }));
  t.false(incomplete({ kind: 'followers' }));
  const opened = draftOf({
    title: '标题',
    content: { kind: 'text', text: '正文' },
    audience: { kind: 'list', listId: 'l1' },
    scheduledAt: null,
  });
  t.deepEqual(problemsOf(opened, new Date()), {});
});
