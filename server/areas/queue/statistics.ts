import { DateTime } from 'luxon';
import { hallZone } from '../../kernel/localDay.ts';
import { countBookingStates } from '../booking/advanceBooking.ts';
import type { QueueStatistics } from './contract.ts';
import { type Ticket, tickets } from './model.ts';

type Counted = Pick<Ticket, 'group' | 'matter' | 'state' | 'issuedAt' | 'history'>;

interface Sum {
  tickets: number;
  served: number;
  missed: number;
  waits: number[];
  services: number[];
}

/** Waiting and service times, counted again from the events of each ticket (I12); nothing is kept beside them. */
export async function queueStatistics(hallId: string, from: string, to: string): Promise<QueueStatistics> {
  const byGroup = new Map<string, Sum>();
  const byHour = new Map<string, Sum>();
  const byMatter = new Map<string, Sum>();
  const rows = tickets().find(
    { hallId, day: { $gte: from, $lte: to } },
    { projection: { group: 1, matter: 1, state: 1, issuedAt: 1, history: 1 } },
  );
  for await (const ticket of rows) {
    add(byGroup, ticket.group, ticket);
    add(byHour, DateTime.fromJSDate(ticket.issuedAt, { zone: hallZone }).toFormat('HH:00'), ticket);
    add(byMatter, ticket.matter ?? '现场办理', ticket);
  }
  const states = await countBookingStates(hallId, from, to);
  const count = (...names: string[]): number => names.reduce((sum, name) => sum + (states[name] ?? 0), 0);
  return {
    byGroup: table(byGroup),
    byHour: table(byHour),
    byMatter: table(byMatter),
    bookings: {
      booked: Object.values(states).reduce((sum, each) => sum + each, 0),
      done: count('done'),
      noShow: count('noShow'),
      cancelled: count('cancelled', 'cancelledByHall', 'rescheduled'),
    },
  };
}

function add(into: Map<string, Sum>, key: string, ticket: Counted): void {
  const sum = into.get(key) ?? { tickets: 0, served: 0, missed: 0, waits: [], services: [] };
  into.set(key, sum);
  sum.tickets += 1;
  const at = (event: string): number | undefined =>
    ticket.history.find((each) => each.event === event)?.at.getTime();
  const called = at('call');
  const served = at('serve');
  const finished = at('finish');
  if (called !== undefined) sum.waits.push((called - ticket.issuedAt.getTime()) / 60_000);
  if (finished !== undefined) {
    sum.served += 1;
    if (served !== undefined) sum.services.push((finished - served) / 60_000);
  }
  if (at('expire') !== undefined) sum.missed += 1;
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0
    ? null
    : Math.round((values.reduce((sum, each) => sum + each, 0) / values.length) * 10) / 10;

const table = (sums: ReadonlyMap<string, Sum>): QueueStatistics['byGroup'] =>
  [...sums]
    .map(([key, sum]) => ({
      key,
      tickets: sum.tickets,
      served: sum.served,
      missed: sum.missed,
      waitMinutes: mean(sum.waits),
      serviceMinutes: mean(sum.services),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
