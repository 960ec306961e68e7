import mongoose, { Schema } from 'mongoose';
import type { HelpKind } from './contract.ts';

/** A window's call for help, and who answered it. */
export interface HelpCall {
  readonly _id: string;
  readonly hallId: string;
  readonly window: string;
  readonly kind: HelpKind;
  readonly state: 'open' | 'taken' | 'over';
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
  /** Those who were told, by name. */
  readonly told: readonly string[];
  readonly takenBy: string | null;
  readonly takenByName: string | null;
  readonly takenAt: Date | null;
  readonly overAt: Date | null;
}

const helpSchema = new Schema<HelpCall>(
  {
    _id: { type: String, required: true },
    hallId: { type: String, required: true },
    window: { type: String, required: true },
    kind: { type: String, required: true },
    state: { type: String, required: true },
    by: { type: String, required: true },
    byName: { type: String, required: true },
    at: { type: Date, required: true },
    told: { type: [String], required: true },
    takenBy: { type: String, default: null },
    takenByName: { type: String, default: null },
    takenAt: { type: Date, default: null },
    overAt: { type: Date, default: null },
  } as never,
  { collection: 'helpCalls', versionKey: false },
);
// One press is one call, also of a shaking hand: a window has at most one that is not over.
helpSchema.index(
  { hallId: 1, window: 1 },
  { unique: true, partialFilterExpression: { overAt: { $type: 'null' } } },
);
helpSchema.index({ state: 1, at: 1 });

const HelpModel = mongoose.model('HelpCall', helpSchema);
export const helpCalls = () => HelpModel.collection as unknown as mongoose.mongo.Collection<HelpCall>;
