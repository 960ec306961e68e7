import type { Wait } from './contract.ts';

/** How long visits take: the quarter that is quickest, and the quarter that is slowest, in minutes. */
export function serviceRange(
  recent: readonly number[],
  usual: number,
): { low: number; high: number; mean: number } {
  if (recent.length < 3) return { low: usual * 0.7, high: usual * 1.5, mean: usual };
  const sorted = [...recent].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;
  const mean = sorted.reduce((sum, each) => sum + each, 0) / sorted.length;
  return { low: at(0.25), high: Math.max(at(0.75), at(0.25) + 1), mean: Math.max(1, mean) };
}

/** The wait of somebody with `ahead` people before them; null where no window is open. */
export function waitOf(
  ahead: number,
  windows: number,
  recent: readonly number[],
  usual: number,
): Wait | null {
  if (windows === 0) return null;
  const { low, high } = serviceRange(recent, usual);
  return { from: Math.floor((ahead * low) / windows), to: Math.ceil(((ahead + 1) * high) / windows) };
}

/** May one more ticket be given: do the windows get through those who wait, and one more, before the hall closes? */
export function ticketsLeft(
  minutesLeft: number,
  windows: number,
  waiting: number,
  recent: readonly number[],
  rules: { readonly contingent: number; readonly serviceMinutes: number },
): number {
  const { mean } = serviceRange(recent, rules.serviceMinutes);
  return Math.max(0, Math.floor((minutesLeft * windows * rules.contingent) / mean) - waiting);
}
