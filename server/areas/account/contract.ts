import { z } from 'zod';

/** A conversation of a citizen with the official account. */
export const ThreadState = z.enum(['automatic', 'waiting', 'open', 'closed']);
export type ThreadState = z.infer<typeof ThreadState>;

export const ThreadView = z.object({
  id: z.string(),
  state: ThreadState,
  stateLabel: z.string(),
  /** Masked name of a person we know, else 「微信用户」. */
  person: z.string(),
  lastText: z.string(),
  lastAt: z.string(),
  unread: z.number(),
  /** Who took it. */
  staff: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** ISO instant until which WeChat lets us answer; null when it is over. */
  answerUntil: z.string().nullable(),
  /** How many more answers WeChat takes before the citizen writes again. */
  answersLeft: z.number(),
});
export type ThreadView = z.infer<typeof ThreadView>;
export const ThreadList = z.object({ threads: z.array(ThreadView), total: z.number(), waiting: z.number() });
export type ThreadList = z.infer<typeof ThreadList>;
export const ThreadsQuery = z.object({
  /** `waiting`: nobody took it yet; `mine`: taken by the asking person; `all`: everything, newest first. */
  show: z.enum(['waiting', 'mine', 'all']).default('waiting'),
  page: z.coerce.number().int().min(1).max(1000).default(1),
});
export const ThreadParams = z.object({ id: z.string().max(40) });

export const ChatLine = z.object({
  id: z.string(),
  from: z.enum(['citizen', 'automatic', 'staff']),
  /** Name of the member of staff. */
  by: z.string().nullable(),
  /** `text`, or what else it was: 「[图片]」 stands in `text` then. */
  type: z.string(),
  text: z.string(),
  at: z.string(),
});
export type ChatLine = z.infer<typeof ChatLine>;
export const ThreadDetail = z.object({ thread: ThreadView, lines: z.array(ChatLine) });
export type ThreadDetail = z.infer<typeof ThreadDetail>;
export const AnswerRequest = z.object({ text: z.string().trim().min(1).max(600) });

/** What the account says by itself. */
export const ReplyTrigger = z.discriminatedUnion('kind', [
  /** The text is one of these words, or (`contains`) has one of them in it. */
  z.object({
    kind: z.literal('keyword'),
    words: z.array(z.string().trim().min(1).max(30)).min(1).max(20),
    mode: z.enum(['equals', 'contains']).default('equals'),
  }),
  /** A menu item of the kind `reply` with this key was tapped. */
  z.object({ kind: z.literal('menu'), key: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/) }),
  /** Somebody followed the account; a QR code's scene, when it was by one of ours. */
  z.object({ kind: z.literal('follow') }),
  /** A hall's QR code was scanned. */
  z.object({ kind: z.literal('scan'), scenePrefix: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/) }),
  /** Nothing else fits. */
  z.object({ kind: z.literal('otherwise') }),
]);
export type ReplyTrigger = z.infer<typeof ReplyTrigger>;

export const ReplyInput = z.object({
  title: z.string().trim().min(1).max(40),
  trigger: ReplyTrigger,
  /** `{{open:pages/…|words}}` becomes a link that opens that page; `{{person}}` the masked name or 「您」. */
  text: z.string().trim().min(1).max(600),
  enabled: z.boolean().default(true),
});
export type ReplyInput = z.infer<typeof ReplyInput>;
export const ReplyPatch = ReplyInput.extend({ version: z.number().int() });
export const ReplyView = ReplyInput.extend({
  id: z.string(),
  version: z.number(),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
export type ReplyView = z.infer<typeof ReplyView>;
export const ReplyList = z.object({
  replies: z.array(ReplyView),
  /** Look-ups that are built in: what the citizen writes and what it answers. */
  lookups: z.array(z.object({ id: z.string(), words: z.array(z.string()), label: z.string() })),
});
export type ReplyList = z.infer<typeof ReplyList>;
export const ReplyParams = z.object({ id: z.string().max(40) });
export const ReplyTry = z.object({ text: z.string().trim().min(1).max(200) });
export const ReplyTried = z.object({ answer: z.string(), by: z.string() });

const name = z.string().trim().min(1).max(60);
/** `page`: opens the mini-program (an old WeChat opens the same page in h5); `link`: an address; `reply`: a reply by key. */
export const MenuLeaf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('page'), name, page: z.string().max(200) }),
  z.object({ kind: z.literal('link'), name, url: z.string().max(1024) }),
  z.object({ kind: z.literal('reply'), name, key: z.string().max(128) }),
]);
export type MenuLeaf = z.infer<typeof MenuLeaf>;
export const MenuItem = z.discriminatedUnion('kind', [
  ...MenuLeaf.options,
  z.object({ kind: z.literal('group'), name, items: z.array(MenuLeaf).max(10) }),
]);
export type MenuItem = z.infer<typeof MenuItem>;

