import { growth } from './bookingParts/growth.ts';
import { lookups } from './bookingParts/lookups.ts';
import { month } from './bookingParts/month.ts';
import { rush } from './bookingParts/rush.ts';
import { runParts } from './runParts.ts';

/**
 * Booking and the queue, on the stand-in store in a process of its own, or on MONGODB_URI. `month_ms`: CPU for one hall's
 * month; `vs_naive`: how many times as much the naive loop costs; `rush_ratio`, `rush_oversold`, `rush_p99_ms`: release
 * time; `lookup_p99_ms`, `lookup_stale`: queue look-ups while calling runs; `growth`: a visit among 1,000,000 stored
 * bookings against among 10,000 (BENCH_BOOKINGS sets the larger number; BENCH_PARTS=month,rush runs only some).
 */
export async function run(): Promise<Record<string, number>> {
  process.env['NODE_ENV'] ??= 'production';
  return runParts('booking', [month, rush, lookups, growth]);
}
