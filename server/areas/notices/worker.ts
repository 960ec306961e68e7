import type { Worker } from '../../kernel/jobs.ts';
import { log } from '../../kernel/log.ts';
import { claimRows } from '../../kernel/outbox/claimRows.ts';
import { startWorkLoop } from '../../kernel/outbox/workLoop.ts';
import { NoticeModel } from './model.ts';
import { applyReceipts, onReceipts } from './receipts.ts';
import type { NoticesRoom } from './room.ts';
import { sendNotice } from './sendNotice.ts';
import type { ClaimedNotice } from './settleNotice.ts';
import { onWake } from './wake.ts';

/** Sends notices as they are written. Any number of processes may run it. */
export const noticesWorkers = (room: NoticesRoom): readonly Worker[] => [
  { name: 'notices.send', start: () => startSender(room) },
  {
    name: 'notices.receipts',
    start: () =>
      startWorkLoop({
        name: 'notices.receipts',
        step: () => applyReceipts(new Date()),
        pollMs: 400,
        onWake: onReceipts,
      }),
  },
];

function startSender(room: NoticesRoom): ReturnType<Worker['start']> {
  const inFlight = new Set<Promise<void>>();
  const limit = room.concurrency ?? 64;
  let freed = (): void => {};
  const loop = startWorkLoop({
    name: 'notices.send',
    pollMs: room.pollMs ?? 250,
    onWake: (wake) => {
      freed = wake;
      return onWake(wake);
    },
    step: async () => {
      if (inFlight.size >= limit) return false; // a settled one rings
      const claimed = await claimDue(room, limit - inFlight.size);
      for (const notice of claimed) {
        const sending = sendNotice(room, notice)
          .catch((cause: unknown) => log.error({ cause }, 'a notice was not sent; its lease will end')) // and it is due again
          .finally(() => {
            inFlight.delete(sending);
            if (inFlight.size === limit - 1) freed();
          });
        inFlight.add(sending);
      }
      return claimed.length > 0;
    },
  });
  return {
    stop: async () => {
      await loop.stop();
      await Promise.all(inFlight);
    },
  };
}

/** Notices that are due, and those whose worker died. */
export async function claimDue(room: NoticesRoom, limit: number): Promise<ClaimedNotice[]> {
  const wall = room.clock.wall();
  const dueAt = new Date(wall.getTime() + (room.leaseMs ?? 20_000));
  const rows = await claimRows<ClaimedNotice>(NoticeModel.collection as never, {
    due: { open: true, dueAt: { $lte: wall } },
    sort: { dueAt: 1 },
    limit,
    mark: { $set: { state: 'sending', dueAt }, $inc: { attempts: 1 } },
    marked: (row) => ({ ...row, state: 'sending', dueAt, attempts: row.attempts + 1 }),
  });
  return rows;
}