/** For whom a personalised menu is: those with a tag, or (1 iOS, 2 Android, 3 others) a kind of phone. */
export const MenuFor = z.object({
  tagId: z.number().int().nullable().default(null),
  platform: z.enum(['1', '2', '3']).nullable().default(null),
});
export const MenuSet = z.object({
  items: z.array(MenuItem).max(10),
  personal: z
    .array(
      z.object({ title: z.string().trim().min(1).max(40), for: MenuFor, items: z.array(MenuItem).max(10) }),
    )
    .max(10)
    .default([]),
});
export type MenuSet = z.infer<typeof MenuSet>;

export const MenuProblem = z.object({ where: z.string(), message: z.string() });
export const MenuChange = z.object({
  kind: z.enum(['added', 'removed', 'changed']),
  where: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export const MenuVersion = z.object({
  id: z.string(),
  menu: MenuSet,
  publishedAt: z.string(),
  publishedBy: z.string(),
});
export const MenuView = z.object({
  draft: MenuSet,
  version: z.number(),
  /** `problems` must be empty to publish. */
  problems: z.array(MenuProblem),
  /** What publishing would change. */
  changes: z.array(MenuChange),
  published: MenuVersion.nullable(),
  history: z.array(MenuVersion),
});
export type MenuView = z.infer<typeof MenuView>;
export const MenuDraft = z.object({ draft: MenuSet, version: z.number().int() });
export const MenuPublish = z.object({ version: z.number().int() });
export const MenuRollBack = z.object({ id: z.string().max(40), version: z.number().int() });

export const TagInput = z.object({ name: z.string().trim().min(1).max(30) });
export const TagParams = z.object({ id: z.coerce.number().int() });
/** Follower or not, by people's ids in the hall. */
export const TagPeople = z.object({ personIds: z.array(z.string().max(40)).min(1).max(1000) });
export const TagPeopleResult = z.object({ tagged: z.number(), notFollowing: z.number() });

/** A QR code for a hall, a window or a poster; scanning it tells the account the scene. */
export const QrRequest = z.object({
  scene: z.string().regex(/^[A-Za-z0-9_.-]{1,60}$/),
  /** Null: for ever (WeChat gives 100,000 of those). */
  days: z.number().int().min(1).max(30).nullable().default(null),
});
export const QrView = z.object({ scene: z.string(), url: z.string() });

export const accountErrors = {
  threadNotFound: { id: 'account.thread_not_found', status: 404, message: '没有找到这个会话。' },
  threadTaken: { id: 'account.thread_taken', status: 409, message: '这个会话已由另一位同事接待。' },
  answerTooLate: {
    id: 'account.answer_too_late',
    status: 409,
    message: '已超过微信允许的回复时间，要等市民再次留言后才能回复。',
  },
  answerTooMany: {
    id: 'account.answer_too_many',
    status: 409,
    message: '微信限制的回复条数已用完，要等市民再次留言后才能回复。',
  },
  answerRefused: { id: 'account.answer_refused', status: 409, message: '微信没有接受这条回复，请稍后再试。' },
  replyNotFound: { id: 'account.reply_not_found', status: 404, message: '没有找到这条自动回复。' },
  changed: { id: 'account.changed', status: 409, message: '内容刚被别人改过，请刷新后再操作。' },
  menuInvalid: { id: 'account.menu_invalid', status: 400, message: '菜单不符合微信的要求，请按提示修改。' },
  menuVersionNotFound: {
    id: 'account.menu_version_not_found',
    status: 404,
    message: '没有找到这个历史版本。',
  },
  menuRefused: { id: 'account.menu_refused', status: 409, message: '微信没有接受这份菜单，请检查后再发布。' },
  tagRefused: { id: 'account.tag_refused', status: 409, message: '微信没有接受这个标签，请换个名称再试。' },
} as const;
