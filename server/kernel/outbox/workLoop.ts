import type { RunningWorker } from '../jobs.ts';
import { log } from '../log.ts';

export interface WorkLoopOptions {
  readonly name: string;
  /** Does what is due; answers whether there may be more at once. */
  readonly step: () => Promise<boolean>;
  /** How often to look when idle. */
  readonly pollMs: number;
  /** Registers a wake-up for work that begins in this process; answers how to unregister. */
  readonly onWake?: (wake: () => void) => () => void;
}

/** Repeats `step`: at once while there is work, on a wake-up, else every `pollMs`. A failing step waits a second. */
export function startWorkLoop({ name, step, pollMs, onWake }: WorkLoopOptions): RunningWorker {
  let stopped = false;
  let rung = false;
  let ring: (() => void) | null = null;
  const wake = (): void => {
    rung = true;
    ring?.();
  };
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (rung || stopped) return resolve();
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        ring = null;
        resolve();
      }
      ring = done;
    });
  const unregister = onWake?.(wake);
  const running = (async () => {
    while (!stopped) {
      rung = false;
      try {
        if (await step()) continue;
        await rest(pollMs);
      } catch (cause) {
        if (stopped) break;
        log.error({ worker: name, cause }, 'a work step failed');
        rung = false;
        await rest(1000);
      }
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      unregister?.();
      ring?.();
      await running;
    },
  };
}
