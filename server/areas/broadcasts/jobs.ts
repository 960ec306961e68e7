import type { Job } from '../../kernel/jobs.ts';
import { log } from '../../kernel/log.ts';
import { removeOldLists } from './audienceLists.ts';
import type { BroadcastsRoom } from './room.ts';

export const broadcastsJobs = (room: Pick<BroadcastsRoom, 'clock' | 'settings'>): readonly Job[] => [
  {
    name: 'broadcasts.removeOldLists',
    schedule: '50 3 * * *',
    run: async () => {
      const removed = await removeOldLists(room.settings.keepListsDays, room.clock.now());
      if (removed > 0) log.info({ removed }, 'old audience lists were emptied');
    },
  },
];
