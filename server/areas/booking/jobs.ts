import type { Job } from '../../kernel/jobs.ts';
import { finishSchedules } from './changeSchedule.ts';
import { markNoShows } from './markNoShows.ts';
import { remindBookings } from './remindBookings.ts';
import type { BookingRoom } from './room.ts';
import { serveWaitlists } from './serveWaitlist.ts';
import { sweepHolds } from './sweepHolds.ts';

export const bookingJobs = (room: BookingRoom): readonly Job[] => [
  { name: 'booking.finishSchedules', schedule: '*/2 * * * *', run: () => finishSchedules(room) },
  {
    name: 'booking.sweepHolds',
    schedule: '* * * * *',
    run: async () => {
      await sweepHolds(room);
      await serveWaitlists(room);
    },
  },
  {
    name: 'booking.markNoShows',
    schedule: '10 0,12,18,21 * * *',
    run: async () => {
      await markNoShows(room);
    },
  },
  {
    name: 'booking.remind',
    schedule: '*/5 7-20 * * *',
    run: async () => {
      await remindBookings(room);
    },
  },
];
