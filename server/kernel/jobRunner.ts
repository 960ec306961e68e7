import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { CronExpressionParser } from 'cron-parser';
import mongoose from 'mongoose';
import cron from 'node-cron';
import type { Clock } from './clock.ts';
import type { Job, RunningWorker } from './jobs.ts';
import { hallZone } from './localDay.ts';
import { log } from './log.ts';
import { jobSeconds } from './metrics.ts';

const collection = 'jobs';
const keepDoneMs = 24 * 3600_000;

/** True when the hall's clock stands in a minute that the schedule names. */
export function isDue(schedule: string, now: Date): boolean {
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000);
  const expression = CronExpressionParser.parse(schedule, {
    currentDate: new Date(minute.getTime() - 1),
    tz: hallZone,
  });
  return expression.next().getTime() === minute.getTime();
}

/** The queue's name of one run of a job: the same in every process, so that several clocks enqueue it once. */
export const tickOf = (now: Date): string => now.toISOString().slice(0, 16);

function openAgenda(): Agenda {
  const db = mongoose.connection.db;
  if (!db) throw new Error('the job queue needs an open database');
  // The connection is mongoose's own; agenda is told not to close it.
  return new Agenda({
    backend: new MongoBackend({ mongo: db as never, collection }),
    processEvery: 1000,
    // Renewed by agenda at half its length while a run lives; a run whose process died is taken over after it.
    defaultLockLifetime: 20_000,
    defaultConcurrency: 1,
  });
}

/** The clock role: each minute it puts the jobs that are due into the queue. Any number of processes may run it. */
export async function startClock(jobs: readonly Job[], clock: Clock): Promise<RunningWorker> {
  const agenda = openAgenda();
  await agenda.ready;
  const tick = async (): Promise<void> => {
    const now = clock.now();
    for (const job of jobs) {
      if (!isDue(job.schedule, now)) continue;
      const at = tickOf(now);
      await agenda
        .create(job.name, { tick: at })
        .unique({ 'data.tick': at } as never, { insertOnly: true })
        .schedule(new Date())
        .save()
        .catch((error) => log.error({ job: job.name, cause: error }, 'a job could not be enqueued'));
    }
  };
  const task = cron.schedule('* * * * *', tick, { timezone: hallZone, noOverlap: true });
  return {
    stop: async () => {
      await task.destroy();
    },
  };
}

/** The worker role: runs what the clock enqueued, each run in one process; a run that dies is taken over after its lock ends. */
export async function startJobs(jobs: readonly Job[]): Promise<RunningWorker> {
  const agenda = openAgenda();
  agenda.on('error', (error) => log.error({ cause: error }, 'the job queue failed'));
  for (const job of [...jobs, forgetDone]) {
    agenda.define(job.name, async () => {
      const started = performance.now();
      let result = 'ok';
      try {
        await job.run();
      } catch (error) {
        result = 'failed';
        log.error({ job: job.name, cause: error }, 'a job failed');
        throw error;
      } finally {
        jobSeconds.observe({ job: job.name, result }, (performance.now() - started) / 1000);
        log.debug({ job: job.name, ms: Math.round(performance.now() - started) }, 'job');
      }
    });
  }
  await agenda.start();
  return { stop: () => agenda.stop(false) };
}

/** Runs that are due and not begun. */
export const waitingRuns = (): Promise<number> =>
  mongoose.connection
    .collection(collection)
    .countDocuments({ nextRunAt: { $ne: null, $lte: new Date() }, lockedAt: null });

/** Finished runs are kept a day for whoever looks, then forgotten. */
export const forgetDone: Job = {
  name: 'jobs.forgetDone',
  schedule: '17 * * * *',
  run: async () => {
    const before = new Date(Date.now() - keepDoneMs);
    await mongoose.connection
      .collection(collection)
      .deleteMany({ lastFinishedAt: { $lt: before }, nextRunAt: null });
  },
};
