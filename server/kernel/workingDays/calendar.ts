import type { LocalDay } from '../localDay.ts';

/** The official working-day calendar as data: which days the government works, and how far the data reaches. */
export interface WorkingDayCalendar {
  /** Rest days, holidays and swapped days are false; make-up working Saturdays are true. Throws beyond `coveredUntil`. */
  isWorkday(day: LocalDay): boolean;
  /** Why a day is special: 「国庆节」, 「国庆节调休上班」; null for a plain day. */
  nameOf(day: LocalDay): string | null;
  /** The last day of which the calendar is known. Nothing may be computed silently beyond it. */
  readonly coveredUntil: LocalDay;
  /** True where the day's kind is an estimate (demo, or a year not yet published by the State Council). */
  isEstimated(day: LocalDay): boolean;
}
