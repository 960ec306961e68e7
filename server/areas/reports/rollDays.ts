import type { Clock } from '../../kernel/clock.ts';
import { addDays, localDayOf } from '../../kernel/localDay.ts';
import { countBookedDays } from '../booking/countDays.ts';
import { endedDays } from '../queue/readTickets.ts';
import { rolledDays } from './model.ts';
import { recountDays } from './recount.ts';

/**
 * Counts days that are over into one document each, so that a long report adds hundreds of documents instead of a million
 * tickets. The last week is counted again each night, for what was still corrected. Safe to run twice.
 */
export async function rollDays(clock: Clock): Promise<number> {
  const now = clock.now();
  const today = localDayOf(now);
  const known = new Set(
    (
      await rolledDays()
        .find({}, { projection: { _id: 1 } })
        .toArray()
    ).map((each) => each._id),
  );
  const ended = await endedDays('2000-01-01', today);
  let rolled = 0;
  for (const { hallId, day } of ended) {
    const _id = `${hallId}|${day}`;
    if (known.has(_id) && day < addDays(today, -7)) continue;
    const [counted, booked] = await Promise.all([recountDays(hallId, [day]), countBookedDays(hallId, [day])]);
    const buckets = counted.get(day) ?? [];
    await rolledDays().updateOne(
      { _id },
      { $set: { hallId, day, buckets, booked, rolledAt: now } },
      { upsert: true },
    );
    rolled += 1;
  }
  return rolled;
}
