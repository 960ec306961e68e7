import type { Clock } from '../../kernel/clock.ts';
import type { Job } from '../../kernel/jobs.ts';
import { rollDays } from './rollDays.ts';

export const reportsJobs = (room: { readonly clock: Clock }): readonly Job[] => [
  {
    name: 'reports.rollDays',
    schedule: '40 0 * * *',
    run: async () => {
      await rollDays(room.clock);
    },
  },
];
