import chineseDays from 'chinese-days';
import { addDays, type LocalDay } from '../localDay.ts';
import type { SpecialDay } from './officialDays.ts';

/** The formula of 清明 below holds for this century. */
export const estimateUntil: LocalDay = '2099-12-31';

/** 清明, the solar term, in Beijing's calendar: the common formula for 2000–2099. */
function clearBrightness(year: number): LocalDay {
  const y = year % 100;
  return `${year}-04-0${Math.floor(y * 0.2422 + 4.81) - Math.floor(y / 4)}`;
}

/** The day of `year` that the lunar calendar calls `month`/`day`, leap months aside. (The package's way back depends on the machine's zone.) */
function lunarDay(year: number, month: number, day: number): LocalDay {
  for (let at: LocalDay = `${year}-01-15`; at <= `${year}-12-31`; at = addDays(at, 1)) {
    const { lunarMon, lunarDay: dayOfMonth, isLeap } = chineseDays.getLunarDate(at);
    if (lunarMon === month && dayOfMonth === day && !isLeap) return at;
  }
  throw new RangeError(`no lunar ${month}/${day} in ${year}`);
}

/**
 * The statutory holidays of a year whose arrangement is not published yet (全国年节及纪念日放假办法, as amended for 2025):
 * the days themselves, without any swap, because swaps are the State Council's decision and cannot be foreseen.
 */
export function estimatedHolidays(year: number): Map<LocalDay, SpecialDay> {
  const days = new Map<LocalDay, SpecialDay>();
  const rest = (name: string, first: LocalDay, count: number): void => {
    for (let i = 0; i < count; i++) days.set(addDays(first, i), { workday: false, name });
  };
  rest('元旦', `${year}-01-01`, 1);
  rest('春节', addDays(lunarDay(year, 1, 1), -1), 4);
  rest('清明节', clearBrightness(year), 1);
  rest('劳动节', `${year}-05-01`, 2);
  rest('端午节', lunarDay(year, 5, 5), 1);
  rest('国庆节', `${year}-10-01`, 3);
  rest('中秋节', lunarDay(year, 8, 15), 1);
  return days;
}
