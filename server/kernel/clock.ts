/** Where "now" comes from. Rules never read the machine's clock; commands take it from here. */
export interface Clock {
  /** The hall's time: what citizens see and rules compare. May be shifted in a demo. */
  now(): Date;
  /** The machine's wall clock, for signatures, tokens and leases shared with systems we do not own. */
  wall(): Date;
  /** Milliseconds that only grow, for rates and durations. */
  monotonic(): number;
}

/** The machine's clock, its hall time shifted by `offsetMs` (a demo on a Sunday night may live on a Monday morning). */
export function systemClock(offsetMs = 0): Clock {
  return {
    now: () => new Date(Date.now() + offsetMs),
    wall: () => new Date(),
    monotonic: () => performance.now(),
  };
}

/** A clock for tests: stands still until told to move. */
export class TestClock implements Clock {
  constructor(private at: Date) {}
  now(): Date {
    return new Date(this.at);
  }
  wall(): Date {
    return new Date(this.at);
  }
  monotonic(): number {
    return this.at.getTime();
  }
  set(at: Date | string): void {
    this.at = new Date(at);
  }
  forward(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}
