import { localDayOf } from '../../kernel/localDay.ts';
import { bookings } from './model.ts';

/** How many visits for a matter lie ahead in a hall, held ones included. */
export const countBookedAhead = (matterId: string, hallId: string, now: Date): Promise<number> =>
  bookings().countDocuments({
    $or: [{ matterId }, { 'also.id': matterId }],
    hallId,
    date: { $gte: localDayOf(now) }, // by the index of days
    state: { $in: ['held', 'booked'] },
    startsAt: { $gt: now },
  });
