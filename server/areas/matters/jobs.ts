import type { Job, Worker } from '../../kernel/jobs.ts';
import { startWorkLoop } from '../../kernel/outbox/workLoop.ts';
import { applyDueVersions } from './applyDueVersions.ts';
import { runWaiting, syncAgain, syncNightly } from './runSync.ts';
import type { SyncRoom } from './syncMatters.ts';

/** After the source's own maintenance (02:00–04:00), again until eight while it failed; and at the beginning of each day. */
export const mattersJobs = (room: SyncRoom): readonly Job[] => [
  { name: 'matters.syncNightly', schedule: '30 4 * * *', run: () => syncNightly(room) },
  { name: 'matters.syncAgain', schedule: '0,30 5-7 * * *', run: () => syncAgain(room) },
  { name: 'matters.applyDue', schedule: '5 0 * * *', run: async () => void (await applyDueVersions(room)) },
];

/** Begins the runs that staff ask for. */
export const mattersWorkers = (room: SyncRoom): readonly Worker[] => [
  {
    name: 'matters.sync',
    start: () => startWorkLoop({ name: 'matters.sync', step: () => runWaiting(room), pollMs: 2000 }),
  },
];
