import { addDays, type LocalDay, weekdayOf } from '../../kernel/localDay.ts';

const weekdays = '一二三四五六日';
/** A date, and what stands in brackets behind it: 「（农历腊月二十八、周日）」. */
const date =
  /(?:(?:(\d{4})\s*[年\-/.]\s*)?(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?|(\d{1,2})\s*日)(?:\s*[（(]([^（）()]*)[）)])?/g;
const weekday = /(?:周|星期|礼拜)([一二三四五六日天])/;
/** 「至」 and its relatives, with nothing else between two dates, make a range of them. */
const until = /^\s*(?:至|到|—+|–|-|~|～)\s*$/;
/** A range longer than this is a misprint: the longest holiday so far had 9 days. */
const longestDays = 15;

export interface DatesRead {
  readonly days: readonly LocalDay[];
  readonly problems: readonly string[];
}

/**
 * Reads dates as notices and tables write them: 「2月15日（周日）至23日（周一）」, 「2月14日、2月28日」, `2026-02-14`. What is
 * left of a month or year comes from the date before, or from `year`. A weekday beside a date must be right.
 */
export function readDates(text: string, year: number): DatesRead {
  const plain = text.replace(/共\s*\d+\s*天/g, '');
  const days: LocalDay[] = [];
  const problems: string[] = [];
  let [lastYear, lastMonth] = [year, 0];
  let before: { readonly end: number; readonly day: LocalDay } | null = null;
  let rest = '';
  let at = 0;
  for (const found of plain.matchAll(date)) {
    const between = plain.slice(at, found.index);
    rest += between;
    at = found.index + found[0].length;
    lastYear = found[1] ? Number(found[1]) : lastYear;
    lastMonth = found[2] ? Number(found[2]) : lastMonth;
    const day = dayOf(lastYear, lastMonth, Number(found[3] ?? found[4]));
    if (day === null) {
      problems.push(`「${found[0].trim()}」不是一个日期`);
      before = null;
      continue;
    }
    const said = weekday.exec(found[5] ?? '')?.[1]?.replace('天', '日');
    const real = weekdays[weekdayOf(day) - 1]!;
    if (said && said !== real) problems.push(`${day} 是周${real}，不是周${said}，请核对年份和日期`);
    if (before && until.test(between)) {
      const span = daysFrom(before.day, day);
      if (typeof span === 'string') problems.push(span);
      else days.push(...span);
    } else days.push(day);
    before = { end: at, day };
  }
  rest += plain.slice(at);
  if (/\d/.test(rest) || (days.length === 0 && problems.length === 0))
    problems.push(`「${text.trim()}」看不懂，日期请写成 1月1日至3日`);
  return { days, problems };
}

function dayOf(year: number, month: number, day: number): LocalDay | null {
  const two = (value: number): string => String(value).padStart(2, '0');
  const text = `${year}-${two(month)}-${two(day)}`;
  const real = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(text) ? text : null;
}

/** The days after `first`, up to `last`; or what is wrong with the range. */
function daysFrom(first: LocalDay, last: LocalDay): LocalDay[] | string {
  if (last <= first) return `${first} 至 ${last}：结束在开始之前`;
  const days: LocalDay[] = [];
  for (let day = first; day < last; ) {
    day = addDays(day, 1);
    days.push(day);
    if (days.length >= longestDays) return `${first} 至 ${last}：超过 ${longestDays} 天，请核对`;
  }
  return days;
}
