import mongoose, { Schema } from 'mongoose';
import type { NewCityOrder } from './port.ts';

/**
 * One of our bookings as it must stand in the city's system. `wanted` is what we want, `state` how far it is:
 * waiting → standing (it is there) → cancelled; refused: the city said no.
 */
export interface StoredOrder {
  /** Our booking's number. */
  readonly _id: string;
  readonly personId: string;
  readonly order: Omit<NewCityOrder, 'person' | 'ourNumber'>;
  readonly wanted: 'booked' | 'cancelled';
  readonly state: 'waiting' | 'standing' | 'cancelled' | 'refused';
  readonly orderNo: string | null;
  /** A create may have arrived: ask before anything is sent again. */
  readonly mayHaveArrived: boolean;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly dueAt: Date;
  readonly leaseUntil: Date;
  readonly holder: string | null;
  /** Work is left to do. */
  readonly open: boolean;
  /** The last change of the city that we applied. */
  readonly seq: number;
  /** Booked in another channel: it has a place here, or there was none. */
  readonly elsewhere?: 'kept' | 'full';
}

const orderSchema = new Schema<StoredOrder>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    order: { type: Object, required: true },
    wanted: { type: String, required: true },
    state: { type: String, required: true },
    orderNo: { type: String, default: null },
    mayHaveArrived: { type: Boolean, required: true },
    attempts: { type: Number, required: true },
    lastError: { type: String, default: null },
    dueAt: { type: Date, required: true },
    leaseUntil: { type: Date, required: true },
    holder: { type: String, default: null },
    open: { type: Boolean, required: true },
    seq: { type: Number, default: 0 },
    elsewhere: { type: String },
  } as never,
  { collection: 'cityOrders', versionKey: false },
);
orderSchema.index({ dueAt: 1 }, { partialFilterExpression: { open: true } });
export const CityOrderModel = mongoose.model('CityOrder', orderSchema);

/** How far we have read the city's changes. */
export interface StoredCursor {
  readonly _id: string;
  readonly after: number;
}
const cursorSchema = new Schema<StoredCursor>(
  { _id: { type: String, required: true }, after: { type: Number, required: true } } as never,
  { collection: 'cityCursors', versionKey: false },
);
export const CityCursorModel = mongoose.model('CityCursor', cursorSchema);

/** Those of our rows that have one of these numbers. */
export async function findOrders(numbers: readonly string[]): Promise<Map<string, StoredOrder>> {
  const rows = await CityOrderModel.find({ _id: { $in: numbers } }).lean<StoredOrder[]>();
  return new Map(rows.map((row) => [row._id, row]));
}
