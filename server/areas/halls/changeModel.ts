import mongoose, { Schema } from 'mongoose';

/** One change of a hall's windows or hours: who, when, why, and what in words. Only ever added. */
export interface HallChange {
  readonly _id: string;
  readonly hallId: string;
  readonly version: number;
  readonly at: Date;
  readonly by: string;
  readonly byName: string;
  readonly why: string;
  readonly what: readonly string[];
  /** The whole timetable as it was before. */
  readonly before: object;
}

const changeSchema = new Schema<HallChange>(
  {
    _id: { type: String, required: true },
    hallId: { type: String, required: true },
    version: { type: Number, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    byName: { type: String, required: true },
    why: { type: String, required: true },
    what: { type: [String], required: true },
    before: { type: Object, required: true },
  } as never,
  { collection: 'hallChanges', minimize: false, versionKey: false },
);
changeSchema.index({ hallId: 1, version: -1 }, { unique: true });

export const HallChangeModel = mongoose.model('HallChange', changeSchema);
