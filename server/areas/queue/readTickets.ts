import { type Ticket, tickets } from './model.ts';
import { openTicketStates } from './states.ts';

/** What statistics need of a ticket: its events, and what it was for. */
export type CountedTicket = Pick<
  Ticket,
  '_id' | 'day' | 'group' | 'matter' | 'issuedAt' | 'history' | 'window' | 'label'
>;

/** The tickets of a hall on the given days, one after the other: a million need no more memory than ten. */
export const ticketsOfDays = (hallId: string, days: readonly string[]): AsyncIterable<CountedTicket> =>
  tickets().find(
    { hallId, day: { $in: [...days] } },
    { projection: { day: 1, group: 1, matter: 1, issuedAt: 1, history: 1, window: 1, label: 1 } },
  );

/** The days before `today`, from `from` on, on which a hall gave tickets and all of them have ended. */
export async function endedDays(from: string, today: string): Promise<{ hallId: string; day: string }[]> {
  const rows = await tickets()
    .aggregate<{ _id: { hallId: string; day: string }; open: number }>([
      { $match: { day: { $gte: from, $lt: today } } },
      {
        $group: {
          _id: { hallId: '$hallId', day: '$day' },
          open: { $sum: { $cond: [{ $in: ['$state', [...openTicketStates]] }, 1, 0] } },
        },
      },
    ])
    .toArray();
  return rows.filter((each) => each.open === 0).map((each) => each._id);
}
