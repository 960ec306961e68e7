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

/** Years imported from a State Council notice, by their number. Such a year replaces the packaged one whole. */
export type ImportedYears = ReadonlyMap<number, ReadonlyMap<LocalDay, SpecialDay>>;

export interface CalendarOptions {
  readonly imported?: ImportedYears | undefined;
  /**
   * Demo only: beyond the published years, weekends and statutory holidays rest, and every such day says
   * `isEstimated`. Without it, nothing is said about those days.
   */
  readonly estimateBeyond?: boolean | undefined;
}

/** The last day of the years that follow on each other without a gap: the packaged ones, then imported ones. */
export function publishedUntil(imported: ImportedYears): LocalDay {
  let year = Number(officialUntil.slice(0, 4));
  while (imported.has(year + 1)) year += 1;
  return `${year}-12-31`;
}

/** The calendar of the government's working days, from the packaged official data and what was imported since. */
export function loadCalendar(options: CalendarOptions = {}): WorkingDayCalendar {
  const { imported = new Map(), estimateBeyond = false } = options;
  const published = publishedUntil(imported);
  const coveredUntil = estimateBeyond ? estimateUntil : published;
  const estimates = new Map<number, Map<LocalDay, SpecialDay>>();

  const special = (day: LocalDay): SpecialDay | undefined => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`not a local day: ${day}`);
    if (day < officialFrom || day > coveredUntil)
      throw new CalendarNotCovered(day, officialFrom, coveredUntil);
    const year = Number(day.slice(0, 4));
    const own = day <= published ? imported.get(year) : undefined;
    if (own) return own.get(day);
    if (day <= published) return officialDays.get(day);
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
    isEstimated: (day) => day > published,
  };
}
