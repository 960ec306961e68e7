import mongoose, { Schema } from 'mongoose';

/** Who sat at a window, from when to when. Only ever added to; `to` is null while they sit there. */
export interface Sitting {
  readonly _id: string;
  readonly hallId: string;
  readonly number: string;
  readonly staffId: string;
  readonly staffName: string;
  readonly groups: readonly string[];
  readonly from: Date;
  readonly to: Date | null;
}

const sittingSchema = new Schema<Sitting>(
  {
    _id: { type: String, required: true },
    hallId: { type: String, required: true },
    number: { type: String, required: true },
    staffId: { type: String, required: true },
    staffName: { type: String, required: true },
    groups: { type: [String], required: true },
    from: { type: Date, required: true },
    to: { type: Date, default: null },
  } as never,
  { collection: 'windowSittings', versionKey: false },
);
sittingSchema.index({ hallId: 1, number: 1, from: -1 });

const SittingModel = mongoose.model('WindowSitting', sittingSchema);
export const sittings = () => SittingModel.collection as unknown as mongoose.mongo.Collection<Sitting>;
