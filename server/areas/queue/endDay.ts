import { inTransaction } from '../../kernel/database.ts';
import { instantAt, localDayOf } from '../../kernel/localDay.ts';
import { advanceBooking } from '../booking/advanceBooking.ts';
import { tickets } from './model.ts';
import type { QueueRoom } from './room.ts';
import { sittings } from './sittingModel.ts';
import { standUp } from './sittings.ts';
import { openTicketStates, ticketStateAfter } from './states.ts';
import { windows } from './windowModel.ts';

/**
 * Clears what yesterday left: tickets nobody was called for end, windows are closed. A visit still in service is counted as
 * done: the staff went home without pressing the button. Safe to run twice.
 */
export async function endDay(room: QueueRoom): Promise<number> {
  const now = room.clock.now();
  const today = localDayOf(now);
  const left = tickets().find({ day: { $lt: today }, state: { $in: [...openTicketStates] } });
  let ended = 0;
  for await (const ticket of left) {
    const event = ticket.state === 'serving' ? ('finish' as const) : ('expire' as const);
    const to = ticketStateAfter(event);
    const done = await inTransaction(async (session) => {
      const { modifiedCount } = await tickets().updateOne(
        { _id: ticket._id, state: ticket.state },
        {
          $set: { state: to, endedAt: now },
          $push: { history: { at: now, by: 'clock', event, to, window: ticket.window, why: '当天结束' } },
        },
        { session },
      );
      if (modifiedCount !== 1) return false;
      if (ticket.bookingId) {
        const step = event === 'finish' ? ('finish' as const) : ('leave' as const);
        await advanceBooking(ticket.bookingId, step, { at: now, by: 'clock', why: '当天结束' }, session);
      }
      await windows().updateMany(
        { hallId: ticket.hallId, ticketId: ticket._id },
        { $set: { ticketId: null, open: false, staffId: null, staffName: null } },
        { session },
      );
      return true;
    });
    if (done) ended += 1;
  }
  await closeForgotten(today, now);
  return ended;
}

/** Windows that were opened before today and never closed: their staff went home. */
async function closeForgotten(today: string, now: Date): Promise<void> {
  const forgotten = await sittings()
    .find({ to: null, from: { $lt: instantAt(today, '00:00') } })
    .toArray();
  for (const { hallId, number } of forgotten) {
    await inTransaction(async (session) => {
      await windows().updateOne(
        { hallId, number, ticketId: null },
        { $set: { open: false, staffId: null, staffName: null } },
        { session },
      );
      await standUp({ hallId, number }, now, session);
    });
  }
}
