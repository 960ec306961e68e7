import type { LocalDay } from '../../kernel/localDay.ts';
import { bookings } from './model.ts';

const pageSize = 1000;

/**
 * People who booked at one of these halls for a day since `since`, whatever became of the visit: their ids in order, a
 * page at a time after the id `after`. `next` null: that was the last page.
 */
export async function listVisitors(
  hallIds: readonly string[],
  since: LocalDay,
  after: string | null,
): Promise<{ personIds: string[]; next: string | null }> {
  const people = await bookings()
    .aggregate<{ _id: string }>([
      {
        $match: {
          date: { $gte: since },
          hallId: { $in: hallIds },
          state: { $nin: ['held', 'expired'] },
          ...(after !== null && { personId: { $gt: after } }),
        },
      },
      { $group: { _id: '$personId' } },
      { $sort: { _id: 1 } },
      { $limit: pageSize + 1 },
    ])
    .toArray();
  const personIds = people.slice(0, pageSize).map(({ _id }) => _id);
  return { personIds, next: people.length > pageSize ? personIds.at(-1)! : null };
}

/** Whose booking each number is; numbers of nobody are left out. */
export async function holdersOf(numbers: readonly string[]): Promise<Map<string, string>> {
  const found = await bookings()
    .find({ number: { $in: [...numbers] } }, { projection: { number: 1, personId: 1 } })
    .toArray();
  return new Map(found.map(({ number, personId }) => [number!, personId]));
}
