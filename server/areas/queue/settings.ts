import { readFileSync } from 'node:fs';
import { z } from 'zod';

const whole = z.number().int().min(0);

/** How a hall queues: data of the place, each rule with its source in the file. */
export const QueueRules = z.strictObject({
  version: z.literal(1),
  sources: z.record(z.string(), z.string()),
  fairness: z.strictObject({
    maxOvertakes: whole,
    normalBetweenPriority: whole,
    bookedInARow: whole.min(1),
  }),
  checkIn: z.strictObject({ earlyMinutes: whole, lateMinutes: whole, metres: whole.min(1) }),
  /** Calls before a turn may count as missed. */
  calls: whole.min(1),
  /** After a missed turn: so often back into the line, behind so many. */
  requeue: z.strictObject({ times: whole, behind: whole }),
  /** Who has at most so many before them is told. */
  soonAt: whole.min(1),
  /** Tickets are given while so much of the rest of the day is not yet spoken for. */
  contingent: z.number().min(0.1).max(3),
  serviceMinutes: z.number().min(1),
  ticketsFromMinutesBeforeOpening: whole,
  aliveSeconds: whole.min(5),
});
export type QueueRules = z.infer<typeof QueueRules>;

/** `cloud-config/queue.json`, checked when it is loaded. */
export const queueRules: QueueRules = QueueRules.parse(
  JSON.parse(readFileSync(new URL('../../../cloud-config/queue.json', import.meta.url), 'utf8')),
);
