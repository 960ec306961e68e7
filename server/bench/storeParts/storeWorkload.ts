import type { Collection } from 'mongodb';
import { atOf, codeOf, hallOf, type Ticket, ticketIndexes, ticketOf } from './tickets.ts';
import type { Workload } from './workload.ts';

const LOAD_BATCH = 5000;
const LOADERS = 2;

/** The workload through the official driver, as the hall does it. */
export function storeWorkload(tickets: Collection<Ticket>): Workload {
  return {
    async find(no) {
      if ((await tickets.findOne({ code: codeOf(no) })) === null)
        throw new Error(`ticket ${no} is not found`);
    },
    async update(no) {
      const after = await tickets.findOneAndUpdate(
        { code: codeOf(no) },
        { $inc: { calls: 1 } },
        { returnDocument: 'after' },
      );
      if (after === null) throw new Error(`ticket ${no} is not found`);
    },
    async insert(no) {
      await tickets.insertOne(ticketOf(no));
    },
    async range(no) {
      const found = await tickets
        .find({ hall: hallOf(no), at: { $lte: atOf(no) } })
        .sort({ at: -1 })
        .limit(20)
        .toArray();
      if (found.length === 0) throw new Error(`the hall of ticket ${no} has no tickets`);
    },
  };
}

/** Fills a collection with the tickets 0 to `count` - 1. */
export async function loadTickets(tickets: Collection<Ticket>, count: number): Promise<void> {
  await tickets.createIndexes(ticketIndexes);
  let next = 0;
  const loader = async () => {
    while (next < count) {
      const from = next;
      next = Math.min(count, from + LOAD_BATCH);
      const batch = Array.from({ length: next - from }, (_, i) => ticketOf(from + i));
      await tickets.insertMany(batch, { ordered: false });
    }
  };
  await Promise.all(Array.from({ length: LOADERS }, loader));
}
