import { GovernmentError } from '../../government/kit/governmentError.ts';
import type { Job } from '../../kernel/jobs.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import { log } from '../../kernel/log.ts';
import { attachmentsJobs } from '../attachments/quarantine.ts';
import { ownEvent, recordEvents } from './events.ts';
import { cases, type StoredCase } from './model.ts';
import { recordStep, StepRefused } from './recordStep.ts';
import type { ApplicationsRoom } from './room.ts';

export const applicationsJobs = (room: ApplicationsRoom): readonly Job[] => [
  { name: 'applications.runClocks', schedule: '5 * * * *', run: () => runClocks(room) },
  { name: 'applications.pullEvents', schedule: '*/10 * * * *', run: () => pullEvents(room) },
  ...attachmentsJobs(room.files),
];

const clockwork = { label: 'hall', actor: { kind: 'system' } } as const;

/**
 * What happens when nobody acts: five working days of silence after the submission are acceptance (行政许可法 32); a
 * correction that does not come in its time ends the case (BJJGDM 5).
 */
export async function runClocks(room: ApplicationsRoom): Promise<void> {
  const now = room.clock.now();
  for await (const stored of cases().find({ checkDay: { $lt: localDayOf(now) } })) {
    try {
      await recordStep(room, stored._id, clockEvent(stored, now), clockwork);
    } catch (error) {
      if (!(error instanceof StepRefused)) throw error;
      log.warn({ caseId: stored._id, why: error.message }, 'a clock of a case had nothing to do');
    }
  }
}

function clockEvent(stored: StoredCase, now: Date): Parameters<typeof recordStep>[2] {
  const { correction } = stored;
  if (correction)
    return {
      ...ownEvent(stored, `expired/${correction.key}`, now),
      ...{ table: 'EX_GDBS_BJ', step: 'closed', verdict: 'correctionExpired', granted: false },
      ...{ words: '补正期限已过，未收到补正', certificateNumber: null, validUntil: null },
    };
  return {
    ...ownEvent(stored, `silence/${stored.checkDay}`, now),
    ...{
      table: 'EX_GDBS_SL',
      step: 'accepted',
      verdict: 'accepted',
      reason: '逾期未答复，自收到之日起视为受理',
    },
    ...{ businessNumber: null, queryCode: null, receiptNumber: null, window: null, hallCode: null },
  };
}

const everyMs = 3_600_000;

/** Fills in callbacks that never came: each open case is asked about once an hour. */
export async function pullEvents(room: ApplicationsRoom): Promise<void> {
  if (!room.accept) return;
  const now = room.clock.wall();
  const due = {
    open: true,
    caseNumber: { $type: 'string' as const },
    pulledAt: { $lt: new Date(now.getTime() - everyMs) },
  };
  for await (const { _id, caseNumber } of cases().find(due).sort({ pulledAt: 1 }).limit(200)) {
    try {
      await recordEvents(room, _id, await room.accept.events(caseNumber!), 'pull');
    } catch (error) {
      if (!(error instanceof GovernmentError)) throw error;
      if (error.kind !== 'refused') return; // silent or closed: the next run asks
    }
    await cases().updateOne({ _id }, { $set: { pulledAt: now } });
  }
}
