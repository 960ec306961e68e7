import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import type { LocalDay } from '../localDay.ts';

/** A day that differs from the plain week, and why. */
export interface SpecialDay {
  readonly workday: boolean;
  /** 「国庆节」, 「国庆节调休上班」 */
  readonly name: string;
}

/** The package's short names, in the words of the State Council's notices. */
const fullNames: Record<string, string> = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节', 五一: '劳动节' };

const nameIn = (entry: string): string => {
  const short = entry.split(',')[1]!;
  return fullNames[short] ?? short;
};

/** Holidays and make-up working days from 2004 on, as the State Council published them (data of chinese-days). */
export const officialDays: ReadonlyMap<LocalDay, SpecialDay> = new Map([
  ...Object.entries(data.holidays).map(([day, entry]): [LocalDay, SpecialDay] => [
    day,
    { workday: false, name: nameIn(entry) },
  ]),
  ...Object.entries(data.workdays).map(([day, entry]): [LocalDay, SpecialDay] => [
    day,
    { workday: true, name: `${nameIn(entry)}调休上班` },
  ]),
]);

const years = [...officialDays.keys()].map((day) => day.slice(0, 4)).sort();

/** The first and last day that the data covers: whole years, since a notice is for a year. */
export const officialFrom: LocalDay = `${years[0]}-01-01`;
export const officialUntil: LocalDay = `${years.at(-1)}-12-31`;
