import type { Collection } from 'mongodb';
import mongoose, { Schema } from 'mongoose';

/**
 * One entry of the double-entry book: `amount` fen go from `credit` to `debit`. Written once, never edited: a mistake is
 * corrected by another entry. `_id` is the payment and the event, so that nothing is booked twice.
 */
export interface LedgerEntry {
  readonly _id: string;
  readonly paymentId: string;
  /** `wechat`, or `owner:<kind>`. */
  readonly debit: string;
  readonly credit: string;
  readonly amount: number;
  readonly at: Date;
  /** The local day it belongs to, `YYYY-MM-DD`. */
  readonly day: string;
}

const entrySchema = new Schema<LedgerEntry>(
  {
    _id: { type: String, required: true },
    paymentId: { type: String, required: true },
    debit: { type: String, required: true },
    credit: { type: String, required: true },
    amount: { type: Number, required: true },
    at: { type: Date, required: true },
    day: { type: String, required: true },
  } as never,
  { collection: 'ledger', versionKey: false },
);
entrySchema.index({ day: 1 });
entrySchema.index({ paymentId: 1 });
export const LedgerModel = mongoose.model('LedgerEntry', entrySchema);
export const ledger = (): Collection<LedgerEntry> =>
  LedgerModel.collection as unknown as Collection<LedgerEntry>;
