import { z } from 'zod';

/**
 * draft → submitted → approved → sending ⇄ paused → sent, or rejected (back to draft by an edit), stopped, failed.
 * An edit of a submitted or approved broadcast makes it a draft again.
 */
export const BroadcastState = z.enum([
  'draft',
  'submitted',
  'rejected',
  'approved',
  'sending',
  'paused',
  'sent',
  'stopped',
  'failed',
]);
export type BroadcastState = z.infer<typeof BroadcastState>;

/** Everyone who follows; those with a tag; those who have something to do with a matter. */
export const Audience = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('followers') }),
  z.object({ kind: z.literal('tag'), tagId: z.number().int() }),
  /** Followers who booked this matter in the last days; by template only. */
  z.object({
    kind: z.literal('applicants'),
    matterId: z.string().max(40),
    days: z.number().int().min(1).max(365),
  }),
  /** Those an uploaded list reaches; by template only. */
  z.object({ kind: z.literal('list'), listId: z.string().max(40) }),
  /** Followers who booked at a hall of this town in the last days; by template only. */
  z.object({
    kind: z.literal('town'),
    townCode: z.string().max(40),
    days: z.number().int().min(1).max(365),
  }),
]);
export type Audience = z.infer<typeof Audience>;

/**
 * A text, a picture or an article by WeChat's mass send, or a template message to each (service notices only, no
 * marketing).
 */
export const Content = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().trim().min(1).max(600) }),
  /** `pictureId`: of an uploaded picture. */
  z.object({ kind: z.literal('picture'), pictureId: z.string().max(40) }),
  z.object({
    kind: z.literal('article'),
    title: z.string().trim().max(100),
    author: z.string().trim().max(100),
    /** Empty: WeChat shows the beginning of the text. */
    digest: z.string().trim().max(300),
    /** HTML of the tags in `articleHtml.ts`; anything else is dropped when it is kept. */
    body: z.string().max(60_000),
    coverId: z.string().max(40),
  }),
  z.object({
    kind: z.literal('template'),
    /** Notice kind of the template registry in `cloud-config/templates.json`. */
    template: z.string().max(60),
    values: z.record(z.string().max(40), z.string().max(200)),
    page: z.string().max(200).nullable().default(null),
  }),
]);
export type Content = z.infer<typeof Content>;

export const BroadcastInput = z.object({
  title: z.string().trim().min(1).max(40),
  audience: Audience,
  content: Content,
  /** ISO instant; null = as soon as approved. */
  scheduledAt: z.iso.datetime({ offset: true }).nullable().default(null),
});
export type BroadcastInput = z.infer<typeof BroadcastInput>;
/** The version guards against two editors: it must be the one last read. */
export const BroadcastPatch = BroadcastInput.extend({ version: z.number().int() });
export const BroadcastAct = z.object({
  version: z.number().int(),
  reason: z.string().trim().max(200).optional(),
});

export const Counts = z.object({
  audience: z.number(),
  waiting: z.number(),
  sent: z.number(),
  delivered: z.number(),
  refused: z.number(),
  failed: z.number(),
});

