import test from 'ava';
import type { Content, Preview, Template } from '../../api/broadcasts.ts';
import { contentOf, draftOf, emptyDraft, inputOf, problemsFromPreview, problemsOf } from './draft.ts';

const now = new Date('2026-11-25T04:00:00Z');
const field = (key: string, label: string) => ({ key, label, kind: 'thing', limit: 20, example: '例' });
const template: Template = {
  id: 'service.announcement',
  title: '服务变更通知',
  broadcast: true,
  fields: [field('subject', '变更内容'), field('tip', '温馨提示')],
};

test('an empty draft names every field that is missing', (t) => {
  t.deepEqual(Object.keys(problemsOf(emptyDraft, now)), ['title', 'text']);
  t.deepEqual(Object.keys(problemsOf({ ...emptyDraft, kind: 'template' }, now)), ['title', 'template']);
});

test('600 characters fit, 601 do not, and a past time is refused', (t) => {
  const draft = { ...emptyDraft, title: '标题', text: '字'.repeat(600), at: '2026-11-25T12:01' };
  t.deepEqual(problemsOf(draft, now), {});
  t.regex(problemsOf({ ...draft, text: '字'.repeat(601) }, now)['text'] ?? '', /600/);
  t.truthy(problemsOf({ ...draft, at: '2026-11-25T12:00' }, now)['at']);
});

test('switching to the other kind and back loses nothing, and only the chosen kind is sent', (t) => {
  const draft = {
    ...emptyDraft,
    title: ' 标题 ',
    text: '正文',
    template: template.id,
    values: { subject: '甲', old: '乙' },
  };
  t.deepEqual(contentOf(draft, [template]), { kind: 'text', text: '正文' });
  const content = contentOf({ ...draft, kind: 'template' }, [template])!;
  t.deepEqual(content, {
    kind: 'template',
    template: template.id,
    values: { subject: '甲', tip: '' },
    page: null,
  });
  t.is(inputOf(draft, content).title, '标题');
  t.is(contentOf({ ...draft, kind: 'template', template: 'gone.away' }, [template]), null);
});

test('a saved broadcast opens as it was written, its time in Beijing', (t) => {
  const content = {
    kind: 'template',
    template: template.id,
    values: { subject: '甲' },
    page: 'pages/home/index',
  } as const;
  const draft = draftOf({
    title: '标题',
    content,
    audience: { kind: 'tag', tagId: 7 },
    scheduledAt: '2026-12-01T01:00:00.000Z',
  });
  t.is(draft.at, '2026-12-01T09:00');
  const input = inputOf(draft, content);
  t.is(new Date(input.scheduledAt!).toISOString(), '2026-12-01T01:00:00.000Z');
  t.deepEqual(input.audience, { kind: 'tag', tagId: 7 });
});

test('what WeChat would refuse stands at its field without repeating the field’s name', (t) => {
  const fields = [{ key: 'time', label: '生效时间', value: '明天', shortened: false }];
  const problems = [
    { field: 'time', message: '生效时间：请写成日期' },
    { field: 'template', message: '这个模板不能用于群发' },
  ];
  const preview: Preview = {
    ...{ kind: 'template', title: '', fields, text: null, picture: null, article: null },
    ...{ problems, audienceCount: 1 },
  };
  t.deepEqual(problemsFromPreview(preview), {
    time: '请写成日期',
    template: '这个模板不能用于群发',
  });
});

test('a picture and an article open as they were saved, and go back the same', (t) => {
  const article: Content = {
    ...{ kind: 'article', title: '周六停电', author: '增城政务服务', digest: '' },
    ...{ body: '<p>字</p>', coverId: 'p1' },
  };
  const picture: Content = { kind: 'picture', pictureId: 'p1' };
  for (const content of [picture, article]) {
    const draft = draftOf({ title: '标题', content, audience: { kind: 'followers' }, scheduledAt: null });
    t.deepEqual(contentOf(draft, []), content);
  }
  t.deepEqual(Object.keys(problemsOf({ ...emptyDraft, title: '标题', kind: 'picture' }, now)), ['pictureId']);
});
