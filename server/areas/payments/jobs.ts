import type { Job, Worker } from '../../kernel/jobs.ts';
import { startWorkLoop } from '../../kernel/outbox/workLoop.ts';
import { sweepNotices } from './receiveNotice.ts';
import { reconcileOpenDays } from './reconcileDay.ts';
import type { PaymentsRoom } from './room.ts';
import { workPayments } from './workPayments.ts';

export const paymentsWorkers = (room: PaymentsRoom): readonly Worker[] => [
  {
    name: 'payments.work',
    start: () => startWorkLoop({ name: 'payments.work', pollMs: 1000, step: () => workPayments(room) }),
  },
];

export const paymentsJobs = (room: PaymentsRoom): readonly Job[] => [
  {
    name: 'payments.sweepNotices',
    schedule: '* * * * *',
    run: async () => void (await sweepNotices(room)),
  },
  // WeChat's bill of a day is there from 10:00 of the next.
  { name: 'payments.reconcile', schedule: '15 10-18 * * *', run: () => reconcileOpenDays(room) },
];
