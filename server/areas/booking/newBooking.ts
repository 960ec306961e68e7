import { instantAt } from '../../kernel/localDay.ts';
import type { Place } from './findPlace.ts';
import type { Booking, Served } from './model.ts';
import type { PlannedSlot } from './schedule.ts';

export interface NewBooking {
  readonly id: string;
  readonly personId: string;
  readonly place: Place;
  readonly date: string;
  readonly slot: PlannedSlot;
  readonly slotId: string;
  readonly until: Date;
  readonly now: Date;
  readonly channel: string;
  readonly served?: Served | null;
  readonly visitor?: Booking['visitor'] | undefined;
  /** Who asks; the person, unless said otherwise. */
  readonly by?: string;
}

/** The document of a hold. It keeps what was promised: names, address and materials as they were then. */
export function newBooking({ id, personId, place, date, slot, slotId, ...rest }: NewBooking): Booking {
  const [matter, ...also] = place.matters;
  return {
    _id: id,
    personId,
    served: rest.served ?? null,
    priority: null,
    matterId: matter!.id,
    matterName: matter!.name,
    also: also.map((each) => ({ id: each.id, name: each.name })),
    materials: place.matters.flatMap((each) => each.materials),
    hallId: place.hall.id,
    hallName: place.hall.name,
    address: place.hall.address,
    zone: place.zone,
    zoneName: place.zoneName,
    group: place.group,
    slotId,
    date,
    start: slot.start,
    end: slot.end,
    startsAt: instantAt(date, slot.start),
    units: place.units,
    scarce: place.scarce,
    state: 'held',
    number: null,
    holdUntil: rest.until,
    createdAt: rest.now,
    bookedAt: null,
    channel: rest.channel,
    ...(rest.visitor && { visitor: rest.visitor }),
    replaces: null,
    replacedBy: null,
    history: [{ at: rest.now, by: rest.by ?? personId, event: 'hold', to: 'held', why: null }],
  };
}

/** What a booking that takes another's place keeps of it. */
export const standsFor = (old: Booking): Pick<Booking, 'served' | 'priority'> => ({
  served: old.served ?? null,
  priority: old.priority ?? null,
});

export const matterIdsOf = (booking: Pick<Booking, 'matterId' | 'also'>): string[] => [
  booking.matterId,
  ...booking.also.map((each) => each.id),
];
