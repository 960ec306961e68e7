import { setTimeout as pause } from 'node:timers/promises';

/** Spaces calls out: at most `perSecond`, or as fast as they come when WeChat names no rate. Slows down when told to. */
export class Pacer {
  private nextAt = 0;
  private blockedUntil = 0;
  private strain = 0;

  constructor(
    private perSecond: number | null,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Resolves when the next call may go. */
  async take(): Promise<void> {
    const wait = this.reserve();
    if (wait > 0) await pause(wait);
  }

  /** Milliseconds until the call that is hereby reserved may go. */
  reserve(): number {
    const now = this.now();
    const from = Math.max(now, this.blockedUntil);
    if (this.perSecond === null) return from - now;
    // Up to 100 ms of unused time may be caught up, so that timers that fire late cost no rate.
    const slot = Math.max(this.nextAt, from - 100);
    this.nextAt = slot + 1000 / this.perSecond;
    return Math.max(0, slot - now);
  }

  /** WeChat said 45011: nothing more this minute, and then less than before. */
  slower(observedPerSecond: number, blockMs: number): void {
    this.perSecond = Math.max(1, Math.min(this.perSecond ?? observedPerSecond, observedPerSecond) * 0.7);
    this.block(blockMs);
  }

  /** The platform does not answer as it should: a pause that grows while that lasts. */
  strained(): void {
    this.strain += 1;
    if (this.strain >= 20) this.block(Math.min(30_000, 250 * 2 ** Math.min(7, (this.strain - 20) / 20)));
  }

  relaxed(): void {
    this.strain = 0;
  }

  private block(ms: number): void {
    this.blockedUntil = Math.max(this.blockedUntil, this.now() + ms);
    this.nextAt = Math.max(this.nextAt, this.blockedUntil);
  }
}
