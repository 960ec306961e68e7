import type { LocalDay } from '../../kernel/localDay.ts';
import { bookings } from './model.ts';

const pageSize = 1000;

/**
 * People who booked a matter for a day since `since`, whatever became of the visit: their ids in order, a page at a time
 * after the id `after`. `next` null: that was the last page.
 */
export async function listApplicants(
  matterId: string,
  since: LocalDay,
  after: string | null,
): Promise<{ personIds: string[]; next: string | null }> {
  const people = await bookings()
    .aggregate<{ _id: string }>([
      {
        $match: {
          date: { $gte: since },
          matterId,
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
