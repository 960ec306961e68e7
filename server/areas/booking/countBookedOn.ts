import type { LocalDay } from '../../kernel/localDay.ts';
import { BookingModel } from './model.ts';

/** How many visits are booked on each of these days, over all halls. */
export async function countBookedOn(days: readonly LocalDay[]): Promise<Map<LocalDay, number>> {
  const rows = await BookingModel.aggregate<{ _id: LocalDay; count: number }>([
    { $match: { state: 'booked', date: { $in: [...days] } } },
    { $group: { _id: '$date', count: { $sum: 1 } } },
  ]);
  return new Map(rows.map(({ _id, count }) => [_id, count]));
}
