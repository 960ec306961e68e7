import type { WeeklyHours } from './model.ts';
import { hoursText, weekText } from './rules.ts';
import type { Timetable } from './windowHours.ts';

/** What differs between two timetables, a line each, in the words of the people who run the hall. */
export function describeChange(before: Timetable, after: Timetable): string[] {
  const lines: string[] = [];
  if (!same(before.hours, after.hours)) lines.push(`每周办公时间改为 ${weekly(after.hours)}`);
  const zoneOf = (table: Timetable, code: string) => table.zones.find((each) => each.code === code);
  for (const zone of after.zones) {
    const old = zoneOf(before, zone.code);
    if (!old) {
      lines.push(`增加 ${zone.name}，${zone.windows.length} 个窗口`);
      continue;
    }
    if (!same(old.hours ?? null, zone.hours ?? null))
      lines.push(`${zone.name} 的办公时间${zone.hours ? `改为 ${weekly(zone.hours)}` : '改为与大厅相同'}`);
    const groups = new Set([...old.windows, ...zone.windows].map((each) => each.group));
    for (const group of groups) {
      const [was, now] = [old, zone].map((each) => each.windows.filter((one) => one.group === group));
      if (was!.length !== now!.length) lines.push(`${group}窗口由 ${was!.length} 个改为 ${now!.length} 个`);
      const changed = now!.filter((each) => {
        const earlier = was!.find((one) => one.number === each.number);
        return earlier && !same(earlier.hours ?? null, each.hours ?? null);
      });
      if (changed.length > 0)
        lines.push(`${group} ${changed.map((each) => each.number).join('、')} 号窗口改了办公时间`);
    }
  }
  for (const zone of before.zones) if (!zoneOf(after, zone.code)) lines.push(`撤销 ${zone.name}`);
  const dates = new Set([...before.exceptions, ...after.exceptions].map((each) => each.date));
  for (const date of [...dates].sort()) {
    const [was, now] = [before, after].map((table) => table.exceptions.find((each) => each.date === date));
    if (same(was ?? null, now ?? null)) continue;
    const day = `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;
    lines.push(
      now
        ? `${day} ${now.intervals.length ? hoursText(now.intervals) : '不对外办公'}（${now.reason}）`
        : `${day} 恢复平常安排`,
    );
  }
  if (!same(before.extended ?? [], after.extended ?? [])) lines.push('调整延时服务');
  if (!same(before.matterHours ?? [], after.matterHours ?? [])) lines.push('调整事项的办理时间');
  return lines;
}

const weekly = (hours: readonly WeeklyHours[]): string =>
  weekText(hours)
    .map((each) => `${each.days} ${each.hours}`)
    .join('；') || '不对外办公';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
