const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;
const two = (value: number): string => String(value).padStart(2, '0');

/** 「11月26日 周四 09:30」, in the hall's time zone (UTC+8, no summer time) whatever the phone's is. */
export function sayInstant(iso: string): string {
  const at = new Date(Date.parse(iso) + 8 * 3_600_000);
  if (Number.isNaN(at.getTime())) return '';
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${weekdays[at.getUTCDay()]} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** 「08:30」, in the hall's time zone. */
export const sayClock = (iso: string): string => sayInstant(iso).split(' ').at(-1) ?? '';

/** 「14:05」 of minutes and seconds, 「23 小时 59 分」 from an hour on; never below zero. */
export function sayCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} 小时 ${Math.floor((seconds % 3600) / 60)} 分`;
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

/** 「850 米」「3.2 公里」; never nearer than 10 metres, a phone cannot know. */
export function sayDistance(metres: number): string {
  return metres < 1000
    ? `${Math.max(10, Math.round(metres / 10) * 10)} 米`
    : `${(metres / 1000).toFixed(1)} 公里`;
}
