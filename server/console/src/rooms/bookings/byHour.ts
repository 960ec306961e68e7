export interface HourCount {
  /** 「09:00」 */
  readonly hour: string;
  readonly count: number;
}

/** Bookings that hold a place, by the hour in which they begin; hours without any in between are shown as 0. */
export function countByHour(
  rows: readonly { readonly start: string; readonly state: string }[],
): HourCount[] {
  const alive = rows.filter(
    (row) => !['cancelled', 'cancelledByHall', 'expired', 'rescheduled'].includes(row.state),
  );
  const hours = alive.map((row) => Number(row.start.slice(0, 2)));
  if (hours.length === 0) return [];
  const first = Math.min(...hours);
  const last = Math.max(...hours);
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    hour: `${String(first + i).padStart(2, '0')}:00`,
    count: hours.filter((hour) => hour === first + i).length,
  }));
}
