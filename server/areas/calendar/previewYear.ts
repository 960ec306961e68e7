import { addDays, type LocalDay, localDayOf, weekdayOf } from '../../kernel/localDay.ts';
import { estimatedHolidays } from '../../kernel/workingDays/estimate.ts';
import type { LiveCalendar } from '../../kernel/workingDays/liveCalendar.ts';
import type { CalendarChange, CalendarDay, CalendarPreview } from './contract.ts';
import { readNotice } from './readNotice.ts';
import type { CalendarRoom } from './room.ts';
import { checkYear, countWorkdays } from './rules.ts';

/** What a pasted notice would make of a year, with everything that is wrong with it. */
export async function previewYear(room: CalendarRoom, year: number, text: string): Promise<CalendarPreview> {
  const { calendar } = room;
  const read = readNotice(text, year);
  const checked = checkYear(year, read.days, {
    today: localDayOf(room.clock.now()),
    publishedUntil: calendar.publishedUntil,
    isWorkday: (day) => known(calendar, day)?.workday ?? null,
    statutory: estimatedHolidays(year),
  });
  return {
    year,
    days: [...checked.days],
    workdays: countWorkdays(year, checked.days),
    problems: [...read.problems, ...checked.problems],
    warnings: [...checked.warnings],
    changes: await changesOf(room, year, checked.days),
  };
}

/** The days of a year whose kind or name would change. In a year not known yet: its special days. */
export async function changesOf(
  room: CalendarRoom,
  year: number,
  days: readonly CalendarDay[],
): Promise<CalendarChange[]> {
  const special = new Map(days.map((each) => [each.day, each]));
  const changes: Omit<CalendarChange, 'booked'>[] = [];
  for (let day: LocalDay = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    const next = special.get(day);
    const to = { workday: next?.workday ?? weekdayOf(day) <= 5, name: next?.name ?? null };
    const from = known(room.calendar, day);
    const same = from ? from.workday === to.workday && from.name === to.name : next === undefined;
    if (!same) changes.push({ day, from, to });
  }
  const rests = changes.filter(({ from, to }) => from?.workday === true && !to.workday).map(({ day }) => day);
  const booked = rests.length > 0 ? await room.bookedOn(rests) : new Map<LocalDay, number>();
  return changes.map((each) => ({ ...each, booked: booked.get(each.day) ?? 0 }));
}

/** The special days of a year as the calendar has them now. */
export function daysOf(calendar: LiveCalendar, year: number): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let day: LocalDay = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    const name = calendar.nameOf(day);
    if (name !== null) days.push({ day, workday: calendar.isWorkday(day), name });
  }
  return days;
}

function known(calendar: LiveCalendar, day: LocalDay): { workday: boolean; name: string | null } | null {
  if (calendar.sourceOf(Number(day.slice(0, 4))) === null) return null;
  return { workday: calendar.isWorkday(day), name: calendar.nameOf(day) };
}
