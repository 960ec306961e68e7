import mongoose, { type ClientSession, Schema } from 'mongoose';
import type { WaitState } from './contract.ts';

export interface WaitChange {
  readonly at: Date;
  /** The person, or `clock`. */
  readonly by: string;
  readonly to: WaitState;
  readonly why: string | null;
}

/** Somebody who waits for a place of a slot, or of any slot of a day, that was full. */
export interface Wait {
  readonly _id: string;
  readonly personId: string;
  readonly matterId: string;
  readonly matterName: string;
  readonly hallId: string;
  readonly hallName: string;
  readonly zoneName: string | null;
  readonly date: string;
  /** Null: any time of the day. */
  readonly start: string | null;
  readonly end: string | null;
  /** Whose `waiting` names this one: the slots themselves keep the order. */
  readonly slotIds: readonly string[];
  readonly channel: string;
  readonly state: WaitState;
  /** Waiting or offered: one for each person, matter and day. */
  readonly open: boolean;
  /** Too late to come to the last of the slots. */
  readonly closesAt: Date;
  /** The hold that was offered. */
  readonly bookingId: string | null;
  readonly createdAt: Date;
  readonly history: readonly WaitChange[];
}

const waitSchema = new Schema<Wait>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    matterId: { type: String, required: true },
    matterName: { type: String, required: true },
    hallId: { type: String, required: true },
    hallName: { type: String, required: true },
    zoneName: { type: String, default: null },
    date: { type: String, required: true },
    start: { type: String, default: null },
    end: { type: String, default: null },
    slotIds: { type: [String], required: true },
    channel: { type: String, required: true },
    state: { type: String, required: true },
    open: { type: Boolean, required: true },
    closesAt: { type: Date, required: true },
    bookingId: { type: String, default: null },
    createdAt: { type: Date, required: true },
    history: { type: [Object], default: [] },
  } as never,
  { collection: 'bookingWaits', minimize: false, versionKey: false },
);
waitSchema.index(
  { personId: 1, matterId: 1, date: 1 },
  { unique: true, partialFilterExpression: { open: true } },
);
waitSchema.index({ closesAt: 1 }, { partialFilterExpression: { open: true } });

export const WaitModel = mongoose.model('BookingWait', waitSchema);

export const waits = () => WaitModel.collection as unknown as mongoose.mongo.Collection<Wait>;

type Settled = Extract<WaitState, 'accepted' | 'declined' | 'passed' | 'closed'>;

/** What became of an offer; in the transaction that changes the hold it was made of. */
export async function settleOffer(
  waitId: string,
  to: Settled,
  change: { readonly at: Date; readonly by: string; readonly why?: string | null },
  session: ClientSession,
): Promise<void> {
  const { at, by, why = null } = change;
  await waits().updateOne(
    { _id: waitId, state: 'offered' },
    { $set: { state: to, open: false }, $push: { history: { at, by, to, why } } },
    { session },
  );
}
