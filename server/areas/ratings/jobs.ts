import type { Job } from '../../kernel/jobs.ts';
import { closeAnswered } from './actOnOrder.ts';
import type { RatingsRoom } from './room.ts';
import { closeSilent } from './silence.ts';
import { rollRatedDays } from './statistics.ts';

export const ratingsJobs = (room: RatingsRoom): readonly Job[] => [
  {
    name: 'ratings.closeDays',
    schedule: '20 0 * * *',
    run: async () => {
      await closeSilent(room);
      await closeAnswered(room);
      await rollRatedDays(room);
    },
  },
];
