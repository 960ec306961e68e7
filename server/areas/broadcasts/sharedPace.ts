import { Pacer } from './pacer.ts';
import type { BroadcastsRoom } from './room.ts';

const sendPath = '/cgi-bin/message/template/send';

/** A broadcast's place among those that run side by side. */
export interface Seat {
  inFlight: number;
  readonly waiting: (() => void)[];
}

/**
 * What all running broadcasts share: the calls at once (evenly), WeChat's rate, and the day's quota less the reserve for
 * personal notices. One per runner.
 */
export class SharedPace {
  /** Four fifths of WeChat's rate. */
  pacer = new Pacer(null);
  private readonly seats: Seat[] = [];
  private inFlight = 0;
  /** Of the budget, and not yet answered. */
  private spent = 0;
  private budget = 0;
  private asking: Promise<void> | null = null;
  private drained: (() => void) | null = null;

  constructor(
    private readonly room: Pick<BroadcastsRoom, 'account' | 'settings'>,
    readonly lanes: number,
  ) {}

  /** The first one asks WeChat for rate and quota; later ones share what it was told. */
  async join(): Promise<Seat> {
    const seat: Seat = { inFlight: 0, waiting: [] };
    this.seats.push(seat);
    try {
      if (this.seats.length === 1) this.asking = this.readQuota(true);
      await this.asking;
    } catch (error) {
      this.leave(seat);
      throw error;
    }
    return seat;
  }

  /** Nothing of it may be under way or waiting any more. */
  leave(seat: Seat): void {
    const at = this.seats.indexOf(seat);
    if (at >= 0) this.seats.splice(at, 1);
    this.grant();
  }

  /** Takes one message of the day's quota; false when nothing is left but the reserve. */
  async spend(): Promise<boolean> {
    if (this.budget <= 0) {
      this.asking ??= this.readQuota(false);
      await this.asking;
    }
    if (this.budget <= 0) return false;
    this.budget -= 1;
    this.spent += 1;
    return true;
  }

  /** A message that was taken was answered, whatever the answer. */
  settled(): void {
    this.spent -= 1;
    if (this.spent === 0) this.drained?.();
  }

  /** What was taken and not used. */
  giveBack(): void {
    this.budget += 1;
    this.settled();
  }

  /** Resolves when this seat may have one more call under way; `done` must follow. */
  async begin(seat: Seat): Promise<void> {
    if (this.mayBegin(seat)) return this.count(seat);
    await new Promise<void>((resolve) => seat.waiting.push(resolve));
  }

  done(seat: Seat): void {
    seat.inFlight -= 1;
    this.inFlight -= 1;
    this.grant();
  }

  private count(seat: Seat): void {
    seat.inFlight += 1;
    this.inFlight += 1;
  }

  private mayBegin(seat: Seat): boolean {
    const share = Math.max(1, Math.floor(this.lanes / this.seats.length));
    return this.inFlight < this.lanes && seat.inFlight < share;
  }

  /** Whoever has least under way goes first. */
  private grant(): void {
    for (;;) {
      let next: Seat | null = null;
      for (const seat of this.seats) {
        if (seat.waiting.length === 0 || !this.mayBegin(seat)) continue;
        if (!next || seat.inFlight < next.inFlight) next = seat;
      }
      if (!next) return;
      this.count(next);
      next.waiting.shift()!();
    }
  }

  private async readQuota(fresh: boolean): Promise<void> {
    try {
      // What is under way WeChat has perhaps not counted yet: only with nothing under way its number is the truth.
      if (this.spent > 0) {
        await new Promise<void>((resolve) => {
          this.drained = resolve;
        });
        this.drained = null;
      }
      const { dailyLimit, remain, rate } = await this.room.account.quota(sendPath);
      const { share, atLeast } = this.room.settings.personalReserve;
      this.budget = remain - Math.max(Math.ceil(dailyLimit * share), Math.min(atLeast, dailyLimit / 2));
      if (fresh) this.pacer = new Pacer(rate ? (rate.calls / rate.seconds) * 0.8 : null);
    } finally {
      this.asking = null;
    }
  }
}
