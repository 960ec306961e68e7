import type { ClientSession } from 'mongoose';
import { releaseClaim } from './claimQuota.ts';
import { ledgerOf } from './ledgerOf.ts';
import { type Booking, bookings } from './model.ts';
import { readQr } from './qr.ts';
import { type BookingEvent, isOpen, stateAfter, statesBefore } from './states.ts';

type HallEvent = Extract<BookingEvent, 'checkIn' | 'serve' | 'wait' | 'finish' | 'leave' | 'miss'>;

/**
 * Moves a booking along while its person is in the hall; joins the caller's transaction. Null: the booking is not in a
 * state from which the event may happen, and nothing has changed. Who came and was missed gets no strike.
 */
export async function advanceBooking(
  bookingId: string,
  event: HallEvent,
  change: { readonly at: Date; readonly by: string; readonly why?: string | null },
  session: ClientSession,
): Promise<Booking | null> {
  const to = stateAfter(event);
  const { at, by, why = null } = change;
  const booking = await bookings().findOneAndUpdate(
    { _id: bookingId, state: { $in: [...statesBefore(event)] } },
    { $set: { state: to }, $push: { history: { at, by, event, to, why } } },
    { session, returnDocument: 'after' },
  );
  if (booking && !isOpen(to)) await releaseClaim(ledgerOf(booking), bookingId, session);
  return booking;
}

/** The booking that a desk or a kiosk reads: its QR text, or its number typed in. */
export async function findBookingByCode(code: string, secret: string): Promise<Booking | null> {
  const text = code.trim().toUpperCase();
  if (/^(ZC|GZ)\d{10,}$/.test(text)) return bookings().findOne({ number: text });
  const id = readQr(code, secret);
  return id ? bookings().findOne({ _id: id }) : null;
}

export const countBookingStates = async (
  hallId: string,
  from: string,
  to: string,
): Promise<Readonly<Record<string, number>>> => {
  const rows = await bookings()
    .aggregate<{ _id: string; count: number }>([
      { $match: { hallId, date: { $gte: from, $lte: to }, number: { $type: 'string' } } },
      { $group: { _id: '$state', count: { $sum: 1 } } },
    ])
    .toArray();
  return Object.fromEntries(rows.map((each) => [each._id, each.count]));
};
