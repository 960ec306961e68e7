import mongoose, { Schema } from 'mongoose';

/** Who has a part of a slot. The slot itself is the truth of that: a booking without its holder has no place. */
export interface Holder {
  readonly bookingId: string;
  readonly personId: string;
  /** The (first) matter: one person holds a slot once for a matter, however often the request is sent. */
  readonly matterId: string;
  readonly units: number;
  /** Scarce resources it also takes, by their ids. */
  readonly scarce: readonly string[];
  /** End of the hold; null once booked. */
  readonly until: Date | null;
}

/** A released place that is still shut, against resale. */
export interface Cooling {
  readonly id: string;
  readonly units: number;
  readonly scarce: readonly string[];
  readonly until: Date;
}

/** Somebody in the line for a slot, and what their visit needs of it. */
export interface Waiting {
  readonly entryId: string;
  readonly units: number;
  readonly scarce: readonly string[];
}

/**
 * The capacity of one window group in one half hour of one day.
 * Always: left + units of holders + units of cooling = capacity, and left ≥ 0.
 */
export interface Slot {
  /** `slotIdOf`: hall, zone, group, day, start; ordered by time within a group. */
  readonly _id: string;
  readonly hallId: string;
  readonly zone: string;
  readonly group: string;
  readonly day: string;
  readonly start: string;
  readonly end: string;
  readonly capacity: number;
  readonly left: number;
  /** Left of each scarce resource. */
  readonly scarce: Readonly<Record<string, number>>;
  readonly holders: readonly Holder[];
  readonly cooling: readonly Cooling[];
  /** Who waits for a place, in order. While anybody does, places go to them only (`serveWaitlist.ts`). */
  readonly waiting: readonly Waiting[];
  /** Why nobody may take it: a closure's reason; null when open. */
  readonly closed: string | null;
}

const slotSchema = new Schema<Slot>(
  {
    _id: { type: String, required: true },
    hallId: { type: String, required: true },
    zone: { type: String, required: true },
    group: { type: String, required: true },
    day: { type: String, required: true },
    start: { type: String, required: true },
    end: { type: String, required: true },
    capacity: { type: Number, required: true },
    left: { type: Number, required: true },
    scarce: { type: Object, default: {} },
    holders: { type: [Object], default: [] },
    cooling: { type: [Object], default: [] },
    waiting: { type: [Object], default: [] },
    closed: { type: String, default: null },
  } as never,
  { collection: 'bookingSlots', minimize: false, versionKey: false },
);
slotSchema.index({ day: 1, hallId: 1 });

export const SlotModel = mongoose.model('BookingSlot', slotSchema);

export const slots = () => SlotModel.collection as unknown as mongoose.mongo.Collection<Slot>;

/** The first part of the ids of one window group's slots. */
export const groupKeyOf = (hallId: string, zone: string, group: string): string =>
  `${hallId}|${zone}|${group}|`;

export const slotIdOf = (groupKey: string, day: string, start: string): string =>
  `${groupKey}${day}|${start}`;
