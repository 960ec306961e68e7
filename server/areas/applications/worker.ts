import type { Worker } from '../../kernel/jobs.ts';
import { startWorkLoop } from '../../kernel/outbox/workLoop.ts';
import type { ApplicationsRoom } from './room.ts';
import { sendDue } from './sendCases.ts';
import { onSend } from './wake.ts';

/** Takes what citizens submitted to 综合受理. Any number of processes may run it. */
export const applicationsWorkers = (room: ApplicationsRoom): readonly Worker[] => [
  {
    name: 'applications.send',
    start: () =>
      startWorkLoop({
        name: 'applications.send',
        step: () => sendDue(room),
        pollMs: room.pollMs ?? 1000,
        onWake: onSend,
      }),
  },
];
