import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from './systemGate.ts';

/** What the gate saw of one call of a trial. */
export interface TrialCall {
  readonly id: string;
  readonly operation: string;
  readonly result: string;
  readonly attempts: number;
  readonly ms: number;
}

interface Trial {
  readonly actor: Actor;
  readonly calls: TrialCall[];
}

const trials = new AsyncLocalStorage<Trial>();
export const currentTrial = (): Trial | undefined => trials.getStore();
export const trialPurpose = '试调用';

/**
 * Staff see whether a system answers. What `run` calls is theirs in the audit, is made although the system is switched off, in its
 * maintenance hours or behind an open breaker, and is never answered from an old copy. Limits of time, number and quota hold.
 * Errors of the calls are in what is returned, not thrown; a call that answered makes no difference to others.
 */
export async function tryOut(actor: Actor, run: () => Promise<unknown>): Promise<readonly TrialCall[]> {
  const trial: Trial = { actor, calls: [] };
  try {
    await trials.run(trial, run);
  } catch (error) {
    if (trial.calls.length === 0) throw error; // it never came to the gate: a mistake of ours
  }
  return trial.calls;
}