export const BroadcastView = z.object({
  id: z.string(),
  title: z.string(),
  state: BroadcastState,
  stateLabel: z.string(),
  audience: Audience,
  audienceLabel: z.string(),
  content: Content,
  scheduledAt: z.string().nullable(),
  version: z.number(),
  author: z.object({ id: z.string(), name: z.string() }),
  approver: z.object({ id: z.string(), name: z.string() }).nullable(),
  rejectReason: z.string().nullable(),
  counts: Counts,
  /** Null before it began. `share` 0–1; the rest null when nothing is known or nothing runs. */
  progress: z
    .object({
      share: z.number(),
      perSecond: z.number().nullable(),
      secondsLeft: z.number().nullable(),
    })
    .nullable(),
  /** What happened: who, when, which act. */
  history: z.array(
    z.object({ at: z.string(), by: z.string(), act: z.string(), note: z.string().nullable() }),
  ),
  /** What the asking member of staff may do now: 'edit', 'submit', 'approve', 'reject', 'pause', 'resume', 'stop', 'testSend'. */
  acts: z.array(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type BroadcastView = z.infer<typeof BroadcastView>;
export const BroadcastList = z.object({ broadcasts: z.array(BroadcastView), total: z.number() });
export type BroadcastList = z.infer<typeof BroadcastList>;
export const BroadcastsQuery = z.object({
  state: BroadcastState.optional(),
  page: z.coerce.number().int().min(1).max(1000).default(1),
});
export const BroadcastParams = z.object({ id: z.string().max(40) });

/** What each follower will see, after WeChat's field limits; `problems` must be empty to submit. */
export const PreviewRequest = z.object({ content: Content, audience: Audience });
export const Preview = z.object({
  kind: z.enum(['text', 'picture', 'article', 'template']),
  title: z.string(),
  fields: z.array(
    z.object({ key: z.string(), label: z.string(), value: z.string(), shortened: z.boolean() }),
  ),
  text: z.string().nullable(),
  /** Address of the picture, or of the article's cover. */
  picture: z.string().nullable(),
  /** As it will be sent, made safe. */
  article: z.object({ author: z.string(), digest: z.string(), body: z.string() }).nullable(),
  problems: z.array(z.object({ field: z.string(), message: z.string() })),
  audienceCount: z.number(),
});
export type Preview = z.infer<typeof Preview>;

/** The body of the upload is the file itself, as `application/octet-stream`: JPEG or PNG, at most 2 MB. */
export const PictureView = z.object({
  id: z.string(),
  /** Where staff see it. */
  url: z.string(),
  type: z.enum(['image/jpeg', 'image/png']),
  bytes: z.number(),
});
export type PictureView = z.infer<typeof PictureView>;

/** An uploaded list after its check. */
export const AudienceListView = z.object({
  id: z.string(),
  name: z.string(),
  /** Lines with something in them. */
  lines: z.number(),
  /** Different followers it reaches. */
  reachable: z.number(),
  counts: z.object({
    malformed: z.number(),
    unknown: z.number(),
    duplicate: z.number(),
    notFollowing: z.number(),
  }),
  /** The first 500, by line. `of`: the line that a duplicate repeats. */
  problems: z.array(
    z.object({
      line: z.number(),
      text: z.string(),
      problem: z.enum(['malformed', 'unknown', 'duplicate', 'notFollowing']),
      of: z.number().nullable(),
    }),
  ),
  createdAt: z.string(),
});
export type AudienceListView = z.infer<typeof AudienceListView>;
/** The body of the upload is the file itself, as `application/octet-stream`. */
export const AudienceListQuery = z.object({ name: z.string().trim().min(1).max(80) });

/** For the approver. */
export const Estimate = z.object({
  count: z.number(),
  /** People of the audience whom nothing reaches, since they do not follow the account. Null: not a question here. */
  notFollowing: z.number().nullable(),
  /** Up to five; the name masked, null for a follower who has not used the hall. */
  sample: z.array(z.object({ receiver: z.string(), name: z.string().nullable() })),
  cost: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('template'),
      needed: z.number(),
      /** What broadcasts may still use of today's quota, `reserve` for personal notices taken off. */
      today: z.number(),
      reserve: z.number(),
      /** Days it takes by quota. */
      days: z.number(),
    }),
    /** Mass messages of the month so far, and how many WeChat lets through to a person. */
    z.object({ kind: z.literal('mass'), used: z.number(), limit: z.number() }),
  ]),
});
export type Estimate = z.infer<typeof Estimate>;

/** The registry as the console needs it for its form. */
export const TemplateList = z.object({
  templates: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      /** May staff broadcast with it? Notices caused by a citizen's own act may not be. */
      broadcast: z.boolean(),
      fields: z.array(
        z.object({
          key: z.string(),
          label: z.string(),
          kind: z.string(),
          limit: z.number(),
          example: z.string(),
        }),
      ),
    }),
  ),
});
export type TemplateList = z.infer<typeof TemplateList>;
export const TagList = z.object({
  tags: z.array(z.object({ id: z.number(), name: z.string(), count: z.number() })),
});
export type TagList = z.infer<typeof TagList>;

