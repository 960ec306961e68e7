import type { CountedTicket } from '../queue/readTickets.ts';
import type { VisitsRow } from './contract.ts';

/** By what the tickets of a day are counted, each within their kind of windows. */
export type Dimension = 'hour' | 'matter' | 'window';

/** Sums that can be added: of one key of one dimension of one kind of windows. */
export interface Bucket {
  readonly group: string;
  readonly by: Dimension;
  readonly key: string;
  tickets: number;
  served: number;
  missed: number;
  left: number;
  called: number;
  waitMs: number;
  longestMs: number;
  services: number;
  serviceMs: number;
}

type Sums = Omit<Bucket, 'group' | 'by' | 'key'>;

const nothing = (): Sums => ({
  tickets: 0,
  served: 0,
  missed: 0,
  left: 0,
  called: 0,
  waitMs: 0,
  longestMs: 0,
  services: 0,
  serviceMs: 0,
});

/** Adds one ticket's events to the buckets it belongs to. `hourOf` is the local hour, "09:00". */
export function countTicket(
  into: Map<string, Bucket>,
  ticket: CountedTicket,
  hourOf: (at: Date) => string,
): void {
  const sums = sumsOf(ticket);
  const windows = ticket.history.flatMap((each) =>
    each.event === 'serve' && each.window ? [each.window] : [],
  );
  const keys: [Dimension, string | undefined][] = [
    ['hour', hourOf(ticket.issuedAt)],
    ['matter', ticket.matter ?? '现场办理'],
    ['window', windows.at(-1)],
  ];
  for (const [by, key] of keys) {
    if (key === undefined) continue;
    const id = `${ticket.group}|${by}|${key}`;
    const bucket = into.get(id) ?? { group: ticket.group, by, key, ...nothing() };
    into.set(id, bucket);
    add(bucket, sums);
  }
}

function sumsOf({ history, issuedAt }: CountedTicket): Sums {
  const at = (event: string): number | undefined =>
    history.find((each) => each.event === event)?.at.getTime();
  const [called, served, finished] = [at('call'), at('serve'), at('finish')];
  const wait = called === undefined ? 0 : called - issuedAt.getTime();
  const serviced = finished !== undefined && served !== undefined;
  return {
    tickets: 1,
    served: finished === undefined ? 0 : 1,
    missed: at('expire') === undefined ? 0 : 1,
    left: at('leave') === undefined ? 0 : 1,
    called: called === undefined ? 0 : 1,
    waitMs: wait,
    longestMs: wait,
    services: serviced ? 1 : 0,
    serviceMs: serviced ? finished - served : 0,
  };
}

function add(into: Sums, more: Sums): void {
  into.tickets += more.tickets;
  into.served += more.served;
  into.missed += more.missed;
  into.left += more.left;
  into.called += more.called;
  into.waitMs += more.waitMs;
  into.longestMs = Math.max(into.longestMs, more.longestMs);
  into.services += more.services;
  into.serviceMs += more.serviceMs;
}

/** Buckets added up by a name of each; in the order of the names. */
export function table<T extends Bucket>(
  buckets: readonly T[],
  nameOf: (bucket: T) => string | null,
): VisitsRow[] {
  const sums = new Map<string, Sums>();
  for (const bucket of buckets) {
    const key = nameOf(bucket);
    if (key === null) continue;
    const sum = sums.get(key) ?? nothing();
    sums.set(key, sum);
    add(sum, bucket);
  }
  return [...sums].map(([key, sum]) => rowOf(key, sum)).sort((a, b) => (a.key < b.key ? -1 : 1));
}

export const emptyRow = (key: string): VisitsRow => rowOf(key, nothing());

const rowOf = (key: string, sum: Sums): VisitsRow => ({
  key,
  tickets: sum.tickets,
  served: sum.served,
  missed: sum.missed,
  left: sum.left,
  waitMinutes: mean(sum.waitMs, sum.called),
  longestWait: mean(sum.called ? sum.longestMs : 0, sum.called ? 1 : 0),
  serviceMinutes: mean(sum.serviceMs, sum.services),
});

const mean = (ms: number, count: number): number | null =>
  count === 0 ? null : Math.round(ms / count / 6000) / 10;
