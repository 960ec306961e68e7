import { newId } from '../../kernel/ids.ts';
import type { Job } from '../../kernel/jobs.ts';
import { syncFollowers } from './followers.ts';
import type { AccountRoom } from './room.ts';

/** Every night, when few are awake: who follows, with which tags. */
export const accountJobs = (room: AccountRoom): readonly Job[] => [
  {
    name: 'account.syncFollowers',
    schedule: '20 3 * * *',
    run: async () => {
      await syncFollowers(room, newId());
    },
  },
];
