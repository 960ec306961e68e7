import type { QuotaRule } from './quota.ts';

/**
 * What can go wrong on purpose. All are off at start; `POST /__mock/wechat/profile` changes some of them.
 * Rates are shares of calls from 0 to 1.
 */
export type Faults = {
  /** Every platform call waits so long before it is answered. */
  latencyMs: number;
  /** Share of calls answered with `errcode` instead of being carried out. */
  errorRate: number;
  /** The injected code; 500 to 599 gives that HTTP status with an HTML body, as a gateway would. */
  errcode: number;
  /** Only paths that begin with one of these feel latency, errors, hold and drops; empty = all. */
  paths: string[];
  /** Tokens handed out from now on live so many seconds; 0 = the real 7200. */
  tokenExpiresSoon: number;
  /** Calls hang unanswered until this is off again. */
  hold: boolean;
  /** Share of calls that are carried out, but whose connection is cut instead of being answered. */
  dropResponses: number;
  /** Events that follow a send wait so long. */
  eventDelayMs: number;
  /** Share of events delivered twice at the same moment. */
  duplicateEvents: number;
  /** Share of events that never come. */
  dropEvents: number;
  /** Share of template messages that end as `failed: system failed` after they were accepted. */
  templateFailRate: number;
  /** How mass messages end: '' = send success; `send fail` or `err(10001)` and the like reach nobody. */
  massStatus: string;
  /** Events overtake each other by a random delay of up to this many milliseconds. */
  reorderMs: number;
  /** Time the callback has for its answer. The platform's limit is 5000. */
  deliveryTimeoutMs: number;
  /** Pause before a failed delivery is repeated. */
  deliveryGapMs: number;
  /** Deliveries that may be in flight at once. */
  deliveryConcurrency: number;
};

export const noFaults: Readonly<Faults> = {
  latencyMs: 0,
  errorRate: 0,
  errcode: -1,
  paths: [],
  tokenExpiresSoon: 0,
  hold: false,
  dropResponses: 0,
  eventDelayMs: 30,
  duplicateEvents: 0,
  dropEvents: 0,
  templateFailRate: 0,
  massStatus: '',
  reorderMs: 0,
  deliveryTimeoutMs: 5000,
  deliveryGapMs: 1000,
  deliveryConcurrency: 32,
};

export type Profile = Partial<Faults> & {
  quotas?: Record<string, QuotaRule & { used?: number }>;
  followers?: number;
  clockOffsetMs?: number;
  disabledTemplates?: string[];
};

/** Holds the switches and the calls that wait for `hold` to end. */
export class FaultSwitches {
  current: Faults = { ...noFaults };
  #held: (() => void)[] = [];

  change(changes: Partial<Faults>): void {
    for (const key of Object.keys(noFaults) as (keyof Faults)[]) {
      const value = changes[key];
      if (value !== undefined) Object.assign(this.current, { [key]: value });
    }
    if (!this.current.hold) this.release();
  }

  reset(): void {
    this.current = { ...noFaults };
    this.release();
  }

  release(): void {
    for (const go of this.#held.splice(0)) go();
  }

  appliesTo(path: string): boolean {
    return this.current.paths.length === 0 || this.current.paths.some((start) => path.startsWith(start));
  }

  async wait(): Promise<void> {
    if (this.current.hold) await new Promise<void>((resolve) => this.#held.push(resolve));
    if (this.current.latencyMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, this.current.latencyMs));
    }
  }

  happens(rate: number): boolean {
    return rate > 0 && Math.random() < rate;
  }
}
