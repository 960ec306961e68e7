import { DateTime } from 'luxon';

/** The hall's time zone. Instants are UTC everywhere else. */
export const hallZone = 'Asia/Shanghai';

/** A day as the hall's wall calendar shows it: `YYYY-MM-DD` in Asia/Shanghai. */
export type LocalDay = string;

export const localDayOf = (instant: Date): LocalDay =>
  DateTime.fromJSDate(instant, { zone: hallZone }).toISODate()!;

/** Minutes since local midnight, 0–1439. */
export function minuteOfDay(instant: Date): number {
  const at = DateTime.fromJSDate(instant, { zone: hallZone });
  return at.hour * 60 + at.minute;
}

// A calendar day has no time zone: these three count in UTC, which is many times cheaper than a zoned date.
const dayMs = 86_400_000;
const utcOf = (day: LocalDay): number => Date.parse(`${day}T00:00:00Z`);

export const addDays = (day: LocalDay, days: number): LocalDay =>
  new Date(utcOf(day) + days * dayMs).toISOString().slice(0, 10);

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: LocalDay): number => new Date(utcOf(day)).getUTCDay() || 7;

/** The instant at which the local clock shows `time` ("HH:mm") on `day`. */
export const instantAt = (day: LocalDay, time: string): Date =>
  DateTime.fromISO(`${day}T${time}`, { zone: hallZone }).toJSDate();

const weekdayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

/** 「11月26日 周四」 */
export function dayLabel(day: LocalDay): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日 ${weekdayNames[weekdayOf(day) - 1]}`;
}

/** 「2026年11月26日 09:30」: the form WeChat's `time` fields take. */
export const noticeTime = (instant: Date): string =>
  DateTime.fromJSDate(instant, { zone: hallZone }).toFormat('yyyy年M月d日 HH:mm');
