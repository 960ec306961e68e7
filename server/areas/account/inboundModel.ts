import mongoose, { Schema } from 'mongoose';

/** Every delivery from WeChat that was taken, so that repeats have no second effect. Kept for two days. */
export interface StoredInbound {
  readonly _id: string;
  readonly openid: string;
  readonly type: string;
  readonly event: string;
  readonly at: Date;
  readonly receivedAt: Date;
  /** The text answered; null while it is being worked out, '' for none. */
  readonly reply: string | null;
}

const inboundSchema = new Schema<StoredInbound>(
  {
    _id: { type: String, required: true },
    openid: { type: String, required: true },
    type: { type: String, required: true },
    event: { type: String, default: '' },
    at: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    reply: { type: String, default: null },
  } as never,
  { collection: 'inboundMessages', versionKey: false },
);
inboundSchema.index({ receivedAt: 1 }, { expireAfterSeconds: 2 * 24 * 3600 });

export const InboundModel = mongoose.model('InboundMessage', inboundSchema);
