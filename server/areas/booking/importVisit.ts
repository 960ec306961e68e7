import { inTransaction } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { instantAt } from '../../kernel/localDay.ts';
import { readLedger, writeLedger } from './claimQuota.ts';
import { findPlace, planFor } from './findPlace.ts';
import { winPlace } from './holdSlot.ts';
import { type Booking, bookings } from './model.ts';
import { newBooking } from './newBooking.ts';
import { newest } from './newest.ts';
import { activeClaims } from './quota.ts';
import type { BookingRoom } from './room.ts';
import { slotIdOf, slots } from './slotModel.ts';
import { givePlaceBack } from './takePlace.ts';

/** A visit that was booked in another channel, in our own terms. */
export interface VisitElsewhere {
  /** The other channel's number: it is the booking's number here too. */
  readonly number: string;
  readonly channel: string;
  readonly hallId: string;
  readonly matterId: string;
  readonly date: string;
  readonly start: string;
  /** Who comes: a person's id, or null for somebody without an account here. */
  readonly personId: string | null;
  /** Masked: what the window sees of somebody without an account. */
  readonly visitor: { readonly name: string; readonly phone: string | null };
}

/** Whose ledger a stranger's visit counts in: nobody's but its own. */
export const strangerId = (number: string): string => `city:${number}`;

/**
 * Gives a visit booked in another channel its place in the same slot as ours, by the same conditional write. It is booked
 * already, so quotas do not refuse it; it counts in them from now on. Again: the same booking. `full`: no place is left
 * (or others wait for it); `unknown`: not a hall, matter or time of ours, or over.
 */
export async function importVisit(
  room: BookingRoom,
  visit: VisitElsewhere,
): Promise<'kept' | 'full' | 'unknown'> {
  const known = () => bookings().findOne({ number: visit.number }, newest());
  if (await known()) return 'kept';
  const place = await findPlace(room, [visit.matterId], visit.hallId).catch((error: unknown) => {
    if (error instanceof HallError) return null;
    throw error;
  });
  const slot = place && planFor(room, place, visit.date).slots.find((each) => each.start === visit.start);
  const now = room.clock.now();
  if (!place || !slot || instantAt(visit.date, visit.start) <= now) return 'unknown';
  const slotId = slotIdOf(place.groupKey, visit.date, visit.start);
  const id = newId();
  const personId = visit.personId ?? strangerId(visit.number);
  // Held for a moment, so that a crash before the booking is written leaves a holder that is swept.
  const until = new Date(now.getTime() + 2 * 60_000);
  const { units, scarce } = place;
  const holder = { bookingId: id, personId, matterId: visit.matterId, units, scarce, until };
  try {
    const won = await winPlace(room, { place, date: visit.date, slot, slotId }, holder);
    if (won.bookingId !== id) return 'full'; // the same person has it already, booked here
  } catch (error) {
    if (error instanceof HallError && error.status < 500) return 'full';
    throw error;
  }
  const booking: Booking = {
    ...newBooking({
      id,
      personId,
      place,
      date: visit.date,
      slot,
      slotId,
      until,
      now,
      channel: visit.channel,
    }),
    state: 'booked',
    number: visit.number,
    holdUntil: null,
    bookedAt: now,
    ...(visit.personId === null && { visitor: visit.visitor }),
    history: [{ at: now, by: visit.channel, event: 'import', to: 'booked', why: visit.number }],
  };
  const claim = { bookingId: id, matterIds: [visit.matterId], day: visit.date, slotId, until: null };
  try {
    await inTransaction(async (session) => {
      await bookings().insertOne(booking, { session });
      await slots().updateOne(
        { _id: slotId, 'holders.bookingId': id },
        { $set: { 'holders.$.until': null } },
        { session },
      );
      if (visit.personId === null) return;
      const ledger = await readLedger(personId, session);
      await writeLedger(ledger, { claims: [...activeClaims(ledger, now), claim] }, session);
    });
    return 'kept';
  } catch (error) {
    await givePlaceBack(slotId, holder, null);
    if (await known()) return 'kept'; // another process was first
    throw error;
  }
}
