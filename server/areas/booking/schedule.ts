import type { LocalDay } from '../../kernel/localDay.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import type { Hall } from '../halls/model.ts';
import { minutesOf } from '../halls/rules.ts';
import { mattersDoneAt, type Shift, shiftsOf, type Timetable, union } from '../halls/windowHours.ts';
import type { BookingRules } from './settings.ts';

/** A slot as the schedule makes it, before anybody has taken a place. */
export interface PlannedSlot {
  readonly start: string;
  readonly end: string;
  /** In units of `unitMinutes` of one window. */
  readonly capacity: number;
}

export interface PlannedDay {
  readonly slots: readonly PlannedSlot[];
  /** Why there are none: 「国庆节」, an exception's reason; or why the day is special. */
  readonly reason: string | null;
}

export type ScheduleRules = Pick<BookingRules, 'slotMinutes' | 'unitMinutes' | 'walkInShare'>;

/**
 * The slots of one kind of windows on one day: the times at which any of them works, cut into slots (a rest is dropped). A
 * slot's capacity counts the windows that work through all of it.
 */
export function planDay(
  hall: Timetable,
  { zone, group, matterIds = [] }: { zone: string; group: string; matterIds?: readonly string[] },
  day: LocalDay,
  calendar: WorkingDayCalendar,
  rules: ScheduleRules,
): PlannedDay {
  const { shifts, reason } = shiftsOf(hall, zone, group, day, calendar);
  const all = cut(shifts, rules);
  const slots =
    (hall.matterHours?.length ?? 0) === 0
      ? all
      : all.filter((each) => mattersDoneAt(hall, matterIds, day, each.start, each.end));
  return { slots, reason: slots.length === 0 && all.length > 0 ? '这个事项当天不办理' : reason };
}

const cuts = new WeakMap<object, { windows: number; rules: ScheduleRules; slots: readonly PlannedSlot[] }>();

/** The slots of some shifts. Most days of a month have the same one shift: it is cut once. */
function cut(shifts: readonly Shift[], rules: ScheduleRules): readonly PlannedSlot[] {
  const [only] = shifts;
  if (!only) return [];
  if (shifts.length > 1) return cutAll(shifts, rules);
  const known = cuts.get(only.intervals);
  if (known?.windows === only.windows && known.rules === rules) return known.slots;
  const slots = cutAll(shifts, rules);
  cuts.set(only.intervals, { windows: only.windows, rules, slots });
  return slots;
}

function cutAll(shifts: readonly Shift[], rules: ScheduleRules): PlannedSlot[] {
  const slots: PlannedSlot[] = [];
  for (const [from, to] of union(shifts.flatMap((each) => each.intervals))) {
    const last = minutesOf(to) - rules.slotMinutes;
    for (let at = minutesOf(from); at <= last; at += rules.slotMinutes) {
      const start = timeOf(at);
      const end = timeOf(at + rules.slotMinutes);
      const windows = shifts.reduce(
        (sum, each) => sum + (each.intervals.some(([a, b]) => a <= start && end <= b) ? each.windows : 0),
        0,
      );
      if (windows > 0) slots.push({ start, end, capacity: capacityOf(windows, rules) });
    }
  }
  return slots;
}

/** Windows × rate − what is kept for walk-ins; a group that has a window at all takes at least one booking a slot. */
export function capacityOf(windows: number, rules: ScheduleRules): number {
  const all = windows * Math.max(1, Math.floor(rules.slotMinutes / rules.unitMinutes));
  return windows === 0 ? 0 : Math.max(1, Math.floor(all * (1 - rules.walkInShare) + 1e-9));
}

/** Units that a visit of `minutes` takes. One that is longer than the whole slot takes the whole slot. */
export const unitsOf = (
  minutes: number,
  capacity: number,
  rules: Pick<BookingRules, 'unitMinutes'>,
): number => Math.min(Math.max(1, Math.ceil(minutes / rules.unitMinutes)), Math.max(1, capacity));

/** 570 → "09:30" */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The windows of a group in a hall, and the zone they stand in; null where the hall has none. */
export function groupIn(
  hall: Pick<Hall, 'zones'>,
  group: string,
): { zone: string; zoneName: string; windows: number } | null {
  for (const zone of hall.zones) {
    const windows = zone.windows.filter((each) => each.group === group).length;
    if (windows > 0) return { zone: zone.code, zoneName: zone.name, windows };
  }
  return null;
}
