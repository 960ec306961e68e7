import type { ClientSession } from 'mongoose';
import { newId } from '../../kernel/ids.ts';
import { nextNumber } from '../booking/counterModel.ts';
import type { TicketKind } from './contract.ts';
import { type LineKey, touchLine } from './lineModel.ts';
import { type Ticket, tickets } from './model.ts';

export interface NewTicket extends LineKey {
  readonly hallName: string;
  readonly zoneName: string | null;
  readonly kind: TicketKind;
  readonly since: Date;
  readonly at: Date;
  readonly by: string;
  readonly personId?: string;
  readonly bookingId?: string;
  readonly bookingNumber?: string | null;
  readonly matter?: string;
  readonly requestId?: string;
  readonly note?: string | null;
}

/** The letters before the number: the zone, and who stands in which order. */
export const prefixOf = (zone: string, kind: TicketKind): string =>
  `${zone}${{ booked: 'Y', priority: 'U', walkIn: '' }[kind]}`;

/** Gives a ticket in the caller's transaction: its number is dense per hall, day and prefix, over all processes. */
export async function issueTicket(wanted: NewTicket, session: ClientSession): Promise<Ticket> {
  const { hallId, zone, group, day, kind, at, by } = wanted;
  const prefix = prefixOf(zone, kind);
  const number = await nextNumber(`ticket ${hallId} ${day} ${prefix}`, session);
  const order = await nextNumber(`tickets ${hallId} ${day}`, session);
  const ticket: Ticket = {
    _id: newId(),
    hallId,
    hallName: wanted.hallName,
    zone,
    zoneName: wanted.zoneName,
    group,
    day,
    prefix,
    number,
    label: `${prefix}${String(number).padStart(3, '0')}`,
    kind,
    state: 'waiting',
    personId: wanted.personId ?? null,
    bookingId: wanted.bookingId ?? null,
    bookingNumber: wanted.bookingNumber ?? null,
    matter: wanted.matter ?? null,
    requestId: wanted.requestId ?? null,
    since: wanted.since,
    order,
    overtaken: 0,
    calls: 0,
    misses: 0,
    window: null,
    toldSoon: false,
    note: wanted.note ?? null,
    issuedAt: at,
    calledAt: null,
    servedAt: null,
    endedAt: null,
    history: [{ at, by, event: 'issue', to: 'waiting', window: null, why: null }],
  };
  await tickets().insertOne(ticket, { session });
  await touchLine({ hallId, zone, group, day }, session);
  return ticket;
}
