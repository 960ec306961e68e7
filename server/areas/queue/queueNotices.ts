import type { ClientSession } from 'mongoose';
import { noticeTime } from '../../kernel/localDay.ts';
import { createNotice } from '../notices/createNotice.ts';
import type { Ticket } from './model.ts';

const placeOf = (ticket: Ticket): string => `${ticket.hallName}${ticket.zoneName?.split(' ')[0] ?? ''}`;

const tell = async (
  ticket: Ticket,
  kind: 'queue.taken' | 'queue.soon' | 'queue.yourTurn' | 'queue.missed',
  subject: string,
  values: Readonly<Record<string, string>>,
  at: Date,
  session: ClientSession,
): Promise<void> => {
  if (!ticket.personId) return; // a paper ticket has no phone
  await createNotice(
    {
      key: `${ticket.personId}:${kind}:${subject}`,
      personId: ticket.personId,
      kind,
      values: { ticket: ticket.label, hall: placeOf(ticket), ...values },
      page: `packages/queue/ticket/index?id=${ticket._id}`,
      at,
    },
    session,
  );
};

export const tellTaken = (ticket: Ticket, at: Date, session: ClientSession, ahead = 0): Promise<void> =>
  tell(
    ticket,
    'queue.taken',
    ticket._id,
    { matter: ticket.matter ?? ticket.group, ahead: String(ahead), time: noticeTime(at) },
    at,
    session,
  );

/** Once a ticket: somebody put back into the line is not told again that it will soon be their turn. */
export const tellSoon = (ticket: Ticket, ahead: number, at: Date, session: ClientSession): Promise<void> =>
  tell(ticket, 'queue.soon', ticket._id, { ahead: String(ahead) }, at, session);

/** Once a turn: a recall speaks at the screen, not on the phone. */
export const tellTurn = (ticket: Ticket, window: string, at: Date, session: ClientSession): Promise<void> =>
  tell(
    ticket,
    'queue.yourTurn',
    `${ticket._id}.${ticket.misses}.${ticket.group}`,
    { window: `${window}号窗口`, time: noticeTime(at) },
    at,
    session,
  );

export const tellMissed = (ticket: Ticket, tip: string, at: Date, session: ClientSession): Promise<void> =>
  tell(ticket, 'queue.missed', `${ticket._id}.${ticket.misses}`, { time: noticeTime(at), tip }, at, session);
