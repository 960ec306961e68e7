import { inTransaction } from '../../kernel/database.ts';
import { addDays, instantAt, localDayOf, minuteOfDay } from '../../kernel/localDay.ts';
import { minutesOf } from '../halls/rules.ts';
import { tellReminder } from './bookingNotices.ts';
import { type Booking, bookings } from './model.ts';
import type { BookingRoom } from './room.ts';

/**
 * Reminds of visits to come: the evening before, and some hours before (rules `reminders`). Each reminder is sent once,
 * and none of a visit that was booked after its time. Safe to run twice, and in several processes.
 */
export async function remindBookings(room: BookingRoom): Promise<number> {
  const now = room.clock.now();
  const { eveAt, minutesBefore } = room.rules.reminders;
  const today = localDayOf(now);
  let told = 0;
  if (minuteOfDay(now) >= minutesOf(eveAt)) {
    const eve = await due({ date: addDays(today, 1) }, 'eve');
    for (const booking of eve) {
      if (booking.bookedAt! >= instantAt(today, eveAt)) continue;
      if (await remind(booking, 'eve', now)) told += 1;
    }
  }
  const until = new Date(now.getTime() + minutesBefore * 60_000);
  const soon = await due(
    { date: { $gte: today, $lte: addDays(today, 1) }, startsAt: { $gt: now, $lte: until } },
    'soon',
  );
  for (const booking of soon) {
    // Who booked within the last hours knows.
    if (booking.bookedAt!.getTime() >= booking.startsAt.getTime() - minutesBefore * 60_000) continue;
    if (await remind(booking, 'soon', now)) told += 1;
  }
  return told;
}

type Reminder = 'eve' | 'soon';

const due = (when: Record<string, unknown>, which: Reminder): Promise<Booking[]> =>
  bookings()
    .find({ ...when, state: 'booked', visitor: { $exists: false }, reminded: { $ne: which } })
    .toArray();

const remind = (booking: Booking, which: Reminder, now: Date): Promise<boolean> =>
  inTransaction(async (session) => {
    const { modifiedCount } = await bookings().updateOne(
      { _id: booking._id, state: 'booked', reminded: { $ne: which } },
      { $addToSet: { reminded: which } },
      { session },
    );
    if (modifiedCount !== 1) return false;
    await tellReminder(booking, which, now, session);
    return true;
  });
