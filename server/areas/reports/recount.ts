import { minuteOfDay } from '../../kernel/localDay.ts';
import { ticketsOfDays } from '../queue/readTickets.ts';
import { type Bucket, countTicket } from './rules.ts';

const hourOf = (at: Date): string => `${String(Math.floor(minuteOfDay(at) / 60)).padStart(2, '0')}:00`;

/** The buckets of each day, counted from the events of its tickets (I12). */
export async function recountDays(
  hallId: string,
  days: readonly string[],
): Promise<ReadonlyMap<string, readonly Bucket[]>> {
  const counted = new Map<string, Map<string, Bucket>>();
  if (days.length === 0) return new Map();
  for await (const ticket of ticketsOfDays(hallId, days)) {
    const day = counted.get(ticket.day) ?? new Map<string, Bucket>();
    counted.set(ticket.day, day);
    countTicket(day, ticket, hourOf);
  }
  return new Map([...counted].map(([day, buckets]) => [day, [...buckets.values()]]));
}
