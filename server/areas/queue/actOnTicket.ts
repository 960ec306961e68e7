import type { ClientSession } from 'mongoose';
import { inTransaction } from '../../kernel/database.ts';
import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { advanceBooking } from '../booking/advanceBooking.ts';
import { nextNumber } from '../booking/counterModel.ts';
import { newest } from '../booking/newest.ts';
import { groupIn } from '../booking/schedule.ts';
import { serially } from '../booking/serial.ts';
import { readWindow } from './callNext.ts';
import { queueErrors, type TicketAction } from './contract.ts';
import { cameFirst, foreseeOrder } from './fairness.ts';
import { keptCalls, keptVisits, lineIdOf, lines, touchLine } from './lineModel.ts';
import { type Ticket, tickets } from './model.ts';
import { tellMissed } from './queueNotices.ts';
import { keyOf, lineReader } from './readLine.ts';
import type { QueueRoom } from './room.ts';
import { type TicketEvent, ticketStateAfter, ticketStatesBefore } from './states.ts';
import { type QueueWindow, windows } from './windowModel.ts';

interface Acting {
  readonly room: QueueRoom;
  readonly window: QueueWindow;
  readonly ticket: Ticket;
  readonly now: Date;
  readonly by: string;
  readonly session: ClientSession;
}

/**
 * What a window does with the ticket it has called: recall, serve, miss, park, resume, move, finish. The ticket, the
 * window, the line and the booking change together.
 * Errors: 404 queue.ticket_unknown, 409 queue.not_at_window, 409 queue.cannot_do, 409 queue.window_busy (resume).
 */
export async function actOnTicket(
  room: QueueRoom,
  hallId: string,
  number: string,
  ticketId: string,
  action: TicketAction,
  by: string,
): Promise<Ticket> {
  return serially(`calls ${hallId}`, async () => {
    for (let attempt = 0; attempt < 10; attempt++) {
      const window = await readWindow(hallId, number);
      const ticket = await tickets().findOne({ _id: ticketId, hallId }, newest());
      if (!ticket) throw new HallError(queueErrors.ticketUnknown);
      checkPlace(window, ticket, action);
      const now = room.clock.now();
      const done = await inTransaction(async (session) => {
        const after = await perform({ room, window, ticket, now, by, session }, action);
        if (!after) await session.abortTransaction();
        return after;
      });
      if (done) return done;
    }
    throw new HallError(hallErrors.busy);
  });
}

function checkPlace(window: QueueWindow, ticket: Ticket, action: TicketAction): void {
  if (action.do === 'resume') {
    if (ticket.window !== window.number) throw new HallError(queueErrors.notAtWindow);
    if (window.ticketId) throw new HallError(queueErrors.windowBusy);
  } else if (window.ticketId !== ticket._id) {
    throw new HallError(queueErrors.notAtWindow);
  }
}

async function perform(acting: Acting, action: TicketAction): Promise<Ticket | null> {
  switch (action.do) {
    case 'recall':
      return recall(acting);
    case 'serve':
      return serve(acting);
    case 'miss':
      return miss(acting);
    case 'park':
      return leaveWindow(acting, 'park', action.why ?? null, {});
    case 'resume':
      return resume(acting);
    case 'move':
      return moveOn(acting, action.group, action.why ?? null);
    case 'finish':
      return finish(acting);
  }
}

/** The ticket's step along its graph; null: it has changed since it was read. */
async function step(
  { ticket, window, now, by, session }: Acting,
  event: TicketEvent,
  set: Partial<Ticket> = {},
  why: string | null = null,
): Promise<Ticket | null> {
  if (!ticketStatesBefore(event).includes(ticket.state)) throw new HallError(queueErrors.cannotDo);
  const to = ticketStateAfter(event);
  return tickets().findOneAndUpdate(
    { _id: ticket._id, state: ticket.state },
    {
      $set: { ...set, state: to },
      $push: { history: { at: now, by, event, to, window: window.number, why } },
    },
    { session, returnDocument: 'after' },
  );
}

const freeWindow = async ({ window, ticket, session }: Acting): Promise<boolean> =>
  (
    await windows().updateOne(
      { _id: window._id, ticketId: ticket._id },
      { $set: { ticketId: null } },
      { session },
    )
  ).modifiedCount === 1;

const booking = async (acting: Acting, event: 'serve' | 'wait' | 'finish' | 'miss'): Promise<void> => {
  const { ticket, now, by, session } = acting;
  if (ticket.bookingId) await advanceBooking(ticket.bookingId, event, { at: now, by }, session);
};

async function recall(acting: Acting): Promise<Ticket | null> {
  const { ticket, window, room, now, session } = acting;
  if (ticket.calls >= room.rules.calls) throw new HallError(queueErrors.cannotDo);
  const after = await step(acting, 'recall', { calls: ticket.calls + 1 });
  if (!after) return null;
  const seq = await nextNumber(`calls ${ticket.hallId} ${ticket.day}`, session);
  const entry = { seq, label: ticket.label, window: window.number, times: after.calls, at: now };
  await lines().updateOne(
    { _id: lineIdOf(ticket) },
    { $inc: { version: 1 }, $push: { calls: { $each: [entry], $slice: -keptCalls } } },
    { session },
  );
  return after;
}

