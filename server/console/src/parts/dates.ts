const zone = 'Asia/Shanghai';
const parts = new Intl.DateTimeFormat('zh-CN', {
  timeZone: zone,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function partsOf(instant: Date): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, value]));
}

/** 「11月26日 周四 09:30」 in Beijing time, wherever the browser stands; with the year when it is another one. */
export function momentText(iso: string, now = new Date()): string {
  const at = partsOf(new Date(iso));
  const year = at['year'] === partsOf(now)['year'] ? '' : `${at['year']}年`;
  return `${year}${at['month']}月${at['day']}日 ${at['weekday']} ${at['hour']}:${at['minute']}`;
}

/** The wall time in Beijing as `YYYY-MM-DDTHH:mm`, for pickers that know no zones. */
export function beijingWall(iso: string): string {
  const at = partsOf(new Date(iso));
  const two = (text: string | undefined): string => (text ?? '').padStart(2, '0');
  return `${at['year']}-${two(at['month'])}-${two(at['day'])}T${two(at['hour'])}:${two(at['minute'])}`;
}

/** What a picker chose, read as Beijing time. */
export const fromBeijingWall = (wall: string): string => `${wall}:00+08:00`;
