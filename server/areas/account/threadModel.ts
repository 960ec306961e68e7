import mongoose, { Schema } from 'mongoose';
import type { ThreadState } from './contract.ts';

/** The conversation of one WeChat with the account. */
export interface Thread {
  readonly _id: string;
  readonly openid: string;
  readonly personId: string | null;
  /** Masked. */
  readonly person: string;
  readonly state: ThreadState;
  readonly staff: { readonly id: string; readonly name: string } | null;
  readonly lastText: string;
  readonly lastAt: Date;
  readonly unread: number;
  /** When the citizen last wrote: WeChat's time for answers counts from here. */
  readonly wroteAt: Date;
  /** Customer messages sent since. */
  readonly answered: number;
}

const threadSchema = new Schema<Thread>(
  {
    _id: { type: String, required: true },
    openid: { type: String, required: true },
    personId: { type: String, default: null },
    person: { type: String, required: true },
    state: { type: String, required: true },
    staff: { type: Object, default: null },
    lastText: { type: String, default: '' },
    lastAt: { type: Date, required: true },
    unread: { type: Number, default: 0 },
    wroteAt: { type: Date, required: true },
    answered: { type: Number, default: 0 },
  } as never,
  { collection: 'accountThreads', minimize: false, versionKey: false },
);
threadSchema.index({ openid: 1 }, { unique: true });
threadSchema.index({ state: 1, lastAt: -1 });
export const ThreadModel = mongoose.model('AccountThread', threadSchema);

export interface Line {
  readonly _id: string;
  readonly threadId: string;
  readonly from: 'citizen' | 'automatic' | 'staff';
  readonly by: string | null;
  readonly type: string;
  readonly text: string;
  readonly at: Date;
}

const lineSchema = new Schema<Line>(
  {
    _id: { type: String, required: true },
    threadId: { type: String, required: true },
    from: { type: String, required: true },
    by: { type: String, default: null },
    type: { type: String, required: true },
    text: { type: String, default: '' },
    at: { type: Date, required: true },
  } as never,
  { collection: 'accountLines', minimize: false, versionKey: false },
);
lineSchema.index({ threadId: 1, _id: -1 });
lineSchema.index({ at: 1 }, { expireAfterSeconds: 180 * 24 * 3600 }); // what people wrote is not kept for ever
export const LineModel = mongoose.model('AccountLine', lineSchema);
