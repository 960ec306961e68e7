/** The hall's time zone. Instants are UTC everywhere else. */
export const hallZone = 'Asia/Shanghai';
/**
 * Its distance from UTC: the same all year, since summer time ended in September 1991. Asking a zone's tables for it
 * costs a hundred times as much; a test compares with them. Not for instants before that year.
 */
const offsetMs = 8 * 3_600_000;
/** The hall's wall clock, read as if it were UTC. */
const wallTime = (instant: Date): Date => new Date(instant.getTime() + offsetMs);

/** A day as the hall's wall calendar shows it: `YYYY-MM-DD` in Asia/Shanghai. */
export type LocalDay = string;

export const localDayOf = (instant: Date): LocalDay => wallTime(instant).toISOString().slice(0, 10);

/** Minutes since local midnight, 0–1439. */
export function minuteOfDay(instant: Date): number {
  const at = wallTime(instant);
  return at.getUTCHours() * 60 + at.getUTCMinutes();
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
  new Date(Date.parse(`${day}T${time}Z`) - offsetMs);

const weekdayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

/** 「11月26日 周四」 */
export function dayLabel(day: LocalDay): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日 ${weekdayNames[weekdayOf(day) - 1]}`;
}

/** 「2026年11月26日 09:30」: the form WeChat's `time` fields take. */
export function noticeTime(instant: Date): string {
  const text = wallTime(instant).toISOString();
  return `${text.slice(0, 4)}年${Number(text.slice(5, 7))}月${Number(text.slice(8, 10))}日 ${text.slice(11, 16)}`;
}
