import type { Clock } from '../../kernel/clock.ts';
import type { LocalDay } from '../../kernel/localDay.ts';
import type { LiveCalendar } from '../../kernel/workingDays/liveCalendar.ts';

export interface CalendarRoom {
  readonly clock: Clock;
  readonly calendar: LiveCalendar;
  /** Reads the years that count from the database into `calendar`, now. */
  readonly refresh: () => Promise<void>;
  /** Visits booked on these days, by day; a day without any may be left out. */
  readonly bookedOn: (days: readonly LocalDay[]) => Promise<ReadonlyMap<LocalDay, number>>;
}
