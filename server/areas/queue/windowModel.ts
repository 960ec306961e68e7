import mongoose, { Schema } from 'mongoose';

/** A window as it works now. `ticketId` is the guard: a window has one person at a time, a person one window (I4). */
export interface QueueWindow {
  readonly _id: string;
  readonly hallId: string;
  readonly number: string;
  readonly zone: string;
  readonly groups: readonly string[];
  readonly open: boolean;
  readonly staffId: string | null;
  readonly staffName: string | null;
  readonly ticketId: string | null;
}

const windowSchema = new Schema<QueueWindow>(
  {
    _id: { type: String, required: true },
    hallId: { type: String, required: true },
    number: { type: String, required: true },
    zone: { type: String, required: true },
    groups: { type: [String], required: true },
    open: { type: Boolean, required: true },
    staffId: { type: String, default: null },
    staffName: { type: String, default: null },
    ticketId: { type: String, default: null },
  } as never,
  { collection: 'queueWindows', minimize: false, versionKey: false },
);
windowSchema.index({ hallId: 1, number: 1 });

export const WindowModel = mongoose.model('QueueWindow', windowSchema);
export const windows = () => WindowModel.collection as unknown as mongoose.mongo.Collection<QueueWindow>;

export const windowIdOf = (hallId: string, number: string): string => `${hallId}|${number}`;
