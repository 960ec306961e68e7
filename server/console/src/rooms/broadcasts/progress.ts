import type { BroadcastView } from '../../api/broadcasts.ts';

type Counts = BroadcastView['counts'];

/** How many are settled, one way or the other, of how many. */
export function doneOf(counts: Counts): { done: number; percent: number } {
  const done = Math.max(0, counts.audience - counts.waiting);
  // 100 is said only when nobody waits any more.
  const percent = counts.audience === 0 ? 0 : Math.floor((done / counts.audience) * 1000) / 10;
  return { done, percent };
}

export interface Sample {
  readonly at: number;
  readonly done: number;
}

const windowMs = 15_000;

/** Adds what was just seen, and forgets what is older than the window. */
export function withSample(samples: readonly Sample[], next: Sample): Sample[] {
  const kept = samples.filter((each) => next.at - each.at <= windowMs && each.done <= next.done);
  return [...kept, next];
}

/** Messages a second over the window; null while it cannot be told. */
export function rateOf(samples: readonly Sample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < 1500 || last.done === first.done) return null;
  return ((last.done - first.done) * 1000) / (last.at - first.at);
}

/** 「约 3 分钟」; null when nothing is known. */
export function timeLeftText(waiting: number, rate: number | null): string | null {
  if (rate === null || rate <= 0 || waiting === 0) return null;
  const seconds = Math.ceil(waiting / rate);
  if (seconds < 60) return `约 ${seconds} 秒`;
  if (seconds < 3600) return `约 ${Math.ceil(seconds / 60)} 分钟`;
  return `约 ${Math.floor(seconds / 3600)} 小时 ${Math.ceil((seconds % 3600) / 60)} 分钟`;
}
