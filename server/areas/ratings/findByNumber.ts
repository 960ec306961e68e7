import { isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { newest } from '../booking/newest.ts';
import { ratingsErrors } from './contract.ts';
import { misses, type ServiceEvent, serviceEvents } from './model.ts';
import { lookUpOf } from './openRatingEvent.ts';
import type { RatingsRoom } from './room.ts';
import { plainNumber } from './rules.ts';

/**
 * A service by the applicant's name and its number. Each try takes one of a few chances of the caller, and of the number
 * (one number cannot be tried from many accounts); a fit gives both back. The answer does not tell which part was wrong.
 * Errors: 404 ratings.unknown, 429 ratings.too_many_misses.
 */
export async function findByNumber(
  room: RatingsRoom,
  caller: string,
  { name, number }: { readonly name: string; readonly number: string },
): Promise<ServiceEvent> {
  const chances = [`caller ${caller}`, `number ${room.cipher.index(plainNumber(number), 'ratings.number')}`];
  for (const chance of chances) await take(room, chance);
  const found = await serviceEvents()
    .find({ lookUp: lookUpOf(room, name, number) })
    .sort({ finishedAt: -1 })
    .limit(1)
    .next();
  if (!found) throw new HallError(ratingsErrors.unknown);
  await misses().updateMany({ _id: { $in: chances }, count: { $gt: 0 } }, { $inc: { count: -1 } });
  return found;
}

/** Counted before it is looked at, so that many tries at once are no more than many one after another. */
async function take(room: RatingsRoom, _id: string): Promise<void> {
  const { allowed, minutes } = room.rules.misses;
  const now = room.clock.wall();
  const until = new Date(now.getTime() + minutes * 60_000);
  for (let attempt = 0; attempt < 5; attempt++) {
    const taken = await misses().updateOne(
      { _id, until: { $gt: now }, count: { $lt: allowed } },
      { $inc: { count: 1 }, $set: { until } },
    );
    if (taken.modifiedCount === 1) return;
    const fresh = await misses().updateOne({ _id, until: { $lte: now } }, { $set: { count: 1, until } });
    if (fresh.modifiedCount === 1) return;
    try {
      await misses().insertOne({ _id, count: 1, until });
      return;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const stored = await misses().findOne({ _id }, newest());
    if (stored && stored.count >= allowed && stored.until > now) break;
  }
  throw new HallError(ratingsErrors.tooManyMisses);
}
