import type { ShownPerson } from '../booking/room.ts';
import type { PaperTicket, StaffTicket, TicketView } from './contract.ts';
import { waitOf } from './estimate.ts';
import type { Ticket } from './model.ts';
import { keyOf, lineReader } from './readLine.ts';
import type { QueueRoom } from './room.ts';
import { ticketKindLabels, ticketStateLabels } from './states.ts';
import { windows } from './windowModel.ts';

interface Standing {
  readonly ahead: number | null;
  readonly wait: { from: number; to: number } | null;
  readonly nowCalling: { label: string; window: string }[];
}

/** Where a ticket stands at this moment. */
export async function standingOf(ticket: Ticket, room: QueueRoom): Promise<Standing> {
  const key = keyOf(ticket);
  const state = await lineReader.read(key);
  const { line } = state;
  const nowCalling = line.calls
    .slice(-3)
    .reverse()
    .map(({ label, window }) => ({ label, window }));
  if (ticket.state !== 'waiting') return { ahead: null, wait: null, nowCalling };
  const order = lineReader.orderIn(state, room);
  const open = await openWindows(ticket.hallId, ticket.group);
  const ahead = Math.max(0, order.indexOf(ticket._id));
  return { ahead, wait: waitOf(ahead, open, line.recent, room.rules.serviceMinutes), nowCalling };
}

export const openWindows = (hallId: string, group: string): Promise<number> =>
  windows().countDocuments({ hallId, groups: group, open: true });

export async function presentTicket(ticket: Ticket, room: QueueRoom): Promise<TicketView> {
  const standing = await standingOf(ticket, room);
  return {
    id: ticket._id,
    label: ticket.label,
    kind: ticket.kind,
    kindLabel: ticketKindLabels[ticket.kind],
    state: ticket.state,
    stateLabel: ticketStateLabels[ticket.state],
    hall: { id: ticket.hallId, name: ticket.hallName, zone: ticket.zoneName },
    group: ticket.group,
    matter: ticket.matter,
    window: ticket.window,
    ...standing,
    note: ticket.note,
    issuedAt: ticket.issuedAt.toISOString(),
    calledAt: ticket.calledAt?.toISOString() ?? null,
    bookingId: ticket.bookingId,
    asOf: room.clock.now().toISOString(),
  };
}

export async function presentPaper(ticket: Ticket, room: QueueRoom): Promise<PaperTicket> {
  const { ahead, wait } = await standingOf(ticket, room);
  return {
    label: ticket.label,
    kind: ticket.kind,
    kindLabel: ticketKindLabels[ticket.kind],
    hall: ticket.hallName,
    group: ticket.group,
    ahead,
    wait,
    issuedAt: ticket.issuedAt.toISOString(),
    note: ticket.note,
  };
}

export function presentForStaff(
  ticket: Ticket,
  person: ShownPerson | undefined,
  room: Pick<QueueRoom, 'clock'>,
): StaffTicket {
  const until = ticket.calledAt ?? room.clock.now();
  return {
    id: ticket._id,
    label: ticket.label,
    kind: ticket.kind,
    kindLabel: ticketKindLabels[ticket.kind],
    state: ticket.state,
    stateLabel: ticketStateLabels[ticket.state],
    group: ticket.group,
    matter: ticket.matter,
    bookingNumber: ticket.bookingNumber,
    person: person?.displayName ?? null,
    calls: ticket.calls,
    misses: ticket.misses,
    waitedMinutes: Math.max(0, Math.round((until.getTime() - ticket.issuedAt.getTime()) / 60_000)),
    note: ticket.note,
  };
}
