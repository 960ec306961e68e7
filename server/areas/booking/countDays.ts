import { bookings } from './model.ts';

export interface BookedDay {
  readonly day: string;
  readonly matter: string;
  readonly state: string;
  readonly count: number;
}

/** The confirmed bookings of a hall on the given days, counted by day, matter and what became of them. */
export async function countBookedDays(hallId: string, days: readonly string[]): Promise<BookedDay[]> {
  const rows = await bookings()
    .aggregate<{ _id: Omit<BookedDay, 'count'>; count: number }>([
      { $match: { hallId, date: { $in: [...days] }, number: { $type: 'string' } } },
      { $group: { _id: { day: '$date', matter: '$matterName', state: '$state' }, count: { $sum: 1 } } },
    ])
    .toArray();
  return rows.map(({ _id, count }) => ({ ..._id, count }));
}
