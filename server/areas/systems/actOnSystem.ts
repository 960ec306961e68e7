import { outcomeOf } from '../../government/kit/outcome.ts';
import type { SystemGate } from '../../government/kit/systemGate.ts';
import { orderBreakerReset, setKillSwitch } from '../../government/kit/systemState.ts';
import { tryOut } from '../../government/kit/trial.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { systemsErrors, type TrialView } from './contract.ts';
import type { SystemsRoom } from './room.ts';
import { keepSwitch } from './switchModel.ts';
import { resultWords } from './words.ts';

/** Switches a system off, with a reason that staff read, or on again. Holds in every process within two seconds. */
export async function turnSwitch(
  room: SystemsRoom,
  gate: SystemGate,
  by: string,
  reason: string | null,
): Promise<void> {
  const at = room.clock.now();
  const system = gate.policy.id;
  await setKillSwitch(system, reason === null ? null : { by, reason, at });
  await keepSwitch({ system, at, by, off: reason !== null, reason });
}

/** Lets every process try the system again at once; those told last, within two seconds. */
export const resetBreaker = (room: SystemsRoom, gate: SystemGate): Promise<void> =>
  orderBreakerReset(gate.policy.id, room.clock.wall());

/** Asks the system a harmless question now, also when it is switched off. An outage is an answer here. */
export async function tryNow(room: SystemsRoom, gate: SystemGate, staffId: string): Promise<TrialView> {
  const { probe } = gate;
  if (!probe) throw new HallError(systemsErrors.noTrial);
  const at = room.clock.now().toISOString();
  const calls = await tryOut({ kind: 'staff', id: staffId }, probe.run);
  const last = calls.at(-1);
  if (!last) throw new Error(`the probe of ${gate.policy.id} called nothing`);
  const { result, attempts, ms } = last;
  return { outcome: outcomeOf(result), words: resultWords(result), result, attempts, ms, at };
}