/** Sends the content to the asking member of staff's own bound WeChat. */
export const TestSendResult = z.object({ sentTo: z.string(), ok: z.boolean(), message: z.string() });
export type TestSendResult = z.infer<typeof TestSendResult>;

/** One receiver's row of the ledger. */
export const ReceiverState = z.enum([
  'pending',
  'claimed',
  'waiting',
  'sent',
  'delivered',
  'refused',
  'failed',
  'unknown',
]);
export const ReceiversQuery = z.object({
  state: ReceiverState.optional(),
  after: z.string().max(64).optional(),
});
export const Receivers = z.object({
  receivers: z.array(
    z.object({
      /** Part of the openid. */
      receiver: z.string(),
      /** Masked; null for a follower who has not used the hall. */
      name: z.string().nullable(),
      state: ReceiverState,
      stateLabel: z.string(),
      attempts: z.number(),
      /** WeChat's return code; null when it accepted. */
      code: z.number().nullable(),
      msgId: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
});
export type Receivers = z.infer<typeof Receivers>;

/** The member of staff's own WeChat. */
export const ReceiverView = z.object({ bound: z.boolean(), label: z.string().nullable() });
/** Text of a QR code to be scanned with WeChat. */
export const ReceiverBinding = z.object({ url: z.string(), validSeconds: z.number() });
export const FollowerCount = z.object({ count: z.number() });

export const broadcastsErrors = {
  notFound: { id: 'broadcasts.not_found', status: 404, message: '没有找到这条群发。' },
  changed: { id: 'broadcasts.changed', status: 409, message: '这条群发刚被别人改过，请刷新后再操作。' },
  wrongState: {
    id: 'broadcasts.wrong_state',
    status: 409,
    message: '当前状态下不能这样操作，请刷新后查看。',
  },
  ownApproval: {
    id: 'broadcasts.own_approval',
    status: 403,
    message: '不能审批自己编写或提交的群发，请由另一位同事审批。',
  },
  invalid: { id: 'broadcasts.invalid', status: 400, message: '群发内容不符合微信的要求，请按提示修改。' },
  noReceiver: {
    id: 'broadcasts.no_receiver',
    status: 409,
    message: '您还没有绑定接收预览的微信，请先在手机上关注并绑定。',
  },
  quota: {
    id: 'broadcasts.quota',
    status: 409,
    message: '今天的模板消息额度不够发完这次群发，请改到明天或缩小范围。',
  },
  pictureUnfit: {
    id: 'broadcasts.picture_unfit',
    status: 400,
    message: '图片只能是 JPG 或 PNG，不超过 2 MB，请换一张。',
  },
  pictureNotFound: {
    id: 'broadcasts.picture_not_found',
    status: 404,
    message: '没有找到这张图片，请重新上传。',
  },
  mediaRefused: {
    id: 'broadcasts.media_refused',
    status: 409,
    message: '微信没有接受图片或图文，请稍后再试，或换一张图片。',
  },
  listNotFound: { id: 'broadcasts.list_not_found', status: 404, message: '没有找到这份名单，请重新上传。' },
  listUnreadable: {
    id: 'broadcasts.list_unreadable',
    status: 400,
    message: '这个文件读不出名单，请用 Excel（xlsx）、CSV 或纯文本，每行一个，放在第一列。',
  },
  listTooLong: {
    id: 'broadcasts.list_too_long',
    status: 400,
    message: '名单最多 100,000 行，文件最大 8 MB，请分成几份上传。',
  },
  listEmpty: {
    id: 'broadcasts.list_empty',
    status: 400,
    message: '名单里没有能收到消息的人，请核对后再上传。',
  },
} as const;
