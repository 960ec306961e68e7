import mongoose, { Schema } from 'mongoose';

/** A person's objection to a strike; one for each booking. */
export interface Appeal {
  readonly _id: string;
  readonly bookingId: string;
  readonly personId: string;
  readonly reason: string;
  readonly state: 'open' | 'granted' | 'refused';
  readonly decision: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly createdAt: Date;
}

const appealSchema = new Schema<Appeal>(
  {
    _id: { type: String, required: true },
    bookingId: { type: String, required: true },
    personId: { type: String, required: true },
    reason: { type: String, required: true },
    state: { type: String, required: true },
    decision: { type: String, default: null },
    decidedBy: { type: String, default: null },
    decidedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
  } as never,
  { collection: 'bookingAppeals', versionKey: false },
);
appealSchema.index({ bookingId: 1 }, { unique: true });
appealSchema.index({ state: 1, _id: 1 });
appealSchema.index({ personId: 1 });

export const AppealModel = mongoose.model('BookingAppeal', appealSchema);

export const appeals = () => AppealModel.collection as unknown as mongoose.mongo.Collection<Appeal>;
