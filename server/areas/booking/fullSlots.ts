/** So many refusals of one slot within a second are a rush. */
const rushRefusals = 20;
/** In a rush, a slot found full is not asked again for so long. */
const rememberedMs = 100;

interface Seen {
  readonly hallMs: number;
  readonly atMs: number;
  /** Refusals since `countingSince`. */
  readonly refusals: number;
  readonly countingSince: number;
}

/**
 * What this process has just been told of full slots. At release time nine in ten requests are for places that are gone;
 * in such a rush, and only then, they are refused from memory for a tenth of a second at a time, so that the store's
 * time goes to those who still win something. Nothing is sold from here: a place is only ever taken by `takePlace`.
 */
export class FullSlots {
  private readonly seen = new Map<string, Seen>();

  /** The slot was full at `now` (the hall's time). */
  note(slotId: string, now: Date, atMs = performance.now()): void {
    const before = this.seen.get(slotId);
    const counting = before !== undefined && atMs - before.countingSince < 1000;
    if (this.seen.size > 5000) this.seen.clear();
    this.seen.set(slotId, {
      hallMs: now.getTime(),
      atMs,
      refusals: counting ? before.refusals + 1 : 1,
      countingSince: counting ? before.countingSince : atMs,
    });
  }

  /** True in a rush on a slot that was full a moment ago. */
  isFull(slotId: string, now: Date, atMs = performance.now()): boolean {
    const seen = this.seen.get(slotId);
    if (!seen || seen.refusals < rushRefusals) return false;
    return atMs - seen.atMs < rememberedMs && Math.abs(now.getTime() - seen.hallMs) < rememberedMs;
  }

  /** A place of it was given back in this process. */
  forget(slotId: string): void {
    this.seen.delete(slotId);
  }
}

export const fullSlots = new FullSlots();
