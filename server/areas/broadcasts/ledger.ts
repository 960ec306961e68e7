import { createHash } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';

/**
 * pending → claimed → sent → delivered | refused | failed; `waiting`: again at `dueAt`; `unknown`: perhaps sent, not to
 * be repeated.
 */
export type RowState =
  | 'pending'
  | 'claimed'
  | 'waiting'
  | 'sent'
  | 'delivered'
  | 'refused'
  | 'failed'
  | 'unknown';

/** One receiver of one broadcast. The id makes (broadcast, openid) unique. */
export interface Row {
  readonly _id: string;
  readonly broadcastId: string;
  readonly openid: string;
  readonly state: RowState;
  readonly claim: string | null;
  /** Wall time: end of the claim's lease, or when to try again. */
  readonly dueAt: Date | null;
  readonly attempts: number;
  readonly firstTriedAt: Date | null;
  readonly msgId: string | null;
  readonly code: number | null;
}

const rowSchema = new Schema<Row>(
  {
    _id: { type: String, required: true },
    broadcastId: { type: String, required: true },
    openid: { type: String, required: true },
    state: { type: String, required: true },
    claim: { type: String, default: null },
    dueAt: { type: Date, default: null },
    attempts: { type: Number, default: 0 },
    firstTriedAt: { type: Date, default: null },
    msgId: { type: String, default: null },
    code: { type: Number, default: null },
  } as never,
  { collection: 'broadcastRows', versionKey: false },
);
// Claims and counts both go by state; receipts find their row by its id.
rowSchema.index({ broadcastId: 1, state: 1 });

export const RowModel = mongoose.model('BroadcastRow', rowSchema);

export const rowId = (broadcastId: string, openid: string): string => `${broadcastId}:${openid}`;

/** The `client_msg_id` of a row: always the same, so that a repeat within WeChat's window is not a second message. */
export const clientMsgIdOf = (row: Pick<Row, '_id'>): string =>
  createHash('sha256').update(row._id).digest('base64url').slice(0, 32);
