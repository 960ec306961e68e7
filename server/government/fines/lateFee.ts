import { addDays, type LocalDay } from '../../kernel/localDay.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';

/** 行政处罚法第七十二条: 3 % of the fine a day, never more than the fine itself. Amounts in fen. */
export function lateFee(principal: number, daysLate: number): number {
  if (!Number.isInteger(principal) || principal < 0) throw new Error(`not an amount in fen: ${principal}`);
  // In thousandths of a fen first: 3 % of a whole number of fen has at most two more digits.
  return Math.min(principal, Math.round((principal * 3 * Math.max(0, Math.floor(daysLate))) / 100));
}

/** Days the citizen has, from the day after the decision was received; natural days. */
const daysToPay = 15;

/** The last day without a late fee: the 15th, or the next working day when that is none. Throws where the calendar ends. */
export function payBy(received: LocalDay, calendar: WorkingDayCalendar): LocalDay {
  let day = addDays(received, daysToPay);
  while (!calendar.isWorkday(day)) day = addDays(day, 1);
  return day;
}

/** How many days late a payment on `day` is. */
export const daysLate = (day: LocalDay, by: LocalDay): number =>
  Math.max(0, Math.round((Date.parse(day) - Date.parse(by)) / 86_400_000));
