import mongoose, { Schema } from 'mongoose';
import type { BookedDay } from '../booking/countDays.ts';
import type { Bucket } from './rules.ts';

/** A day of a hall that is over, counted once: a sum of its events, never a truth of its own. */
export interface RolledDay {
  readonly _id: string;
  readonly hallId: string;
  readonly day: string;
  readonly buckets: readonly Bucket[];
  readonly booked: readonly BookedDay[];
  readonly rolledAt: Date;
}

const rolledSchema = new Schema<RolledDay>(
  {
    _id: { type: String, required: true },
    hallId: { type: String, required: true },
    day: { type: String, required: true },
    buckets: { type: [Object], required: true },
    booked: { type: [Object], required: true },
    rolledAt: { type: Date, required: true },
  } as never,
  { collection: 'rolledDays', versionKey: false },
);
rolledSchema.index({ hallId: 1, day: 1 }, { unique: true });

const RolledDayModel = mongoose.model('RolledDay', rolledSchema);
export const rolledDays = () => RolledDayModel.collection as unknown as mongoose.mongo.Collection<RolledDay>;
