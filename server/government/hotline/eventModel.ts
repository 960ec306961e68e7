import mongoose, { Schema } from 'mongoose';

/** What the platform told about an appeal, as it came. Citizens' words and names may be in it, so it is sealed. */
export interface StoredEvent {
  /** Appeal, number of the event, digest of its wording: one told differently is another row. */
  readonly _id: string;
  readonly appealNumber: string;
  readonly receivedAt: Date;
  /** When a query last told the same; null: only callbacks did. */
  readonly confirmedAt: Date | null;
  /** JSON as it came, encrypted. */
  readonly rawSealed: string;
}

const eventSchema = new Schema<StoredEvent>(
  {
    _id: { type: String, required: true },
    appealNumber: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    confirmedAt: { type: Date, default: null },
    rawSealed: { type: String, required: true },
  } as never,
  { collection: 'hotlineEvents', versionKey: false },
);
eventSchema.index({ appealNumber: 1 });
export const HotlineEventModel = mongoose.model('HotlineEvent', eventSchema);
