import mongoose, { Schema } from 'mongoose';

/** A ticket machine of a hall, known by a token that only its page holds. */
export interface Kiosk {
  readonly _id: string;
  readonly hallId: string;
  readonly name: string;
  /** SHA-256 of the token. */
  readonly tokenHash: string;
  readonly locked: boolean;
  readonly seenAt: Date | null;
}

const kioskSchema = new Schema<Kiosk>(
  {
    _id: { type: String, required: true },
    hallId: { type: String, required: true },
    name: { type: String, required: true },
    tokenHash: { type: String, required: true },
    locked: { type: Boolean, required: true },
    seenAt: { type: Date, default: null },
  } as never,
  { collection: 'kiosks', versionKey: false },
);
kioskSchema.index({ tokenHash: 1 }, { unique: true });
kioskSchema.index({ hallId: 1 });

export const KioskModel = mongoose.model('Kiosk', kioskSchema);
export const kiosks = () => KioskModel.collection as unknown as mongoose.mongo.Collection<Kiosk>;

/** A display that has asked for its calls: its last sign of life. */
export interface Screen {
  readonly _id: string;
  readonly hallId: string;
  readonly screen: string;
  readonly seenAt: Date;
}

const screenSchema = new Schema<Screen>(
  {
    _id: { type: String, required: true },
    hallId: { type: String, required: true },
    screen: { type: String, required: true },
    seenAt: { type: Date, required: true },
  } as never,
  { collection: 'queueScreens', versionKey: false },
);
screenSchema.index({ hallId: 1 });

export const ScreenModel = mongoose.model('QueueScreen', screenSchema);
export const screens = () => ScreenModel.collection as unknown as mongoose.mongo.Collection<Screen>;
