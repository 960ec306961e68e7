import { HallError } from '../../kernel/http/hallError.ts';
import { instantAt, type LocalDay } from '../../kernel/localDay.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import { bookingErrors } from './contract.ts';
import { type Place, planFor } from './findPlace.ts';
import { horizonAt } from './horizon.ts';
import type { BookingRoom } from './room.ts';
import type { PlannedSlot } from './schedule.ts';

/**
 * The slot that starts at `start` on `day`, if it can be booked now by the server's own clock.
 * Errors: booking.slot_past, day_not_released, day_closed, slot_unknown.
 */
export function checkSlot(room: BookingRoom, place: Place, day: LocalDay, start: string): PlannedSlot {
  const now = room.clock.now();
  const horizon = horizonAt(now, place.hall.id, room.calendar, room.rules, room.secret);
  const past = !(instantAt(day, start) > now); // also true of a day that no calendar has
  if (past || day < horizon.from) throw new HallError(bookingErrors.slotPast);
  const { slots, reason } = planFor(room, place, day);
  if (slots.length === 0) throw dayClosed(closedNote(day, reason, room.calendar));
  if (day > horizon.through) throw new HallError(bookingErrors.dayNotReleased);
  const slot = slots.find((each) => each.start === start);
  if (!slot) throw new HallError(bookingErrors.slotUnknown);
  return slot;
}

/** Why a day is closed, as citizens say it: 「国庆节放假」, 「周末休息」, or the reason staff wrote. */
export function closedNote(day: LocalDay, reason: string | null, calendar: WorkingDayCalendar): string {
  if (reason === null) return '当天不对外办公';
  if (reason === '周末') return '周末休息';
  const holiday = day <= calendar.coveredUntil && calendar.nameOf(day) === reason;
  return holiday ? `${reason}放假` : reason;
}

export const dayClosed = (why: string): HallError =>
  new HallError(bookingErrors.dayClosed, { message: `大厅当天不对外办公（${why}），请选择其他日期。` });
