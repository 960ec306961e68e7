import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import mongoose, { Schema } from 'mongoose';
import type { Clock } from '../../kernel/clock.ts';
import type { RunningWorker } from '../../kernel/jobs.ts';
import { log } from '../../kernel/log.ts';
import type { SystemGate } from './systemGate.ts';
import { type StoredSystem, SystemModel } from './systemState.ts';

export type BreakerState = 'closed' | 'open' | 'halfOpen';

/** What one process says of its gates: breakers and queues live in memory, one of each a process. */
export interface ProcessPulse {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly roles: readonly string[];
  /** The machine's time. */
  readonly at: Date;
  readonly systems: Readonly<
    Record<string, { readonly breaker: BreakerState; readonly running: number; readonly waiting: number }>
  >;
}

const pulseSchema = new Schema<Omit<ProcessPulse, 'id'> & { _id: string }>(
  {
    _id: { type: String, required: true },
    host: { type: String, required: true },
    pid: { type: Number, required: true },
    roles: { type: [String], default: [] },
    at: { type: Date, required: true },
    systems: { type: Object, default: {} },
  } as never,
  { collection: 'governmentProcesses', minimize: false, versionKey: false },
);
pulseSchema.index({ at: 1 }, { expireAfterSeconds: 300 });
const PulseModel = mongoose.model('GovernmentProcess', pulseSchema);

const beatMs = 2000;
/** After so long without a beat a process counts as gone. */
const goneMs = 15_000;

/**
 * Beats every two seconds: tells how this process's gates stand, and learns what staff ordered (switches, breakers to be reset), so
 * that an order holds everywhere within seconds, also where no call is made.
 */
export function startPulse(
  gates: readonly SystemGate[],
  clock: Clock,
  roles: readonly string[],
): RunningWorker {
  const _id = randomUUID();
  const me = { host: hostname(), pid: process.pid, roles: [...roles] };
  let beating: Promise<void> | null = null;
  let complained = false;
  const beat = async (): Promise<void> => {
    try {
      const stored = await SystemModel.find().lean<StoredSystem[]>();
      for (const gate of gates) gate.learn(stored.find((each) => each._id === gate.policy.id) ?? null);
      const systems = Object.fromEntries(gates.map((gate) => [gate.policy.id, gate.load]));
      await PulseModel.updateOne({ _id }, { $set: { ...me, at: clock.wall(), systems } }, { upsert: true });
      complained = false;
    } catch (cause) {
      if (!complained) log.warn({ cause }, 'the state of the gates could not be shared');
      complained = true;
    }
  };
  const next = (): void => {
    beating ??= beat().finally(() => {
      beating = null;
    });
  };
  next();
  const timer = setInterval(next, beatMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await beating;
      await PulseModel.deleteOne({ _id }).catch(() => undefined);
    },
  };
}

/** The processes that live now. */
export async function livingProcesses(wall: Date): Promise<readonly ProcessPulse[]> {
  const rows = await PulseModel.find({ at: { $gte: new Date(wall.getTime() - goneMs) } })
    .sort({ host: 1, pid: 1 })
    .lean<(Omit<ProcessPulse, 'id'> & { _id: string })[]>();
  return rows.map(({ _id, ...rest }) => ({ id: _id, ...rest }));
}
