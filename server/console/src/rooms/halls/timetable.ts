import type { Timetable, Weekly, Zone } from '../../api/schedule.ts';

const names = ['', '一', '二', '三', '四', '五', '六', '日'];

/** 「周一至周五」「周六」 */
export function daysText(weekdays: readonly number[]): string {
  const sorted = [...weekdays].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return '没有选日子';
  if (sorted.length > 2 && last - first === sorted.length - 1) return `周${names[first]}至周${names[last]}`;
  return sorted.map((each) => `周${names[each]}`).join('、');
}

/** 「09:00–12:00，13:00–17:00」 */
export const timesText = (intervals: Weekly['intervals']): string =>
  intervals.map(([from, to]) => `${from}–${to}`).join('，') || '不办公';

/** 「09:00-12:00, 13:00-17:00」 typed by a person; null where it cannot be read. */
export function readTimes(text: string): Weekly['intervals'] | null {
  const parts = text
    .split(/[,，、;；\s]+/)
    .map((each) => each.trim())
    .filter(Boolean);
  const intervals: [string, string][] = [];
  for (const part of parts) {
    const match = /^(\d{1,2})[:：](\d{2})[-–—~至](\d{1,2})[:：](\d{2})$/.exec(part);
    if (!match) return null;
    const [from, to] = [
      `${match[1]!.padStart(2, '0')}:${match[2]}`,
      `${match[3]!.padStart(2, '0')}:${match[4]}`,
    ];
    const known = (time: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
    if (!known(from) || !known(to) || from >= to) return null;
    intervals.push([from, to]);
  }
  const sorted = intervals.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return sorted.some((each, at) => at > 0 && each[0] < sorted[at - 1]![1]) ? null : sorted;
}

export interface GroupRow {
  readonly zone: string;
  readonly group: string;
  readonly windows: Zone['windows'];
}

export const groupsOf = (zone: Zone): GroupRow[] =>
  [...new Set(zone.windows.map((each) => each.group))].map((group) => ({
    zone: zone.code,
    group,
    windows: zone.windows.filter((each) => each.group === group),
  }));

/** The same timetable with so many windows of a group: the last are taken away, or new ones numbered on. */
export function withWindows(table: Timetable, row: GroupRow, count: number): Timetable {
  const numbers = new Set(table.zones.flatMap((zone) => zone.windows.map((each) => each.number)));
  const zones = table.zones.map((zone) => {
    if (zone.code !== row.zone) return zone;
    const mine = zone.windows.filter((each) => each.group === row.group);
    if (count <= mine.length) {
      const gone = new Set(mine.slice(count).map((each) => each.number));
      return { ...zone, windows: zone.windows.filter((each) => !gone.has(each.number)) };
    }
    const model = mine[0] ?? row.windows[0]!;
    const added = Array.from({ length: count - mine.length }, () => {
      let index = 1;
      const number = (): string => `${zone.code}${String(index).padStart(2, '0')}`;
      while (numbers.has(number())) index += 1;
      numbers.add(number());
      return { ...model, number: number(), hours: null };
    });
    return { ...zone, windows: [...zone.windows, ...added] };
  });
  return { ...table, zones };
}
