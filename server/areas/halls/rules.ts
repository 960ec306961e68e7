import type { LocalDay } from '../../kernel/localDay.ts';
import { weekdayOf } from '../../kernel/localDay.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import type { Hall, WeeklyHours } from './model.ts';

type Intervals = readonly (readonly [string, string])[];

/** What a hall does on one day, and why. */
export interface DayHours {
  readonly intervals: Intervals;
  /** Why it is closed or differs: 「国庆节」, 「周末」, an exception's reason; null on a plain open day. */
  readonly reason: string | null;
}

/**
 * A hall's hours on a day: an exception wins, then the official calendar (a holiday closes, a make-up Saturday follows
 * Monday's pattern), then the weekly pattern. Beyond the calendar's coverage nothing is said: closed, with that reason.
 */
export function hoursOn(
  hall: Pick<Hall, 'hours' | 'exceptions'>,
  day: LocalDay,
  calendar: WorkingDayCalendar,
): DayHours {
  const exception = hall.exceptions.find((each) => each.date === day);
  if (exception) return { intervals: exception.intervals, reason: exception.reason };
  if (day > calendar.coveredUntil) return { intervals: [], reason: '节假日安排尚未公布' };
  const weekday = weekdayOf(day);
  const weekend = weekday >= 6;
  if (!calendar.isWorkday(day)) {
    const weekendHours = weekend && !calendar.nameOf(day) ? patternFor(hall.hours, weekday) : [];
    if (weekendHours.length > 0) return { intervals: weekendHours, reason: '延时服务' };
    return { intervals: [], reason: calendar.nameOf(day) ?? (weekend ? '周末' : '休息日') };
  }
  const intervals = patternFor(hall.hours, weekend ? 1 : weekday);
  return { intervals, reason: weekend ? calendar.nameOf(day) : null };
}

function patternFor(hours: readonly WeeklyHours[], weekday: number): Intervals {
  return hours.find((each) => each.weekdays.includes(weekday))?.intervals ?? [];
}

/** `minute` is minutes since local midnight. */
export const isOpenAt = (intervals: Intervals, minute: number): boolean =>
  intervals.some(([from, to]) => minute >= minutesOf(from) && minute < minutesOf(to));

/** "09:30" → 570 */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** 「09:00–12:00，13:00–17:00」 */
export const hoursText = (intervals: Intervals): string =>
  intervals.map(([from, to]) => `${from}–${to}`).join('，');

const dayNames = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/** One line a run of weekdays: 「周一至周五」 → hours. */
export function weekText(hours: readonly WeeklyHours[]): { days: string; hours: string }[] {
  return hours.map(({ weekdays, intervals }) => {
    const first = weekdays[0]!;
    const last = weekdays.at(-1)!;
    const run = last - first === weekdays.length - 1 && weekdays.length > 2;
    const days = run
      ? `${dayNames[first]}至${dayNames[last]}`
      : weekdays.map((each) => dayNames[each]).join('、');
    return { days, hours: hoursText(intervals) };
  });
}

/** Great-circle distance in metres (haversine, mean earth radius). */
export function metresBetween(
  a: { latitude: number; longitude: number },
  b: { latitude: number; longitude: number },
): number {
  const rad = Math.PI / 180;
  const dLat = (b.latitude - a.latitude) * rad;
  const dLng = (b.longitude - a.longitude) * rad;
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin(dLng / 2) ** 2;
  return 2 * 6_371_000 * Math.asin(Math.sqrt(h));
}
