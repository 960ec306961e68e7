import type { Clock } from '../../kernel/clock.ts';
import { isDuplicateKey } from '../../kernel/database.ts';
import { newest } from '../booking/newest.ts';
import { misses } from './model.ts';

export interface ChanceRules {
  /** Tries that may fail. */
  readonly allowed: number;
  /** How long it is quiet after the last of them. */
  readonly minutes: number;
}

/**
 * Takes one chance of each key, before the answer is looked at, so that many tries at once are no more than many one after
 * another. `false`: one of them has none left for now.
 */
export async function takeChances(
  clock: Pick<Clock, 'wall'>,
  rules: ChanceRules,
  keys: readonly string[],
): Promise<boolean> {
  for (const key of keys) if (!(await take(clock, rules, key))) return false;
  return true;
}

/** It was no miss: what was taken comes back. */
export async function giveBackChances(keys: readonly string[]): Promise<void> {
  await misses().updateMany({ _id: { $in: [...keys] }, count: { $gt: 0 } }, { $inc: { count: -1 } });
}

async function take(clock: Pick<Clock, 'wall'>, rules: ChanceRules, _id: string): Promise<boolean> {
  const now = clock.wall();
  const until = new Date(now.getTime() + rules.minutes * 60_000);
  for (let attempt = 0; attempt < 5; attempt++) {
    const taken = await misses().updateOne(
      { _id, until: { $gt: now }, count: { $lt: rules.allowed } },
      { $inc: { count: 1 }, $set: { until } },
    );
    if (taken.modifiedCount === 1) return true;
    const fresh = await misses().updateOne({ _id, until: { $lte: now } }, { $set: { count: 1, until } });
    if (fresh.modifiedCount === 1) return true;
    try {
      await misses().insertOne({ _id, count: 1, until });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const stored = await misses().findOne({ _id }, newest());
    if (stored && stored.count >= rules.allowed && stored.until > now) return false;
  }
  return false;
}
