import type { Job } from '../../kernel/jobs.ts';
import { applyDueVersions } from './applyDueVersions.ts';
import { type SyncRoom, syncMatters } from './syncMatters.ts';

/** After the source's own maintenance (02:00–04:00), and at the beginning of each day. */
export const mattersJobs = (room: SyncRoom): readonly Job[] => [
  { name: 'matters.syncNightly', schedule: '30 4 * * *', run: async () => void (await syncMatters(room)) },
  { name: 'matters.applyDue', schedule: '5 0 * * *', run: async () => void (await applyDueVersions(room)) },
];
