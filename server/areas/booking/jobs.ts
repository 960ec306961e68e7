import type { Job } from '../../kernel/jobs.ts';
import type { BookingRoom } from './room.ts';
import { sweepHolds } from './sweepHolds.ts';

export const bookingJobs = (room: BookingRoom): readonly Job[] => [
  { name: 'booking.sweepHolds', schedule: '* * * * *', run: () => sweepHolds(room) },
];
