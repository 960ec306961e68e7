import type {
  Audience,
  BroadcastInput,
  BroadcastView,
  Content,
  Preview,
  Template,
} from '../../api/broadcasts.ts';
import { countCharacters } from '../../parts/characters.ts';
import { beijingWall, fromBeijingWall } from '../../parts/dates.ts';

export type ArticleDraft = Omit<Extract<Content, { kind: 'article' }>, 'kind'>;

/** What the form holds: all kinds of content at once, so that switching back loses nothing. */
export interface Draft {
  readonly title: string;
  readonly kind: Content['kind'];
  readonly text: string;
  /** Of an uploaded picture; '' while there is none. */
  readonly pictureId: string;
  readonly article: ArticleDraft;
  readonly template: string | null;
  readonly values: Readonly<Record<string, string>>;
  readonly page: string | null;
  readonly audience: Audience;
  /** `YYYY-MM-DDTHH:mm` in Beijing; null = as soon as approved. */
  readonly at: string | null;
}

export const limits = { title: 40, text: 600, articleTitle: 32, author: 16, digest: 128 } as const;

export const emptyDraft: Draft = {
  title: '',
  kind: 'text',
  text: '',
  pictureId: '',
  article: { title: '', author: '增城政务服务', digest: '', body: '', coverId: '' },
  template: null,
  values: {},
  page: null,
  audience: { kind: 'followers' },
  at: null,
};

export function draftOf(view: Pick<BroadcastView, 'title' | 'content' | 'audience' | 'scheduledAt'>): Draft {
  const { content } = view;
  const common = {
    title: view.title,
    audience: view.audience,
    at: view.scheduledAt === null ? null : beijingWall(view.scheduledAt),
  };
  if (content.kind === 'text') return { ...emptyDraft, ...common, kind: 'text', text: content.text };
  if (content.kind === 'picture')
    return { ...emptyDraft, ...common, kind: 'picture', pictureId: content.pictureId };
  if (content.kind === 'article') {
    const { kind, ...article } = content;
    return { ...emptyDraft, ...common, kind, article };
  }
  const { template, values, page } = content;
  return { ...emptyDraft, ...common, kind: 'template', template, values, page };
}

/** The content as the server takes it; null while there is nothing to show yet. */
export function contentOf(draft: Draft, templates: readonly Template[]): Content | null {
  if (draft.kind === 'text') return draft.text.trim() === '' ? null : { kind: 'text', text: draft.text };
  if (draft.kind === 'picture') {
    return draft.pictureId === '' ? null : { kind: 'picture', pictureId: draft.pictureId };
  }
  if (draft.kind === 'article') return { kind: 'article', ...draft.article };
  const template = templates.find((each) => each.id === draft.template);
  if (!template) return null;
  const values = Object.fromEntries(template.fields.map(({ key }) => [key, draft.values[key] ?? '']));
  return { kind: 'template', template: template.id, values, page: draft.page };
}

/** A kind of audience was chosen, and not yet which matter, town or list. */
export const incomplete = (audience: Audience): boolean =>
  (audience.kind === 'applicants' && audience.matterId === '') ||
  (audience.kind === 'town' && audience.townCode === '') ||
  (audience.kind === 'list' && audience.listId === '');
const incompleteWords: { readonly [kind in Audience['kind']]?: string } = {
  applicants: '请选择事项',
  town: '请选择镇街',
  list: '请上传名单',
};

export interface Problems {
  readonly [field: string]: string;
}

/** What keeps it from being saved, by field. What WeChat would refuse comes from the server's preview. */
export function problemsOf(draft: Draft, now: Date): Problems {
  const problems: Record<string, string> = {};
  if (draft.title.trim() === '') problems['title'] = '请填写标题';
  else if (draft.title.trim().length > limits.title) problems['title'] = `标题最多 ${limits.title} 个字`;
  if (draft.kind === 'text') {
    if (draft.text.trim() === '') problems['text'] = '请填写正文';
    else if (countCharacters(draft.text) > limits.text || draft.text.trim().length > limits.text) {
      problems['text'] = `正文最多 ${limits.text} 个字`;
    }
  } else if (draft.kind === 'picture') {
    if (draft.pictureId === '') problems['pictureId'] = '请上传图片';
  } else if (draft.kind === 'template' && draft.template === null) problems['template'] = '请选择模板';
  if (incomplete(draft.audience)) problems['audience'] = incompleteWords[draft.audience.kind] ?? '';
  if (draft.at !== null && new Date(fromBeijingWall(draft.at)) <= now) {
    problems['at'] = '这个时间已经过去，请另选时间';
  }
  return problems;
}

/** What a kind of content is called. */
export const kindLabels: { readonly [kind in Content['kind']]: string } = {
  text: '文字群发',
  picture: '图片群发',
  article: '图文群发',
  template: '模板通知',
};

/** What WeChat would refuse, by field; the field's own name is above it already and need not be said again. */
export function problemsFromPreview(preview: Preview | null): Problems {
  return Object.fromEntries(
    (preview?.problems ?? []).map(({ field, message }) => {
      const label = preview?.fields.find((each) => each.key === field)?.label;
      return [field, label && message.startsWith(`${label}：`) ? message.slice(label.length + 1) : message];
    }),
  );
}

export const inputOf = (draft: Draft, content: Content): BroadcastInput => ({
  title: draft.title.trim(),
  audience: draft.audience,
  content,
  scheduledAt: draft.at === null ? null : fromBeijingWall(draft.at),
});
