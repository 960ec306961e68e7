import { localDayOf, minuteOfDay } from '../../kernel/localDay.ts';
import { minutesOf } from '../halls/rules.ts';
import { openHoursOn, type Timetable } from '../halls/windowHours.ts';
import type { QueueRoom } from './room.ts';

export interface Opening {
  /** Tickets are given now. */
  readonly gives: boolean;
  /** Minutes of service until the hall closes today. */
  readonly minutesLeft: number;
}

/** Whether a hall (or one kind of its windows) gives tickets now, and how much of its day is left. */
export function openingOf(
  hall: Timetable,
  { clock, calendar, rules }: Pick<QueueRoom, 'clock' | 'calendar' | 'rules'>,
  group?: string,
): Opening {
  const now = clock.now();
  const { intervals } = openHoursOn(hall, localDayOf(now), calendar, group);
  const minute = minuteOfDay(now);
  const [first] = intervals;
  const last = intervals.at(-1);
  const minutesLeft = intervals.reduce(
    (sum, [from, to]) => sum + Math.max(0, minutesOf(to) - Math.max(minute, minutesOf(from))),
    0,
  );
  const gives =
    first !== undefined &&
    last !== undefined &&
    minute >= minutesOf(first[0]) - rules.ticketsFromMinutesBeforeOpening &&
    minute < minutesOf(last[1]);
  return { gives, minutesLeft };
}
