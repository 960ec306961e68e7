import type { Job } from '../../kernel/jobs.ts';
import { endDay } from './endDay.ts';
import type { QueueRoom } from './room.ts';

export const queueJobs = (room: QueueRoom): readonly Job[] => [
  {
    name: 'queue.endDay',
    schedule: '20 0 * * *',
    run: async () => {
      await endDay(room);
    },
  },
];
