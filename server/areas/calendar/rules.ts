import { addDays, type LocalDay, weekdayOf } from '../../kernel/localDay.ts';
import type { CalendarDay, CalendarProblem } from './contract.ts';

export interface YearChecked {
  /** The days of the year itself. */
  readonly days: readonly CalendarDay[];
  readonly problems: readonly CalendarProblem[];
  readonly warnings: readonly CalendarProblem[];
}

interface Known {
  readonly today: LocalDay;
  readonly publishedUntil: LocalDay;
  /** Of the day before or after the year, where it is known. */
  readonly isWorkday: (day: LocalDay) => boolean | null;
  /** The days that the law itself makes holidays (全国年节及纪念日放假办法), by the calendar's reckoning. */
  readonly statutory: ReadonlyMap<LocalDay, { readonly name: string }>;
}

const whole = (text: string): CalendarProblem => ({ line: null, text });

/** What is wrong with the days of a year, and what is odd about them. */
export function checkYear(year: number, read: readonly CalendarDay[], known: Known): YearChecked {
  const problems: CalendarProblem[] = [];
  const warnings: CalendarProblem[] = [];
  const days: CalendarDay[] = [];
  const thisYear = Number(known.today.slice(0, 4));
  const published = Number(known.publishedUntil.slice(0, 4));
  if (year < thisYear) problems.push(whole(`${year} 年已经过去，不能再改`));
  if (year > published + 1) problems.push(whole(`${published + 1} 年还没有导入，不能跳过它导入 ${year} 年`));

  for (const each of read) {
    if (each.day.startsWith(`${year}-`)) days.push(each);
    else if (known.isWorkday(each.day) === each.workday)
      warnings.push(whole(`${each.day} 不在 ${year} 年，已略过（那一天的安排没有变）`));
    else problems.push(whole(`${each.day} 不在 ${year} 年，请核对年份`));
  }
  for (const { day, workday, name } of days) {
    if (workday && weekdayOf(day) <= 5)
      problems.push(whole(`${day}「${name}」本来就是工作日，不能再作调休上班日`));
  }
  const rests = new Set(days.filter(({ workday }) => !workday).map(({ day }) => day));
  for (const [day, { name }] of known.statutory)
    if (!rests.has(day)) problems.push(whole(`${day} 是法定节假日（${name}），没有列入放假`));

  const rested = [...rests].filter((day) => weekdayOf(day) <= 5).length;
  const worked = days.length - rests.size;
  if (rested - worked !== known.statutory.size)
    warnings.push(
      whole(
        `工作日放假 ${rested} 天，调休上班 ${worked} 天，相差 ${rested - worked} 天；法定节假日是 ${known.statutory.size} 天，请核对有没有漏写`,
      ),
    );
  return { days, problems, warnings };
}

/** How many working days a year has. */
export function countWorkdays(year: number, days: readonly CalendarDay[]): number {
  const special = new Map(days.map(({ day, workday }) => [day, workday]));
  let count = 0;
  for (let day: LocalDay = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1))
    if (special.get(day) ?? weekdayOf(day) <= 5) count += 1;
  return count;
}

/** From this many days before the calendar ends, staff are told to import the next year. */
export const warnDays = 75;

/** What to do about a calendar that ends soon; null while there is time. */
export function coverageWarning(today: LocalDay, publishedUntil: LocalDay): string | null {
  if (addDays(today, warnDays) < publishedUntil) return null;
  const next = Number(publishedUntil.slice(0, 4)) + 1;
  return today > publishedUntil
    ? `${next} 年的放假安排还没有导入，办理时限只能按周末估算。`
    : `${next} 年的放假安排还没有导入，${next - 1}年12月31日以后的时限只能按周末估算；国务院通知发布后请尽快导入。`;
}
