import type { ClientSession } from 'mongoose';
import { inTransaction } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { tellBooking } from './bookingNotices.ts';
import { bookingErrors } from './contract.ts';
import { nextNumber } from './counterModel.ts';
import { findOwnBooking } from './findBooking.ts';
import { ledgers } from './ledgerModel.ts';
import { ledgerOf } from './ledgerOf.ts';
import { type Booking, bookings } from './model.ts';
import type { BookingRoom } from './room.ts';
import { serially } from './serial.ts';
import { slots } from './slotModel.ts';
import { stateAfter, statesBefore } from './states.ts';
import { settleOffer } from './waitModel.ts';

/**
 * Makes a hold a booking: its number, its notice and its place change together. Sent again, it answers the same
 * booking. Errors: 404 booking.not_found, 409 booking.hold_expired, 400
 * booking.priority_unknown.
 */
export async function confirmBooking(
  room: BookingRoom,
  personId: string,
  idOrNumber: string,
  said: { readonly priority?: string | undefined; readonly by?: string } = {},
): Promise<Booking> {
  const held = await findOwnBooking(personId, idOrNumber);
  if (held.state === 'booked') return held;
  const now = room.clock.now();
  if (held.state !== 'held' || held.holdUntil! <= now) throw new HallError(bookingErrors.holdExpired);
  const priority = room.rules.priorityGroups.find((each) => each.id === said.priority) ?? null;
  if (said.priority && !priority) throw new HallError(bookingErrors.priorityUnknown);
  const booked = await serially(held.date, () => book(room, { ...held, priority }, now, said.by ?? personId));
  if (booked) return booked;
  const newer = await findOwnBooking(personId, idOrNumber); // the other tap of a double tap won
  if (newer.state === 'booked') return newer;
  throw new HallError(bookingErrors.holdExpired);
}

const book = (room: BookingRoom, held: Booking, now: Date, by: string): Promise<Booking | null> =>
  inTransaction(async (session) => {
    const kept = await slots().updateOne(
      { _id: held.slotId, holders: { $elemMatch: { bookingId: held._id, until: { $gt: now } } } },
      { $set: { 'holders.$.until': null } },
      { session },
    );
    if (kept.modifiedCount !== 1) return null;
    const to = stateAfter('confirm');
    const number = await numberFor(held.date, session);
    const booking = await bookings().findOneAndUpdate(
      { _id: held._id, state: { $in: [...statesBefore('confirm')] } },
      {
        $set: { state: to, number, holdUntil: null, bookedAt: now, priority: held.priority ?? null },
        $push: { history: { at: now, by, event: 'confirm', to, why: null } },
      },
      { session, returnDocument: 'after' },
    );
    if (!booking) throw new Error(`booking ${held._id} has a place and is not held`);
    await ledgers().updateOne(
      { _id: ledgerOf(held), 'claims.bookingId': held._id },
      { $set: { 'claims.$.until': null }, $inc: { version: 1 } },
      { session },
    );
    if (booking.waitId) {
      await settleOffer(booking.waitId, 'accepted', { at: now, by }, session);
    }
    await room.city?.order(booking, session);
    await tellBooking(booking, 'booking.confirmed', now, session);
    return booking;
  });

/** `ZC` + yyMMdd of the visit + at least four digits, dense over all processes. */
export async function numberFor(day: string, session: ClientSession): Promise<string> {
  const sequence = await nextNumber(`booking ${day}`, session);
  return `ZC${day.slice(2).replaceAll('-', '')}${String(sequence).padStart(4, '0')}`;
}
