/** Periodic work of an area. Enqueued by the clock role (node-cron), run once by one worker (agenda); safe to run twice. */
export interface Job {
  /** `area.verbNoun`, unique. */
  readonly name: string;
  /** Cron, in the hall's time zone: minute hour day month weekday. */
  readonly schedule: string;
  readonly run: () => Promise<void>;
}

/** Work that never ends while the worker role lives, e.g. an outbox. Several processes may run it at once. */
export interface Worker {
  readonly name: string;
  readonly start: () => RunningWorker;
}

export interface RunningWorker {
  /** Lets what is in flight settle, then resolves. */
  readonly stop: () => Promise<void>;
}
