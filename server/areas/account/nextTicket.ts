import { listOwnTickets } from '../queue/listOwnTickets.ts';
import type { QueueRoom } from '../queue/room.ts';
import { type Lookup, ticketLookup } from './lookup.ts';

/** 「排队」 in the chat: the person's tickets of today that are not over. */
export const nextTicketLookup = (queue: QueueRoom): Lookup =>
  ticketLookup(async (personId) =>
    (await listOwnTickets(queue, personId))
      .filter(({ state }) => state === 'waiting' || state === 'called')
      .map(({ id, label, hall, ahead, wait, window }) => ({
        ...{ label, hall: hall.name, ahead, wait, window },
        page: `packages/queue/ticket/index?id=${id}`,
      })),
  );
