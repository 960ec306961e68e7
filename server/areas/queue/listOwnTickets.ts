import { localDayOf } from '../../kernel/localDay.ts';
import { newest } from '../booking/newest.ts';
import type { TicketView } from './contract.ts';
import { tickets } from './model.ts';
import { presentTicket } from './present.ts';
import type { QueueRoom } from './room.ts';

/** A person's tickets of today as they see them, newest first. */
export async function listOwnTickets(room: QueueRoom, personId: string): Promise<TicketView[]> {
  const rows = await tickets()
    .find({ personId, day: localDayOf(room.clock.now()) }, newest())
    .sort({ issuedAt: -1 })
    .toArray();
  return Promise.all(rows.map((each) => presentTicket(each, room)));
}
