import type { Clock } from '../kernel/clock.ts';
import { CallLog } from './kit/callLog.ts';
import { SystemGate } from './kit/systemGate.ts';
import { systemPolicies } from './policies.ts';

export interface Gates {
  readonly all: readonly SystemGate[];
  of(system: string): SystemGate;
  /** In the text form Prometheus reads, for this process. */
  metrics(): string;
  /** Resolves when every audit row is written; call before the database closes. */
  flush(): Promise<void>;
}

/** The gates of this process to every system that is configured; `ignored`: as if none had maintenance hours. */
export function openGates(clock: Clock, hours: 'kept' | 'ignored' = 'kept'): Gates {
  const callLog = new CallLog();
  const all = systemPolicies.map(
    (policy) =>
      new SystemGate(hours === 'kept' ? policy : { ...policy, maintenance: [] }, { clock, callLog }),
  );
  return {
    all,
    of(system) {
      const gate = all.find(({ policy }) => policy.id === system);
      if (!gate) throw new Error(`no gate to ${system}`);
      return gate;
    },
    metrics: () => all.map((gate) => gate.metrics.text(gate.policy.id)).join('\n'),
    flush: () => callLog.flush(),
  };
}
