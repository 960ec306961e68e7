import type { LocalDay } from '../../kernel/localDay.ts';
import { weekdayOf } from '../../kernel/localDay.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import type { Hall, HallWindow, HallZone } from './model.ts';
import { type DayHours, hoursOn } from './rules.ts';

type Interval = readonly [string, string];

/** What the schedule reads of a hall. */
export type Timetable = Pick<Hall, 'hours' | 'exceptions' | 'zones' | 'extended' | 'matterHours'>;

/** Windows that work at the same times. */
export interface Shift {
  readonly windows: number;
  readonly intervals: readonly Interval[];
}

/**
 * When one window works: its own hours, or its zone's, or the hall's; an exception of the hall beats all of them. Extended
 * hours come on top, on working days and weekends, never on a public holiday or beyond the calendar.
 */
export function windowHoursOn(
  hall: Timetable,
  zone: Pick<HallZone, 'hours'>,
  window: Pick<HallWindow, 'group' | 'hours'>,
  day: LocalDay,
  calendar: WorkingDayCalendar,
): DayHours {
  const hours = window.hours ?? zone.hours ?? hall.hours;
  const base = hoursOn({ hours, exceptions: hall.exceptions }, day, calendar);
  if (hall.exceptions.some((each) => each.date === day) || day > calendar.coveredUntil) return base;
  const holiday = !calendar.isWorkday(day) && calendar.nameOf(day) !== null;
  const extra = holiday
    ? []
    : (hall.extended ?? []).filter(
        (each) =>
          each.groups.includes(window.group) &&
          each.weekdays.includes(weekdayOf(day)) &&
          (each.from === null || day >= each.from) &&
          (each.to === null || day <= each.to),
      );
  if (extra.length === 0) return base;
  const intervals = union([...base.intervals, ...extra.flatMap((each) => each.intervals)]);
  return { intervals, reason: base.intervals.length === 0 ? '延时服务' : base.reason };
}

/** The shifts of one kind of windows on a day, and why there are none. */
export function shiftsOf(
  hall: Timetable,
  zoneCode: string,
  group: string,
  day: LocalDay,
  calendar: WorkingDayCalendar,
): { readonly shifts: readonly Shift[]; readonly reason: string | null } {
  const shifts: { hours: unknown; windows: number; intervals: readonly Interval[] }[] = [];
  let reason: string | null = null;
  for (const zone of hall.zones) {
    if (zone.code !== zoneCode) continue;
    for (const window of zone.windows) {
      if (window.group !== group) continue;
      const same = shifts.find((each) => each.hours === window.hours);
      if (same) {
        same.windows += 1;
        continue;
      }
      const day_ = windowHoursOn(hall, zone, window, day, calendar);
      reason ??= day_.reason;
      shifts.push({ hours: window.hours, windows: 1, intervals: day_.intervals });
    }
  }
  return { shifts: shifts.filter((each) => each.intervals.length > 0), reason };
}

/** When anybody at all works in the hall, or in one kind of its windows. */
export function openHoursOn(
  hall: Timetable,
  day: LocalDay,
  calendar: WorkingDayCalendar,
  group?: string,
): DayHours {
  const days = hall.zones.flatMap((zone) =>
    distinct(zone.windows.filter((each) => group === undefined || each.group === group)).map((window) =>
      windowHoursOn(hall, zone, window, day, calendar),
    ),
  );
  if (days.length === 0) return hoursOn(hall, day, calendar);
  return {
    intervals: union(days.flatMap((each) => each.intervals)),
    reason: days.find((each) => each.reason !== null)?.reason ?? null,
  };
}

/** May these matters be done from `start` to `end` on this day? */
export const mattersDoneAt = (
  hall: Pick<Timetable, 'matterHours'>,
  matterIds: readonly string[],
  day: LocalDay,
  start: string,
  end: string,
): boolean =>
  (hall.matterHours?.length ?? 0) === 0 ||
  matterIds.every((id) => {
    const rows = hall.matterHours!.filter((each) => each.matterId === id);
    return (
      rows.length === 0 ||
      rows.some(
        (each) =>
          each.weekdays.includes(weekdayOf(day)) &&
          each.intervals.some(([from, to]) => from <= start && end <= to),
      )
    );
  });

/** One of each group and pattern of hours: the others work at the same times. */
const distinct = (windows: readonly HallWindow[]): HallWindow[] =>
  windows.filter(
    (each, index) =>
      windows.findIndex((other) => other.group === each.group && other.hours === each.hours) === index,
  );

/** Intervals in order, joined where they touch or overlap. */
export function union(intervals: readonly Interval[]): Interval[] {
  const joined: [string, string][] = [];
  for (const [from, to] of [...intervals].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const last = joined.at(-1);
    if (!last || from > last[1]) joined.push([from, to]);
    else if (to > last[1]) last[1] = to;
  }
  return joined;
}
