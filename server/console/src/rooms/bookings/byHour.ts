export interface HourCount {
  /** 「09:00」 */
  readonly hour: string;
  readonly count: number;
}

/** Visits by the hour in which they begin; an hour without any between others is shown as 0. */
export function countByHour(
  starts: readonly { readonly start: string; readonly count: number }[],
): HourCount[] {
  const hours = starts.map(({ start, count }) => ({ hour: Number(start.slice(0, 2)), count }));
  if (hours.length === 0) return [];
  const first = Math.min(...hours.map((each) => each.hour));
  const last = Math.max(...hours.map((each) => each.hour));
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    hour: `${String(first + i).padStart(2, '0')}:00`,
    count: hours.filter((each) => each.hour === first + i).reduce((sum, each) => sum + each.count, 0),
  }));
}
