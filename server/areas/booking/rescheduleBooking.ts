import type { ClientSession } from 'mongoose';
import { inTransaction } from '../../kernel/database.ts';
import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { tellBooking, timeOf } from './bookingNotices.ts';
import { coolUntil } from './cancelBooking.ts';
import { checkSlot } from './checkSlot.ts';
import { readLedger, writeLedger } from './claimQuota.ts';
import { numberFor } from './confirmBooking.ts';
import { bookingErrors } from './contract.ts';
import { findOwnBooking } from './findBooking.ts';
import { findPlace } from './findPlace.ts';
import { winPlace } from './holdSlot.ts';
import type { Claim } from './ledgerModel.ts';
import { ledgerOf } from './ledgerOf.ts';
import { type Booking, bookings } from './model.ts';
import { matterIdsOf, newBooking, standsFor } from './newBooking.ts';
import { decideQuota } from './quota.ts';
import type { BookingRoom } from './room.ts';
import { serially } from './serial.ts';
import { serveWaitlist } from './serveWaitlist.ts';
import { slotIdOf, slots } from './slotModel.ts';
import { stateAfter } from './states.ts';
import { givePlaceBack } from './takePlace.ts';

/**
 * Moves a booking to another time of the same hall. The old place is kept until the new one is won: the new place is
 * taken first, then both bookings, both places, the ledger and the notice change together. A crash in between leaves a
 * hold that ends by itself, and the old booking as it was.
 * Errors: as for a hold; 409 booking.cannot_move, 409 booking.move_too_late.
 */
export async function rescheduleBooking(
  room: BookingRoom,
  personId: string,
  idOrNumber: string,
  wish: { readonly date: string; readonly start: string },
): Promise<Booking> {
  const old = await findOwnBooking(personId, idOrNumber);
  if (old.state !== 'booked') throw new HallError(bookingErrors.cannotMove);
  if (old.date === wish.date && old.start === wish.start) return old;
  const now = room.clock.now();
  const latest = new Date(old.startsAt.getTime() - room.rules.cancel.untilMinutesBefore * 60_000);
  const fresh = now.getTime() - old.bookedAt!.getTime() < room.rules.cancel.freeMinutesAfterBooking * 60_000;
  if (now >= old.startsAt || (now > latest && !fresh)) throw new HallError(bookingErrors.moveTooLate);

  const matterIds = matterIdsOf(old);
  const place = await findPlace(room, matterIds, old.hallId);
  const slot = checkSlot(room, place, wish.date, wish.start);
  const slotId = slotIdOf(place.groupKey, wish.date, wish.start);
  const refusal = decideQuota(
    await readLedger(ledgerOf(old)),
    { matterIds, day: wish.date },
    now,
    room.rules,
    old._id,
  );
  if (refusal) throw new HallError(bookingErrors[refusal]);

  const until = new Date(now.getTime() + room.rules.holdMinutes * 60_000);
  const id = newId();
  const { units, scarce } = place;
  const holder = { bookingId: id, personId: ledgerOf(old), matterId: old.matterId, units, scarce, until };
  const won = await winPlace(room, { place, date: wish.date, slot, slotId }, holder);
  if (won.bookingId !== id) throw new HallError(bookingErrors.alreadyBooked); // a hold of the same slot is open
  const moved = newBooking({
    id,
    personId: old.personId,
    place,
    date: wish.date,
    slot,
    slotId,
    until,
    now,
    channel: old.channel,
  });
  const result = await serially(wish.date, () =>
    inTransaction((session) => move(room, old, moved, { matterIds, now, actor: personId }, session)),
  ).catch(async (error: unknown) => {
    await givePlaceBack(slotId, holder, null);
    throw error;
  });
  if (typeof result === 'object') {
    await serveWaitlist(room, old.slotId);
    return result;
  }
  await givePlaceBack(slotId, holder, null);
  throw new HallError(result === 'busy' ? hallErrors.busy : bookingErrors[result]);
}

async function move(
  room: BookingRoom,
  old: Booking,
  moved: Booking,
  {
    matterIds,
    now,
    actor,
  }: { readonly matterIds: readonly string[]; readonly now: Date; readonly actor: string },
  session: ClientSession,
): Promise<Booking | NonNullable<ReturnType<typeof decideQuota>> | 'cannotMove' | 'busy'> {
  const by = actor;
  const to = stateAfter('reschedule');
  const gone = await bookings().updateOne(
    { _id: old._id, state: old.state },
    {
      $set: { state: to, replacedBy: moved._id },
      $push: { history: { at: now, by, event: 'reschedule', to, why: moved._id } },
    },
    { session },
  );
  if (gone.modifiedCount !== 1) return 'cannotMove';
  const ledger = await readLedger(ledgerOf(old), session);
  const refusal = decideQuota(ledger, { matterIds, day: moved.date }, now, room.rules, old._id);
  if (refusal) return abort(session, refusal);
  const claim: Claim = {
    bookingId: moved._id,
    matterIds,
    day: moved.date,
    slotId: moved.slotId,
    until: null,
  };
  const claims = [...ledger.claims.filter((each) => each.bookingId !== old._id), claim];
  if (!(await writeLedger(ledger, { claims }, session))) return abort(session, 'busy');
  const kept = await slots().updateOne(
    { _id: moved.slotId, 'holders.bookingId': moved._id },
    { $set: { 'holders.$.until': null } },
    { session },
  );
  if (kept.modifiedCount !== 1) return abort(session, 'busy');
  await givePlaceBack(old.slotId, { ...old, bookingId: old._id }, coolUntil(room, now), session);
  const booking: Booking = {
    ...moved,
    ...standsFor(old),
    state: 'booked',
    number: await numberFor(moved.date, session),
    holdUntil: null,
    bookedAt: now,
    replaces: old._id,
    history: [{ at: now, by, event: 'reschedule', to: 'booked', why: old._id }],
  };
  await bookings().insertOne(booking, { session });
  await room.city?.cancel(old, session);
  await room.city?.order(booking, session);
  await tellBooking(booking, 'booking.rescheduled', now, session, { oldTime: timeOf(old) });
  return booking;
}

/** Takes the transaction's first writes back; the driver sees an ended transaction and leaves it so. */
async function abort<T extends string>(session: ClientSession, why: T): Promise<T> {
  await session.abortTransaction();
  return why;
}
