import { z } from 'zod';

/** The life of one logical message to one person (expected-features 14). */
export const NoticeState = z.enum([
  'created',
  'sending',
  'sent',
  'delivered',
  'refused',
  'failed',
  'unknown',
  'unreachable',
  'expired',
  'optedOut',
]);
export type NoticeState = z.infer<typeof NoticeState>;

export const NoticeView = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  fields: z.array(z.object({ label: z.string(), value: z.string() })),
  /** Mini-program page to open, without a leading slash; null when there is none. */
  page: z.string().nullable(),
  read: z.boolean(),
  at: z.string(),
});
export type NoticeView = z.infer<typeof NoticeView>;

export const NoticesQuery = z.object({ before: z.string().max(40).optional() });
export const NoticeParams = z.object({ id: z.string().max(40) });
export const NoticeList = z.object({
  notices: z.array(NoticeView),
  unread: z.number(),
  next: z.string().nullable(),
});
export type NoticeList = z.infer<typeof NoticeList>;

/** Kinds of notice as a person may choose them. */
export const NoticeKinds = z.object({
  kinds: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      /** False: it is sent in any case, e.g. that a visit was cancelled. */
      mayOptOut: z.boolean(),
      on: z.boolean(),
    }),
  ),
});
export type NoticeKinds = z.infer<typeof NoticeKinds>;
export const NoticeChoice = z.object({ kind: z.string().max(60), on: z.boolean() });

/** Template ids that the mini-program asks consent for (`wx.requestSubscribeMessage`, at most 3 here). */
export const ConsentQuery = z.object({ kinds: z.string().max(200) });
export const ConsentTemplates = z.object({
  templates: z.array(z.object({ kind: z.string(), templateId: z.string() })),
});
export type ConsentTemplates = z.infer<typeof ConsentTemplates>;
/** What the person answered; one accept allows one message. */
export const ConsentResults = z.object({
  results: z
    .array(
      z.object({
        templateId: z.string().max(64),
        answer: z.enum(['accept', 'reject', 'ban', 'filter', 'acceptWithForcePush']),
      }),
    )
    .max(5),
});

export const StaffNoticesQuery = z.object({
  /** A person's id, or the number in a notice (booking, ticket). */
  q: z.string().trim().max(40).optional(),
  state: NoticeState.optional(),
  kind: z.string().max(60).optional(),
  before: z.string().max(40).optional(),
});
export const StaffNotice = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  /** Masked. */
  person: z.string(),
  state: NoticeState,
  stateLabel: z.string(),
  channel: z.enum(['template', 'subscription', 'sms']).nullable(),
  channelLabel: z.string(),
  attempts: z.number(),
  problem: z.string().nullable(),
  fields: z.array(z.object({ label: z.string(), value: z.string() })),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
  /** May be sent again: it certainly did not arrive, or nobody knows. */
  mayResend: z.boolean(),
});
export type StaffNotice = z.infer<typeof StaffNotice>;
export const StaffNotices = z.object({ notices: z.array(StaffNotice), next: z.string().nullable() });
export type StaffNotices = z.infer<typeof StaffNotices>;

export const NoticeStatisticsQuery = z.object({ days: z.coerce.number().int().min(1).max(60).default(7) });
export const NoticeStatistics = z.object({
  days: z.array(
    z.object({
      day: z.string(),
      total: z.number(),
      delivered: z.number(),
      sent: z.number(),
      refused: z.number(),
      failed: z.number(),
      unreachable: z.number(),
    }),
  ),
  kinds: z.array(z.object({ kind: z.string(), title: z.string(), total: z.number(), failed: z.number() })),
  /** Of those sent by WeChat: the share that was with WeChat within 10 seconds; null when there were none. */
  within10Seconds: z.number().nullable(),
  waiting: z.number(),
  /** Seconds that the oldest waiting notice is overdue; null: none waits. */
  oldestWaitingSeconds: z.number().nullable(),
  /** The day's template messages as WeChat counts them; null when it does not answer. */
  quota: z.object({ limit: z.number(), used: z.number(), reserve: z.number() }).nullable(),
});
export type NoticeStatistics = z.infer<typeof NoticeStatistics>;

/** The registry against the account's own list. */
export const TemplateCheck = z.object({
  templates: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      /** `missing`: it is added at the first send; `different`: a template of this title has other keywords. */
      state: z.enum(['ready', 'missing', 'different']),
      templateId: z.string().nullable(),
    }),
  ),
  /** Templates in the account, of 25. */
  inAccount: z.number(),
});
export type TemplateCheck = z.infer<typeof TemplateCheck>;

export const noticesErrors = {
  notFound: { id: 'notices.not_found', status: 404, message: '没有找到这条消息。' },
  cannotResend: {
    id: 'notices.cannot_resend',
    status: 409,
    message: '这条消息已经送达或正在发送，不能重发。',
  },
  consentOff: {
    id: 'notices.consent_off',
    status: 409,
    message: '暂时不能开启小程序提醒，您仍可在「消息」里查看。',
  },
} as const;
