import { inTransaction } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { giveUp } from './cancelBooking.ts';
import { moveAway } from './closeHall.ts';
import { bookingErrors } from './contract.ts';
import { type Booking, bookings } from './model.ts';
import { newest } from './newest.ts';
import type { BookingRoom } from './room.ts';
import { serveWaitlist } from './serveWaitlist.ts';
import { isOpen } from './states.ts';

/**
 * One booking ends by the hall: by staff, or because the city's system does not take it. No strike; another time is held
 * where one is free (`offer`), and the person is told. Again: changes nothing. Answers the booking, or null: no such one.
 */
export async function cancelForHall(
  room: BookingRoom,
  number: string,
  { by, reason, offer }: { readonly by: string; readonly reason: string; readonly offer: boolean },
): Promise<Booking | null> {
  const booking = await bookings().findOne({ number }, newest());
  if (booking?.state === 'booked') {
    await moveAway(room, booking, { date: booking.date, reason }, by, offer);
    await serveWaitlist(room, booking.slotId);
  }
  return booking && bookings().findOne({ number }, newest());
}

/** The same by staff, for a booking of a hall they work in. Errors: booking.not_found, booking.cannot_cancel. */
export async function cancelByStaff(
  room: BookingRoom,
  idOrNumber: string,
  staff: { readonly staffId: string; readonly hallIds: readonly string[] },
  reason: string,
): Promise<Booking> {
  const booking = await bookings().findOne({ $or: [{ _id: idOrNumber }, { number: idOrNumber }] }, newest());
  const theirs = booking && (staff.hallIds.length === 0 || staff.hallIds.includes(booking.hallId));
  if (!booking?.number || !theirs) throw new HallError(bookingErrors.notFound);
  if (booking.state !== 'booked' && isOpen(booking.state)) throw new HallError(bookingErrors.cannotCancel);
  const by = `staff:${staff.staffId}`;
  return (await cancelForHall(room, booking.number, { by, reason, offer: true }))!;
}

/** The person cancelled it in another channel. Again: changes nothing. */
export async function cancelledElsewhere(room: BookingRoom, number: string, by: string): Promise<void> {
  const booking = await bookings().findOne({ number }, newest());
  if (booking?.state !== 'booked') return;
  const change = { now: room.clock.now(), by, why: '在市预约系统取消', strike: 0 };
  const done = await inTransaction((session) => giveUp(room, booking, change, session));
  if (done) await serveWaitlist(room, done.slotId);
}
