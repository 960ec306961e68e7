import mongoose, { Schema } from 'mongoose';

/** A booking that counts towards a person's quota. */
export interface Claim {
  readonly bookingId: string;
  readonly matterIds: readonly string[];
  readonly day: string;
  readonly slotId: string;
  /** End of the hold, after which it does not count; null once booked. */
  readonly until: Date | null;
}

/** A booking that was not honoured; 0.5 for a cancellation that came too late. */
export interface Strike {
  readonly bookingId: string;
  readonly at: Date;
  readonly weight: number;
  readonly kind: 'noShow' | 'lateCancel';
  /** Why it no longer counts (an appeal, force majeure); null while it counts. */
  readonly forgiven: string | null;
}

/** What one person has open, and what they missed. Guarded by `version`: who read an older one must read again. */
export interface Ledger {
  readonly _id: string;
  readonly version: number;
  readonly claims: readonly Claim[];
  readonly strikes: readonly Strike[];
  readonly pausedUntil: Date | null;
}

const ledgerSchema = new Schema<Ledger>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    claims: { type: [Object], default: [] },
    strikes: { type: [Object], default: [] },
    pausedUntil: { type: Date, default: null },
  } as never,
  { collection: 'bookingLedgers', minimize: false, versionKey: false },
);

export const LedgerModel = mongoose.model('BookingLedger', ledgerSchema);

export const ledgers = () => LedgerModel.collection as unknown as mongoose.mongo.Collection<Ledger>;

export const emptyLedger = (personId: string): Ledger => ({
  _id: personId,
  version: 0,
  claims: [],
  strikes: [],
  pausedUntil: null,
});
