import { growth } from './caseParts/growth.ts';
import { ratings } from './caseParts/ratings.ts';
import { submit } from './caseParts/submit.ts';
import { runParts } from './runParts.ts';

/**
 * Applying online, on the stand-in store in a process of its own, or on MONGODB_URI. `submit_p99_ms`: a submission with five
 * attachments; `growth_list`, `growth_timeline`: my cases, and one with its timeline, among 1,000,000 against among 10,000
 * (BENCH_CASES sets the larger number; BENCH_PARTS=submit runs only some). `ratings_month_ms`: the statistics of a month of
 * 1,000,000 ratings (BENCH_RATINGS).
 */
export function run(): Promise<Record<string, number>> {
  return runParts('cases', [submit, growth, ratings]);
}
