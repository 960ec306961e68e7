import mongoose, { Schema } from 'mongoose';
import type { HallKind } from './contract.ts';

/** A weekly pattern: on these weekdays (1 = Monday) the hall is open in these intervals ("HH:mm" pairs). */
export interface WeeklyHours {
  readonly weekdays: readonly number[];
  readonly intervals: readonly (readonly [string, string])[];
}

/** A day that differs from the pattern: other hours, or none. */
export interface HoursException {
  readonly date: string;
  readonly intervals: readonly (readonly [string, string])[];
  /** Told to citizens: 「系统升级，暂停对外办公」. */
  readonly reason: string;
}

export interface HallWindow {
  readonly number: string;
  readonly name: string;
  readonly departments: readonly string[];
  /** Windows of one group are interchangeable: they share a queue and a booking capacity. */
  readonly group: string;
}

export interface HallZone {
  readonly code: string;
  readonly name: string;
  readonly floor: string;
  readonly windows: readonly HallWindow[];
}

/** A place where citizens are served in person. */
export interface Hall {
  readonly id: string;
  readonly kind: HallKind;
  readonly name: string;
  readonly townCode: string;
  readonly townName: string;
  readonly address: string;
  readonly phone: string | null;
  /** GCJ-02; null where nobody has measured it. */
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
  readonly transport: string | null;
  readonly zones: readonly HallZone[];
  readonly hours: readonly WeeklyHours[];
  readonly exceptions: readonly HoursException[];
  /** Takes web bookings; village stations are walk-in. */
  readonly bookable: boolean;
  /** Order in lists: the district hall, then towns by code, then villages. */
  readonly rank: number;
}

const hallSchema = new Schema<Hall & { _id: string }>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    name: { type: String, required: true },
    townCode: { type: String, required: true },
    townName: { type: String, required: true },
    address: { type: String, required: true },
    phone: { type: String, default: null },
    place: { type: Object, default: null },
    transport: { type: String, default: null },
    zones: { type: [Object], required: true },
    hours: { type: [Object], required: true },
    exceptions: { type: [Object], default: [] },
    bookable: { type: Boolean, required: true },
    rank: { type: Number, required: true },
  } as never,
  { collection: 'halls', minimize: false, versionKey: false },
);
hallSchema.index({ rank: 1 });
hallSchema.index({ townCode: 1, rank: 1 });
hallSchema.index({ kind: 1, rank: 1 });

export const HallModel = mongoose.model('Hall', hallSchema);
