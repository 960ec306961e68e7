import type { Clock } from '../kernel/clock.ts';
import type { RunningWorker } from '../kernel/jobs.ts';
import { CallLog } from './kit/callLog.ts';
import { CallSeries } from './kit/callSeries.ts';
import { startPulse } from './kit/gatePulse.ts';
import { SystemGate } from './kit/systemGate.ts';
import { systemPolicies } from './policies.ts';

export interface Gates {
  readonly all: readonly SystemGate[];
  of(system: string): SystemGate;
  /** In the text form Prometheus reads, for this process. */
  metrics(): string;
  /** Shares how this process's gates stand, and learns what staff order. */
  start(roles: readonly string[]): RunningWorker;
  /** Resolves when every audit row is written; call before the database closes. */
  flush(): Promise<void>;
}

/** The gates of this process to every system that is configured; `ignored`: as if none had maintenance hours. */
export function openGates(clock: Clock, hours: 'kept' | 'ignored' = 'kept'): Gates {
  const callLog = new CallLog();
  const series = new CallSeries();
  const all = systemPolicies.map(
    (policy) =>
      new SystemGate(hours === 'kept' ? policy : { ...policy, maintenance: [] }, { clock, callLog, series }),
  );
  return {
    all,
    of(system) {
      const gate = all.find(({ policy }) => policy.id === system);
      if (!gate) throw new Error(`no gate to ${system}`);
      return gate;
    },
    metrics: () => all.map((gate) => gate.metrics.text(gate.policy.id)).join('\n'),
    start: (roles) => startPulse(all, clock, roles),
    flush: async () => void (await Promise.all([callLog.flush(), series.flush()])),
  };
}
