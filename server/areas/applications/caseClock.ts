import { type LocalDay, localDayOf } from '../../kernel/localDay.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import { acceptanceDay, deadline, workdaysBetween } from '../../kernel/workingDays/deadline.ts';
import type { LifeStep } from './deriveCase.ts';
import { clockStands } from './states.ts';

export interface CaseClock {
  /** The promised last day; null before acceptance, while the clock stands, and after the end. */
  readonly dueDay: LocalDay | null;
  readonly paused: boolean;
  /** Working days not used so far; null before acceptance. */
  readonly leftDays: number | null;
}

/**
 * The clock of the promise: starts with acceptance, counts working days, stands in special procedures and in corrections
 * after acceptance (行政许可法 45), and goes on with what was left (I11). The day of stopping is used up, the day of going
 * on is day 0.
 */
export function caseClock(
  calendar: WorkingDayCalendar,
  steps: readonly LifeStep[],
  promisedDays: number,
): CaseClock {
  let left = promisedDays;
  let runsFrom: LocalDay | null = null;
  let begun = false;
  for (const step of steps) {
    if (step.event === 'accepted') {
      runsFrom = acceptanceDay(calendar, step.at).day;
      begun = true;
      continue;
    }
    const stood = clockStands(step.from);
    const stands = clockStands(step.to);
    const day = localDayOf(step.at);
    if (!stood && stands && runsFrom !== null) {
      if (day > runsFrom) left -= workdaysBetween(calendar, runsFrom, day);
      runsFrom = null;
    } else if (stood && !stands && begun) runsFrom = day;
    if (['closed', 'withdrawn', 'refused'].includes(step.to))
      return { dueDay: null, paused: false, leftDays: left };
  }
  if (!begun) return { dueDay: null, paused: false, leftDays: null };
  if (runsFrom === null) return { dueDay: null, paused: true, leftDays: left };
  // Stopped after its last day, it is as late when it goes on as it was before.
  return {
    dueDay: deadline(calendar, runsFrom, { amount: Math.max(0, left), unit: 'workday' }).day,
    paused: false,
    leftDays: left,
  };
}
