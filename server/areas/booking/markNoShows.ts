import { inTransaction } from '../../kernel/database.ts';
import { instantAt, localDayOf } from '../../kernel/localDay.ts';
import { openHoursOn } from '../halls/windowHours.ts';
import { readLedger, releaseClaim, writeLedger } from './claimQuota.ts';
import { ledgerOf } from './ledgerOf.ts';
import { type Booking, bookings } from './model.ts';
import type { BookingRoom } from './room.ts';
import { stateAfter } from './states.ts';
import { withStrike } from './strikes.ts';

/**
 * Bookings whose day is over and whose person never came become no-shows, with a strike. Who comes late the same day is
 * still served (as a walk-in), so nothing is marked before the hall closes. Safe to run twice, and in several processes.
 */
export async function markNoShows(room: BookingRoom): Promise<number> {
  const now = room.clock.now();
  const today = localDayOf(now);
  let marked = 0;
  const missed = bookings()
    .find({ state: 'booked', date: { $lte: today } })
    .sort({ date: 1 });
  for await (const booking of missed) {
    if (booking.date === today && !(await closedForToday(room, booking.hallId, today, now))) continue;
    if (await markNoShow(room, booking, now)) marked += 1;
  }
  return marked;
}

async function closedForToday(room: BookingRoom, hallId: string, today: string, now: Date): Promise<boolean> {
  const hall = await room.findHall(hallId);
  const last = hall && openHoursOn(hall, today, room.calendar).intervals.at(-1);
  return !last || instantAt(today, last[1]) <= now;
}

const markNoShow = (room: BookingRoom, booking: Booking, now: Date): Promise<boolean> =>
  inTransaction(async (session) => {
    const to = stateAfter('miss');
    const bookingId = booking._id;
    const { modifiedCount } = await bookings().updateOne(
      { _id: bookingId, state: 'booked' },
      { $set: { state: to }, $push: { history: { at: now, by: 'clock', event: 'miss', to, why: null } } },
      { session },
    );
    if (modifiedCount !== 1) return false;
    await releaseClaim(ledgerOf(booking), bookingId, session);
    if (booking.visitor) return true; // of another channel, by nobody we know
    const ledger = await readLedger(ledgerOf(booking), session);
    const strike = { bookingId, at: now, weight: 1, kind: 'noShow' as const, forgiven: null };
    await writeLedger(ledger, withStrike(ledger, strike, room.rules), session);
    return true;
  });
