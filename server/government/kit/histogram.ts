/** Upper ends of the buckets, milliseconds; each about a third above the one before, so that a quantile is that exact. */
export const bounds = [
  1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 48, 64, 85, 113, 150, 200, 267, 356, 475, 633, 844, 1125, 1500, 2000,
  2667, 3556, 4741, 6321, 8428, 11_237, 14_983, 20_000,
] as const;

/** The bucket of a time; the last one holds whatever took longer than the longest bound. */
export function bucketOf(ms: number): number {
  const found = bounds.findIndex((bound) => ms <= bound);
  return found === -1 ? bounds.length : found;
}

/** The time that `share` of the calls did not exceed, interpolated within its bucket; null without calls. */
export function quantileOf(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let left = share * total;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (count === 0 || left > count) {
      left -= count;
      continue;
    }
    const from = i === 0 ? 0 : bounds[i - 1]!;
    const until = bounds[i] ?? from;
    return Math.round((from + (until - from) * (left / count)) * 10) / 10;
  }
  return bounds[bounds.length - 1]!;
}
