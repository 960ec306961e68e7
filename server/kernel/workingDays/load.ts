import { type LocalDay, weekdayOf } from '../localDay.ts';
import type { WorkingDayCalendar } from './calendar.ts';
import { estimatedHolidays, estimateUntil } from './estimate.ts';
import { officialDays, officialFrom, officialUntil, type SpecialDay } from './officialDays.ts';

/** Thrown when a day outside the calendar's data is asked for: a fault of the caller, who has not looked at `coveredUntil`. */
export class CalendarNotCovered extends RangeError {
  constructor(
    readonly day: LocalDay,
    from: LocalDay,
    until: LocalDay,
  ) {
    super(`the working-day calendar knows ${from} to ${until}, not ${day}`);
    this.name = 'CalendarNotCovered';
  }
}

/** Years the administrator imported from a State Council notice that the package does not hold yet. */
export interface ImportedYears {
  /** The last day of the last imported year; years must follow on without a gap. */
  readonly until: LocalDay;
  readonly days: ReadonlyMap<LocalDay, SpecialDay>;
}

export interface CalendarOptions {
  readonly imported?: ImportedYears | undefined;
  /**
   * Demo only: beyond the published years, weekends and statutory holidays rest, and every such day says
   * `isEstimated`. Without it, nothing is said about those days.
   */
  readonly estimateBeyond?: boolean | undefined;
}

/** The calendar of the government's working days, from the packaged official data and what was imported since. */
export function loadCalendar(options: CalendarOptions = {}): WorkingDayCalendar {
  const { imported, estimateBeyond = false } = options;
  const publishedUntil = imported && imported.until > officialUntil ? imported.until : officialUntil;
  const coveredUntil = estimateBeyond ? estimateUntil : publishedUntil;
  const estimates = new Map<number, Map<LocalDay, SpecialDay>>();

  const special = (day: LocalDay): SpecialDay | undefined => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`not a local day: ${day}`);
    if (day < officialFrom || day > coveredUntil)
      throw new CalendarNotCovered(day, officialFrom, coveredUntil);
    const known = imported?.days.get(day) ?? officialDays.get(day);
    if (known || day <= publishedUntil) return known;
    const year = Number(day.slice(0, 4));
    let days = estimates.get(year);
    if (!days) {
      days = estimatedHolidays(year);
      estimates.set(year, days);
    }
    return days.get(day);
  };

  return {
    coveredUntil,
    isWorkday: (day) => special(day)?.workday ?? weekdayOf(day) <= 5,
    nameOf: (day) => special(day)?.name ?? null,
    isEstimated: (day) => day > publishedUntil,
  };
}
