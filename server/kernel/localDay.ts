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

export const addDays = (day: LocalDay, days: number): LocalDay =>
  DateTime.fromISO(day, { zone: hallZone }).plus({ days }).toISODate()!;

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: LocalDay): number => DateTime.fromISO(day, { zone: hallZone }).weekday;

/** The instant at which the local clock shows `time` ("HH:mm") on `day`. */
export const instantAt = (day: LocalDay, time: string): Date =>
  DateTime.fromISO(`${day}T${time}`, { zone: hallZone }).toJSDate();

const weekdayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

/** 「11月26日 周四」 */
export function dayLabel(day: LocalDay): string {
  const at = DateTime.fromISO(day, { zone: hallZone });
  return `${at.month}月${at.day}日 ${weekdayNames[at.weekday - 1]}`;
}

/** 「2026年11月26日 09:30」: the form WeChat's `time` fields take. */
export const noticeTime = (instant: Date): string =>
  DateTime.fromJSDate(instant, { zone: hallZone }).toFormat('yyyy年M月d日 HH:mm');