async function serve(acting: Acting): Promise<Ticket | null> {
  const after = await step(acting, 'serve', { servedAt: acting.ticket.servedAt ?? acting.now });
  if (after) await booking(acting, 'serve');
  return after;
}

/** Called and not there: once more into the line behind a few people; after that the ticket has ended. */
async function miss(acting: Acting): Promise<Ticket | null> {
  const { ticket, room, now, session } = acting;
  const misses = ticket.misses + 1;
  if (misses > room.rules.requeue.times) {
    const after = await leaveWindow(acting, 'expire', '过号', { misses, endedAt: now });
    if (!after) return null;
    await booking(acting, 'miss');
    await tellMissed(after, '如需办理请重新取号', now, session);
    return after;
  }
  const place = await placeBehind(acting, room.rules.requeue.behind);
  const after = await leaveWindow(acting, 'requeue', '过号顺延', {
    misses,
    ...place,
    // The booked time is over: from here on they wait among those who came, right behind the next few.
    kind: ticket.kind === 'booked' ? 'walkIn' : ticket.kind,
    overtaken: 0,
    calls: 0,
    window: null,
    note: '过号一次，已顺延',
  });
  if (after) await tellMissed(after, `已顺延到 ${room.rules.requeue.behind} 位之后`, now, session);
  return after;
}

/** The place in its line right behind the next `behind` people. */
async function placeBehind(
  { ticket, room, now }: Acting,
  behind: number,
): Promise<Pick<Ticket, 'since' | 'order'>> {
  const { waiting, line } = await lineReader.read(keyOf(ticket));
  const next = foreseeOrder(waiting, line.memory, now.getTime(), room.rules.fairness, behind);
  const last = [...next].sort(cameFirst).at(-1);
  if (!last) return { since: ticket.since, order: ticket.order };
  // Half a step after the last of them, before whoever came next.
  return { since: new Date(Math.min(now.getTime(), last.since)), order: last.order + 0.5 };
}

async function leaveWindow(
  acting: Acting,
  event: 'park' | 'requeue' | 'expire' | 'move',
  why: string | null,
  set: Partial<Ticket>,
): Promise<Ticket | null> {
  const after = await step(acting, event, set, why);
  if (!after || !(await freeWindow(acting))) return null;
  if (acting.ticket.state === 'serving') await booking(acting, 'wait');
  await touchLine(keyOf(after), acting.session);
  return after;
}

async function resume(acting: Acting): Promise<Ticket | null> {
  const { window, ticket, session, now } = acting;
  const after = await step(acting, 'resume', { servedAt: ticket.servedAt ?? now });
  if (!after) return null;
  const taken = await windows().updateOne(
    { _id: window._id, open: true, ticketId: null },
    { $set: { ticketId: ticket._id } },
    { session },
  );
  if (taken.modifiedCount !== 1) return null;
  await booking(acting, 'serve');
  return after;
}

/** To another kind of window, keeping the time from which it counts: who was served half is not last there. */
async function moveOn(acting: Acting, group: string, why: string | null): Promise<Ticket | null> {
  const { room, ticket } = acting;
  const hall = await room.findHall(ticket.hallId);
  const where = hall && groupIn(hall, group);
  if (!where) throw new HallError(queueErrors.groupUnknown);
  return leaveWindow(acting, 'move', why, {
    group,
    zone: where.zone,
    zoneName: where.zoneName,
    window: null,
    calls: 0,
    overtaken: 0,
    note: `由 ${ticket.group} 窗口转来`,
  });
}

async function finish(acting: Acting): Promise<Ticket | null> {
  const { ticket, now, session } = acting;
  const after = await step(acting, 'finish', { endedAt: now });
  if (!after || !(await freeWindow(acting))) return null;
  await booking(acting, 'finish');
  await acting.room.ticketServed?.(after, session);
  const minutes = Math.max(0, (now.getTime() - (ticket.servedAt ?? now).getTime()) / 60_000);
  await lines().updateOne(
    { _id: lineIdOf(ticket) },
    { $inc: { version: 1 }, $push: { recent: { $each: [minutes], $slice: -keptVisits } } },
    { session },
  );
  return after;
}

/** The person gives the ticket back while waiting. Errors: 404 queue.ticket_unknown, 409 queue.cannot_do. */
export async function leaveLine(room: QueueRoom, personId: string, ticketId: string): Promise<Ticket> {
  const now = room.clock.now();
  const to = ticketStateAfter('leave');
  const left = await inTransaction(async (session) => {
    const after = await tickets().findOneAndUpdate(
      { _id: ticketId, personId, state: { $in: [...ticketStatesBefore('leave')] } },
      {
        $set: { state: to, endedAt: now },
        $push: { history: { at: now, by: personId, event: 'leave', to, window: null, why: null } },
      },
      { session, returnDocument: 'after' },
    );
    if (!after) return null;
    if (after.bookingId) await advanceBooking(after.bookingId, 'leave', { at: now, by: personId }, session);
    await touchLine(keyOf(after), session);
    return after;
  });
  if (left) return left;
  const ticket = await tickets().findOne({ _id: ticketId, personId }, newest());
  if (!ticket) throw new HallError(queueErrors.ticketUnknown);
  if (ticket.state === to) return ticket;
  throw new HallError(queueErrors.cannotDo);
}
