import type { Booking } from './model.ts';
import type { BookingRules } from './settings.ts';

const minute = 60_000;

export interface CancelDecision {
  readonly allowed: boolean;
  /** What it counts towards the pause; 0 = nothing. */
  readonly strike: number;
  /** Until when it costs nothing. */
  readonly freeUntil: Date;
}

/** May the booking be given up now, and what does it cost? A hold costs nothing; after the start it is too late. */
export function decideCancel(
  booking: Pick<Booking, 'state' | 'startsAt' | 'bookedAt'>,
  now: Date,
  rules: Pick<BookingRules, 'cancel'>,
): CancelDecision {
  const freeUntil = new Date(booking.startsAt.getTime() - rules.cancel.untilMinutesBefore * minute);
  if (booking.state === 'held') return { allowed: true, strike: 0, freeUntil };
  if (booking.state !== 'booked' || now >= booking.startsAt) return { allowed: false, strike: 0, freeUntil };
  const fresh =
    booking.bookedAt !== null &&
    now.getTime() - booking.bookedAt.getTime() < rules.cancel.freeMinutesAfterBooking * minute;
  return { allowed: true, strike: now < freeUntil || fresh ? 0 : rules.cancel.lateStrike, freeUntil };
}
