import { addDays, type LocalDay, localDayOf, weekdayOf } from '../localDay.ts';
import type { WorkingDayCalendar } from './calendar.ts';

/** A time limit as the law and the matters write it: 「5 个工作日」, 「30 日」. */
export interface Limit {
  readonly amount: number;
  readonly unit: 'workday' | 'naturalday';
}

export interface Deadline {
  /** The last day on which it is in time. */
  readonly day: LocalDay;
  /** Reaches beyond the published calendar: shown as 「暂按周末估算」, and computed again when the year is imported. */
  readonly estimated: boolean;
}

/**
 * When a limit ends. The day of the event is day 0, counting starts on the next day (民法典 201) or the next working day
 * (行政许可法 82 counts working days); a limit in natural days whose last day is a rest day ends on the next working day
 * (民法典 203). A limit of nothing ends on the day itself.
 */
export function deadline(calendar: WorkingDayCalendar, from: LocalDay, limit: Limit): Deadline {
  if (!Number.isInteger(limit.amount) || limit.amount < 0)
    throw new RangeError(`a limit of ${limit.amount} days`);
  const look = watched(calendar);
  if (limit.unit === 'workday') {
    let day = from;
    for (let left = limit.amount; left > 0; left--) day = nextWorkday(look, day);
    return { day, estimated: look.estimated() };
  }
  const last = addDays(from, limit.amount);
  const day = limit.amount === 0 || look.isWorkday(last) ? last : nextWorkday(look, last);
  return { day, estimated: look.estimated() };
}

/**
 * The day from which the limit runs for something handed in at `receivedAt`: the same day if the government works, else
 * the next working day (a hall may take papers on a Saturday, the clock starts on Monday).
 */
export function acceptanceDay(calendar: WorkingDayCalendar, receivedAt: Date): Deadline {
  const look = watched(calendar);
  const received = localDayOf(receivedAt);
  const day = look.isWorkday(received) ? received : nextWorkday(look, received);
  return { day, estimated: look.estimated() };
}

/** How many working days lie after `from`, up to and including `until`; 0 when `until` is not later. */
export function workdaysBetween(calendar: WorkingDayCalendar, from: LocalDay, until: LocalDay): number {
  const look = watched(calendar);
  let count = 0;
  for (let day = from; day < until; ) {
    day = addDays(day, 1);
    if (look.isWorkday(day)) count += 1;
  }
  return count;
}

interface Look {
  isWorkday(day: LocalDay): boolean;
  estimated(): boolean;
}

/** Looks at the calendar where it reaches, at the plain week beyond, and remembers whether anything was a guess. */
function watched(calendar: WorkingDayCalendar): Look {
  let guessed = false;
  return {
    isWorkday: (day) => {
      if (day > calendar.coveredUntil) {
        guessed = true;
        return weekdayOf(day) <= 5;
      }
      guessed ||= calendar.isEstimated(day);
      return calendar.isWorkday(day);
    },
    estimated: () => guessed,
  };
}

function nextWorkday(look: Look, after: LocalDay): LocalDay {
  let day = addDays(after, 1);
  while (!look.isWorkday(day)) day = addDays(day, 1);
  return day;
}
