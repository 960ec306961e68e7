import mongoose, { Schema } from 'mongoose';
import type { BookingState } from './contract.ts';

export interface BookingChange {
  readonly at: Date;
  /** The person, `staff:<id>`, or `clock`. */
  readonly by: string;
  readonly event: string;
  readonly to: BookingState;
  readonly why: string | null;
}

/** For whom a visit is booked, where that is not the one who books and comes. */
export interface Served {
  readonly kind: 'person' | 'enterprise';
  /** Whose ledger it counts in: a person's id, `id:…` of somebody without an account, or `firm:` and a credit code. */
  readonly id: string;
  /** Masked. */
  readonly name: string;
  readonly authorisationId: string;
}

/** One visit: a person, one or several matters, a place in a slot. */
export interface Booking {
  readonly _id: string;
  /** Who books it and comes. */
  readonly personId: string;
  /** Null: for themselves. */
  readonly served?: Served | null;
  /** Who is served first, by what they said of themselves; the proof is shown at the window. */
  readonly priority?: { readonly id: string; readonly label: string; readonly proof: string } | null;
  readonly matterId: string;
  readonly matterName: string;
  /** Further matters of the same visit. */
  readonly also: readonly { readonly id: string; readonly name: string }[];
  readonly materials: readonly { name: string; note: string | null; needed: boolean }[];
  readonly hallId: string;
  readonly hallName: string;
  readonly address: string;
  readonly zone: string;
  readonly zoneName: string | null;
  readonly group: string;
  readonly slotId: string;
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly startsAt: Date;
  /** What it takes of the slot, as in its holder there. */
  readonly units: number;
  readonly scarce: readonly string[];
  readonly state: BookingState;
  /** Dense per day of visit; null until confirmed. */
  readonly number: string | null;
  readonly holdUntil: Date | null;
  readonly createdAt: Date;
  readonly bookedAt: Date | null;
  readonly channel: string;
  /** Who comes, masked, where a visit of another channel is by somebody without an account here. */
  readonly visitor?: { readonly name: string; readonly phone: string | null };
  /** Which reminders have been sent. */
  readonly reminded?: readonly string[];
  /** The wait it was offered for. */
  readonly waitId?: string;
  /** The booking whose place this one takes: a change of time, or an offer after a closure. */
  readonly replaces: string | null;
  readonly replacedBy: string | null;
  /** Who, when, why: each change of state (I6). */
  readonly history: readonly BookingChange[];
}

const bookingSchema = new Schema<Booking>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    served: { type: Object, default: null },
    priority: { type: Object, default: null },
    matterId: { type: String, required: true },
    matterName: { type: String, required: true },
    also: { type: [Object], default: [] },
    materials: { type: [Object], default: [] },
    hallId: { type: String, required: true },
    hallName: { type: String, required: true },
    address: { type: String, required: true },
    zone: { type: String, required: true },
    zoneName: { type: String, default: null },
    group: { type: String, required: true },
    slotId: { type: String, required: true },
    date: { type: String, required: true },
    start: { type: String, required: true },
    end: { type: String, required: true },
    startsAt: { type: Date, required: true },
    units: { type: Number, required: true },
    scarce: { type: [String], default: [] },
    state: { type: String, required: true },
    number: { type: String, default: null },
    holdUntil: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    bookedAt: { type: Date, default: null },
    channel: { type: String, required: true },
    visitor: { type: Object },
    reminded: { type: [String] },
    waitId: { type: String },
    replaces: { type: String, default: null },
    replacedBy: { type: String, default: null },
    history: { type: [Object], default: [] },
  } as never,
  { collection: 'bookings', minimize: false, versionKey: false },
);
bookingSchema.index({ personId: 1, startsAt: -1 });
bookingSchema.index(
  { number: 1 },
  { unique: true, partialFilterExpression: { number: { $type: 'string' } } },
);
bookingSchema.index({ holdUntil: 1 }, { partialFilterExpression: { holdUntil: { $type: 'date' } } });
bookingSchema.index({ date: 1, hallId: 1, start: 1 });
bookingSchema.index(
  { 'served.id': 1, startsAt: -1 },
  { partialFilterExpression: { 'served.id': { $type: 'string' } } },
);
bookingSchema.index({ slotId: 1 });
bookingSchema.index({ date: 1 }, { name: 'stillBooked', partialFilterExpression: { state: 'booked' } });

export const BookingModel = mongoose.model('Booking', bookingSchema);

/** The native collection: commands write through it, because a booking's writes are all conditional. */
export const bookings = () => BookingModel.collection as unknown as mongoose.mongo.Collection<Booking>;
