import mongoose, { Schema } from 'mongoose';
import type { MassMedia } from '../../wechat/official-account/port.ts';
import type { Audience, BroadcastState, Content } from './contract.ts';

export interface StaffName {
  readonly id: string;
  readonly name: string;
}

export interface HistoryEntry {
  readonly at: Date;
  readonly by: string;
  readonly act: string;
  readonly note: string | null;
}

export interface StoredCounts {
  readonly audience: number;
  readonly waiting: number;
  readonly sent: number;
  readonly delivered: number;
  readonly refused: number;
  readonly failed: number;
}

export const noCounts: StoredCounts = {
  audience: 0,
  waiting: 0,
  sent: 0,
  delivered: 0,
  refused: 0,
  failed: 0,
};

export interface Broadcast {
  readonly _id: string;
  readonly title: string;
  readonly audience: Audience;
  readonly content: Content;
  readonly scheduledAt: Date | null;
  readonly state: BroadcastState;
  /** Grows with every act of staff. */
  readonly version: number;
  readonly author: StaffName;
  /** Everybody who wrote, changed or submitted it: none of them may approve it. */
  readonly writers: readonly string[];
  readonly approver: StaffName | null;
  readonly rejectReason: string | null;
  readonly history: readonly HistoryEntry[];
  readonly createdAt: Date;
  readonly updatedAt: Date;

  /** The audience as it was when the sending began: read page by page, `after` is where to go on. */
  readonly snapshot: { readonly after: string | null; readonly done: boolean; readonly count: number } | null;
  /** Template id and data of every message of this broadcast, fixed when it begins. */
  readonly pinned: { readonly templateId: string; readonly data: Readonly<Record<string, string>> } | null;
  /**
   * A picture or an article as WeChat holds it, and of which content it was made. It is there when the broadcast is
   * approved, so that what is sent is what was approved.
   */
  readonly prepared: { readonly of: string; readonly media: MassMedia } | null;
  /** Wall time before which it rests: the day's quota is used up. */
  readonly restUntil: Date | null;
  /** Messages a second over the last moments, for the progress bar. */
  readonly rate: number | null;
  /** WeChat's id of a mass send. */
  readonly massMsgId: string | null;
  readonly counts: StoredCounts;
  readonly countedAt: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const broadcastSchema = new Schema<Broadcast>(
  {
    _id: { type: String, required: true },
    title: { type: String, required: true },
    audience: { type: Object, required: true },
    content: { type: Object, required: true },
    scheduledAt: { type: Date, default: null },
    state: { type: String, required: true },
    version: { type: Number, required: true },
    author: { type: Object, required: true },
    writers: { type: [String], required: true },
    approver: { type: Object, default: null },
    rejectReason: { type: String, default: null },
    history: { type: [Object], required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    snapshot: { type: Object, default: null },
    pinned: { type: Object, default: null },
    prepared: { type: Object, default: null },
    restUntil: { type: Date, default: null },
    rate: { type: Number, default: null },
    massMsgId: { type: String, default: null },
    counts: { type: Object, required: true },
    countedAt: { type: Date, default: null },
    startedAt: { type: Date, default: null },
    finishedAt: { type: Date, default: null },
  } as never,
  { collection: 'broadcasts', minimize: false, versionKey: false },
);
broadcastSchema.index({ state: 1, _id: -1 });
broadcastSchema.index({ massMsgId: 1 }, { partialFilterExpression: { massMsgId: { $type: 'string' } } });

export const BroadcastModel = mongoose.model('Broadcast', broadcastSchema);
