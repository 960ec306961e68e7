import type { LocalDay } from '../../kernel/localDay.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import type { Hall } from '../halls/model.ts';
import { hoursOn, minutesOf } from '../halls/rules.ts';
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

/** The slots of `windows` interchangeable windows on one day: the hall's hours cut into slots; a rest is dropped. */
export function planDay(
  hall: Pick<Hall, 'hours' | 'exceptions'>,
  windows: number,
  day: LocalDay,
  calendar: WorkingDayCalendar,
  rules: ScheduleRules,
): PlannedDay {
  const { intervals, reason } = hoursOn(hall, day, calendar);
  const capacity = capacityOf(windows, rules);
  const slots: PlannedSlot[] = [];
  for (const [from, to] of intervals) {
    const last = minutesOf(to) - rules.slotMinutes;
    for (let at = minutesOf(from); at <= last; at += rules.slotMinutes) {
      slots.push({ start: timeOf(at), end: timeOf(at + rules.slotMinutes), capacity });
    }
  }
  return { slots, reason };
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
