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
  /** Hours of this window alone, e.g. one that stays open at noon; absent: the zone's. */
  readonly hours?: readonly WeeklyHours[] | null | undefined;
}

export interface HallZone {
  readonly code: string;
  readonly name: string;
  readonly floor: string;
  readonly windows: readonly HallWindow[];
  /** Hours of this zone; absent: the hall's. */
  readonly hours?: readonly WeeklyHours[] | null | undefined;
}

/** Extended hours (延时服务): these kinds of windows also work at these times, in this season. */
export interface ExtendedHours extends WeeklyHours {
  readonly groups: readonly string[];
  /** First and last day; null = without end. */
  readonly from: string | null;
  readonly to: string | null;
}

/** A matter that is done only at certain times of the week. Several rows of one matter add up. */
export interface MatterHours extends WeeklyHours {
  readonly matterId: string;
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
  readonly extended?: readonly ExtendedHours[] | undefined;
  readonly matterHours?: readonly MatterHours[] | undefined;
  /** Raised by each change of windows or hours; absent: never changed. */
  readonly version?: number | undefined;
  /** A change whose bookings have not all been moved yet. */
  readonly unsettled?: { readonly by: string; readonly why: string; readonly at: Date } | null | undefined;
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
    extended: { type: [Object], default: [] },
    matterHours: { type: [Object], default: [] },
    version: { type: Number, default: 0 },
    unsettled: { type: Object, default: null },
    bookable: { type: Boolean, required: true },
    rank: { type: Number, required: true },
  } as never,
  { collection: 'halls', minimize: false, versionKey: false },
);
hallSchema.index({ rank: 1 });
hallSchema.index({ townCode: 1, rank: 1 });
hallSchema.index({ kind: 1, rank: 1 });

export const HallModel = mongoose.model('Hall', hallSchema);
