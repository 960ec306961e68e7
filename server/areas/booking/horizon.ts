import { createHmac } from 'node:crypto';
import { addDays, instantAt, type LocalDay, localDayOf } from '../../kernel/localDay.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import type { BookingRules } from './settings.ts';

export interface Horizon {
  readonly from: LocalDay;
  /** The newest day that can be booked. */
  readonly through: LocalDay;
  /** The day released next, and when; null where the calendar ends before. */
  readonly next: { readonly day: LocalDay; readonly at: Date } | null;
}

type HorizonRules = Pick<
  BookingRules,
  'horizonWorkingDays' | 'earliestDays' | 'releaseAt' | 'releaseJitterMinutes'
>;

/**
 * Which days can be booked at `now`. Each working day, at its release time, opens the day that lies
 * `horizonWorkingDays` working days ahead; a rest day opens none. Never beyond the calendar's coverage.
 */
export function horizonAt(
  now: Date,
  hallId: string,
  calendar: WorkingDayCalendar,
  rules: HorizonRules,
  secret: string,
): Horizon {
  const today = localDayOf(now);
  const works = (day: LocalDay): boolean => day <= calendar.coveredUntil && calendar.isWorkday(day);
  const releasedOn = (day: LocalDay): Date => releaseInstant(day, hallId, rules, secret);

  let base = today;
  while (!(works(base) && releasedOn(base) <= now)) {
    const before = addDays(base, -1);
    if (before < addDays(today, -40)) break; // a calendar without a working day in 40 days: release from there
    base = before;
  }
  const through = aheadOf(base, rules.horizonWorkingDays, works, calendar.coveredUntil);
  const releaseDay = nextWorkday(base, works, calendar.coveredUntil);
  const nextDay = nextWorkday(through, works, calendar.coveredUntil);
  return {
    from: addDays(today, rules.earliestDays),
    through,
    next: releaseDay && nextDay ? { day: nextDay, at: releasedOn(releaseDay) } : null,
  };
}

function aheadOf(from: LocalDay, count: number, works: (day: LocalDay) => boolean, last: LocalDay): LocalDay {
  let day = from;
  for (let left = count; left > 0 && day < last; ) {
    day = addDays(day, 1);
    if (works(day)) left -= 1;
  }
  return day;
}

function nextWorkday(after: LocalDay, works: (day: LocalDay) => boolean, last: LocalDay): LocalDay | null {
  for (let day = addDays(after, 1); day <= last; day = addDays(day, 1)) if (works(day)) return day;
  return null;
}

/** The jitter is a keyed hash: the same in every process, and not to be foreseen by a bot. */
function releaseInstant(day: LocalDay, hallId: string, rules: HorizonRules, secret: string): Date {
  const at = releaseAt(day, rules.releaseAt);
  if (rules.releaseJitterMinutes === 0) return at;
  const hash = createHmac('sha256', secret).update(`release ${hallId} ${day}`).digest();
  return new Date(at.getTime() + (hash.readUInt32BE(0) % (rules.releaseJitterMinutes * 60)) * 1000);
}

const releases = new Map<string, Date>();

/** Asked for the same few days by every look at a calendar; a zoned date is dear. */
function releaseAt(day: LocalDay, time: string): Date {
  const key = `${day} ${time}`;
  const known = releases.get(key);
  if (known) return known;
  if (releases.size > 500) releases.clear();
  const at = instantAt(day, time);
  releases.set(key, at);
  return at;
}
