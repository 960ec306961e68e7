import type { LocalDay } from '../localDay.ts';
import type { WorkingDayCalendar } from './calendar.ts';
import { type ImportedYears, loadCalendar, publishedUntil } from './load.ts';
import { officialFrom } from './officialDays.ts';

export type YearSource = 'packaged' | 'imported' | 'estimated';

/** The calendar a whole process holds. The years it answers by are exchanged under it when staff take a new one over. */
export class LiveCalendar implements WorkingDayCalendar {
  #imported: ImportedYears = new Map();
  #calendar: WorkingDayCalendar;

  constructor(private readonly options: { readonly estimateBeyond?: boolean } = {}) {
    this.#calendar = loadCalendar(options);
  }

  use(imported: ImportedYears): void {
    this.#calendar = loadCalendar({ ...this.options, imported });
    this.#imported = imported;
  }

  /** Where a year comes from; null where nothing is known of it. */
  sourceOf(year: number): YearSource | null {
    const last: LocalDay = `${year}-12-31`;
    if (last > this.coveredUntil || last < officialFrom) return null;
    if (last > this.publishedUntil) return 'estimated';
    return this.#imported.has(year) ? 'imported' : 'packaged';
  }

  /** The last day the State Council has arranged, as far as we were told: never an estimate. */
  get publishedUntil(): LocalDay {
    return publishedUntil(this.#imported);
  }
  get coveredUntil(): LocalDay {
    return this.#calendar.coveredUntil;
  }
  isWorkday(day: LocalDay): boolean {
    return this.#calendar.isWorkday(day);
  }
  nameOf(day: LocalDay): string | null {
    return this.#calendar.nameOf(day);
  }
  isEstimated(day: LocalDay): boolean {
    return this.#calendar.isEstimated(day);
  }
}
