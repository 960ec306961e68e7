import mongoose, { Schema } from 'mongoose';

/**
 * created → sending → sent → delivered | refused | failed. `unreachable`: no channel is open, the notice is only
 * listed in the mini-program. `unknown`: it may have been sent and WeChat no longer dedupes, so it is not repeated.
 * `expired`, `optedOut`: not worth sending, or not wanted.
 */
export type NoticeState =
  | 'created'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'refused'
  | 'failed'
  | 'unknown'
  | 'unreachable'
  | 'expired'
  | 'optedOut';

export type NoticeChannel = 'template' | 'subscription' | 'sms';

/** One logical message to one person, and the outbox row that sends it. */
export interface Notice {
  readonly _id: string;
  /** Person + kind + subject: the same thing is never said twice. */
  readonly key: string;
  readonly personId: string;
  readonly kind: string;
  readonly values: Readonly<Record<string, string>>;
  readonly page: string | null;
  /** When it happened, in the hall's time. */
  readonly at: Date;
  readonly state: NoticeState;
  readonly readAt: Date | null;
  /** Wall time before which the worker leaves the row alone: back-off, quiet hours, or another worker's lease. */
  readonly dueAt: Date;
  /** The claim that holds the row; a settlement under another claim changes nothing. */
  readonly claim: string | null;
  readonly attempts: number;
  /** Wall time of the first call to WeChat with this notice's `client_msg_id`, which dedupes for 10 minutes. */
  readonly firstTriedAt: Date | null;
  readonly channel: NoticeChannel | null;
  /** WeChat's id of the message, which its receipt names. */
  readonly msgId: string | null;
  /** Template id and data as they were sent. */
  readonly pinned: { readonly templateId: string; readonly data: Readonly<Record<string, string>> } | null;
  readonly problem: {
    readonly code: number | null;
    readonly message: string;
    readonly rid: string | null;
  } | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly settledAt: Date | null;
  /** Set while the state is `created` or `sending`: the only rows the worker's index holds. */
  readonly open: boolean | undefined;
}

const noticeSchema = new Schema<Notice>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    personId: { type: String, required: true },
    kind: { type: String, required: true },
    values: { type: Object, required: true },
    page: { type: String, default: null },
    at: { type: Date, required: true },
    state: { type: String, required: true },
    readAt: { type: Date, default: null },
    dueAt: { type: Date, required: true },
    claim: { type: String, default: null },
    attempts: { type: Number, default: 0 },
    firstTriedAt: { type: Date, default: null },
    channel: { type: String, default: null },
    msgId: { type: String, default: null },
    pinned: { type: Object, default: null },
    problem: { type: Object, default: null },
    createdAt: { type: Date, required: true },
    sentAt: { type: Date, default: null },
    settledAt: { type: Date, default: null },
    open: { type: Boolean },
  } as never,
  { collection: 'notices', minimize: false, versionKey: false },
);
noticeSchema.index({ key: 1 }, { unique: true });
noticeSchema.index({ open: 1, dueAt: 1 }, { partialFilterExpression: { open: true } });
noticeSchema.index({ personId: 1, _id: -1 });
noticeSchema.index({ msgId: 1 }, { partialFilterExpression: { msgId: { $type: 'string' } } });
noticeSchema.index({ state: 1, _id: -1 });

export const NoticeModel = mongoose.model('Notice', noticeSchema);
