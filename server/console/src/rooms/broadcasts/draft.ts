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

/** What the form holds: both kinds of content at once, so that switching back loses nothing. */
export interface Draft {
  readonly title: string;
  readonly kind: Content['kind'];
  readonly text: string;
  readonly template: string | null;
  readonly values: Readonly<Record<string, string>>;
  readonly page: string | null;
  readonly audience: Audience;
  /** `YYYY-MM-DDTHH:mm` in Beijing; null = as soon as approved. */
  readonly at: string | null;
}

export const limits = { title: 40, text: 600 } as const;

export const emptyDraft: Draft = {
  title: '',
  kind: 'text',
  text: '',
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
  const { template, values, page } = content;
  return { ...emptyDraft, ...common, kind: 'template', template, values, page };
}

/** The content as the server takes it; null while there is nothing to show yet. */
export function contentOf(draft: Draft, templates: readonly Template[]): Content | null {
  if (draft.kind === 'text') return draft.text.trim() === '' ? null : { kind: 'text', text: draft.text };
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
  } else if (draft.template === null) problems['template'] = '请选择模板';
  if (incomplete(draft.audience)) problems['audience'] = incompleteWords[draft.audience.kind] ?? '';
  if (draft.at !== null && new Date(fromBeijingWall(draft.at)) <= now) {
    problems['at'] = '这个时间已经过去，请另选时间';
  }
  return problems;
}

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
