import type { Clock } from '../clock.ts';

/** Tokens per minute and burst for each class of route. One bucket a caller and class. */
export const rateClasses = {
  /** Look-ups; a phone page with live updates stays far below. */
  read: { perMinute: 240, burst: 80 },
  /** Anything that changes data. */
  write: { perMinute: 60, burst: 20 },
  /** Parts of files, and drafts saved as they are typed. */
  upload: { perMinute: 300, burst: 120 },
  /** Passwords, and whatever else could be guessed. */
  guess: { perMinute: 10, burst: 10 },
  /** Sign-in by a one-off code of WeChat's. By address, and one carrier's address hides thousands of phones. */
  signIn: { perMinute: 600, burst: 200 },
  /** Long work: exports, broad searches. */
  heavy: { perMinute: 20, burst: 5 },
  /** Callbacks of partner systems: they are verified by signature, and must not be turned away. */
  partner: { perMinute: 60_000, burst: 6_000 },
} as const;

export type RateClass = keyof typeof rateClasses;

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * Token buckets in this process's memory: the coarse shield of one process. Limits that must hold over all
 * processes (booking quotas, sign-in failures) are conditional writes in the database, in their areas.
 */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();
  constructor(
    private readonly clock: Clock,
    private readonly factor = 1,
  ) {}

  /** Takes one token; returns the seconds to wait when there is none, 0 when it was taken. */
  take(rateClass: RateClass, caller: string): number {
    const { perMinute, burst } = rateClasses[rateClass];
    const perMs = (perMinute * this.factor) / 60_000;
    const capacity = burst * this.factor;
    const now = this.clock.monotonic();
    const key = `${rateClass} ${caller}`;
    const bucket = this.buckets.get(key) ?? { tokens: capacity, at: now };
    bucket.tokens = Math.min(capacity, bucket.tokens + (now - bucket.at) * perMs);
    bucket.at = now;
    this.buckets.delete(key); // re-inserted at the end: the map's order is least recently used first
    this.buckets.set(key, bucket);
    this.forgetOldest();
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perMs / 1000);
    bucket.tokens -= 1;
    return 0;
  }

  private forgetOldest(): void {
    if (this.buckets.size <= 100_000) return;
    for (const key of this.buckets.keys()) {
      this.buckets.delete(key);
      if (this.buckets.size <= 90_000) return;
    }
  }
}
