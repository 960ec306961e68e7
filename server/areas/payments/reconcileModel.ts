import type { Collection } from 'mongodb';
import mongoose, { Schema } from 'mongoose';
import type { Difference } from './compareBooks.ts';
import type { BillKind } from './contract.ts';

/** How a day's books were compared. `_id` is the local day. Amounts in fen. */
export interface Reconciliation {
  readonly _id: string;
  readonly state: 'waiting' | 'agrees' | 'differs' | 'closed';
  /** Why it waits: the bill, or which owners' files, are not there yet. */
  readonly waitsFor: readonly string[];
  readonly bank: { readonly lines: number; readonly paid: number; readonly refunded: number };
  readonly books: { readonly lines: number; readonly paid: number; readonly refunded: number };
  readonly owners: readonly { readonly kind: BillKind; readonly lines: number; readonly amount: number }[];
  readonly differences: number;
  readonly comparedAt: Date;
  /** Who closed the day, when nothing was open any more. */
  readonly closedBy: string | null;
}

/** A difference for the cashier's desk. `_id` names it, so that comparing again finds the same. */
export interface StoredDifference extends Difference {
  readonly _id: string;
  readonly day: string;
  readonly foundAt: Date;
  readonly settled: { readonly by: string; readonly at: Date; readonly note: string } | null;
  /** Not found any more when the day was compared again. */
  readonly gone: boolean;
}

const daySchema = new Schema<Reconciliation>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    waitsFor: { type: [String], default: [] },
    bank: { type: Object, required: true },
    books: { type: Object, required: true },
    owners: { type: Array, required: true },
    differences: { type: Number, required: true },
    comparedAt: { type: Date, required: true },
    closedBy: { type: String, default: null },
  } as never,
  { collection: 'reconciliations', versionKey: false },
);
export const ReconciliationModel = mongoose.model('Reconciliation', daySchema);
export const reconciliations = (): Collection<Reconciliation> =>
  ReconciliationModel.collection as unknown as Collection<Reconciliation>;

const differenceSchema = new Schema<StoredDifference>(
  {
    _id: { type: String, required: true },
    day: { type: String, required: true },
    kind: { type: String, required: true },
    paymentId: { type: String, default: '' },
    transactionId: { type: String, default: '' },
    billNumber: { type: String, default: '' },
    ours: { type: Number, default: null },
    theirs: { type: Number, default: null },
    foundAt: { type: Date, required: true },
    settled: { type: Object, default: null },
    gone: { type: Boolean, default: false },
  } as never,
  { collection: 'payDifferences', versionKey: false },
);
differenceSchema.index({ day: 1 });
export const DifferenceModel = mongoose.model('PayDifference', differenceSchema);
export const differences = (): Collection<StoredDifference> =>
  DifferenceModel.collection as unknown as Collection<StoredDifference>;
