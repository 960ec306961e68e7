import { setTimeout as pause } from 'node:timers/promises';
import { claimRows } from '../../kernel/outbox/claimRows.ts';
import { snapshotNextPage } from './audience.ts';
import { type Row, RowModel } from './ledger.ts';
import type { Broadcast } from './model.ts';
import type { BroadcastsRoom } from './room.ts';

export type ClaimedRow = Row & { readonly claim: string; readonly firstTriedAt: Date };

/**
 * Claims the receivers of one broadcast some hundred at a time, ahead of the senders, while the audience is still being
 * read. `next()` answers null when there is nobody left, or when it was closed.
 */
export class RowFeed {
  private queue: ClaimedRow[] = [];
  /** A row is tried only while so much of its lease is left: a call must be over before another may claim the row. */
  private readonly marginMs: number;
  private filling: Promise<void> | null = null;
  private ended = false;
  private closed = false;
  private lastLook = 0;

  constructor(
    private readonly room: BroadcastsRoom,
    private broadcast: Broadcast,
    private batch: number,
    private readonly leaseMs: number,
  ) {
    this.marginMs = Math.min(10_000, leaseMs / 3);
  }

  async next(): Promise<ClaimedRow | null> {
    while (!this.closed) {
      if (this.queue.length < this.batch / 2) this.fill();
      const row = this.queue.shift();
      if (row && this.isFresh(row)) return row;
      if (row) {
        // Claimed faster than they can be sent: these go back untried, and from now on fewer are claimed ahead.
        const late = [row, ...this.queue.filter((each) => !this.isFresh(each))];
        this.queue = this.queue.filter((each) => this.isFresh(each));
        this.batch = Math.max(10, Math.floor(this.batch / 2));
        await this.putBack(late);
        continue;
      }
      if (this.ended) return null;
      await this.filling;
    }
    return null;
  }

  /** A row that was handed out and not tried. */
  giveBack(row: ClaimedRow): void {
    this.queue.unshift(row);
  }

  /** False: the row waited too long for its turn (WeChat's rate, a full minute); put it back. */
  isFresh(row: ClaimedRow): boolean {
    return row.dueAt!.getTime() - this.room.clock.wall().getTime() > this.marginMs;
  }

  /** No more rows; those that were claimed and not handed out go back. */
  async close(): Promise<void> {
    this.closed = true;
    await this.filling;
    await this.putBack(this.queue.splice(0));
  }

  /** Rows that were claimed and not tried are as they were before; those another has claimed meanwhile are left alone. */
  async putBack(rows: readonly ClaimedRow[]): Promise<void> {
    for (const fresh of [true, false]) {
      const back = rows.filter(({ attempts }) => (attempts === 1) === fresh);
      if (back.length === 0) continue;
      const ids = back.map(({ _id }) => _id);
      const claims = [...new Set(back.map(({ claim }) => claim))];
      await RowModel.collection.updateMany(
        { _id: { $in: ids as never[] }, state: 'claimed', claim: { $in: claims } },
        fresh
          ? {
              $set: { state: 'pending', claim: null, attempts: 0 },
              $unset: { firstTriedAt: '', dueAt: '' },
            }
          : {
              $set: { state: 'waiting', claim: null, dueAt: this.room.clock.wall() },
              $inc: { attempts: -1 },
            },
      );
    }
  }

  private fill(): void {
    if (this.filling || this.ended || this.closed) return;
    this.filling = this.claimMore().finally(() => {
      this.filling = null;
    });
    this.filling.catch(() => {}); // whoever waits for it hears of it
  }

  private async claimMore(): Promise<void> {
    const wall = this.room.clock.wall();
    // Rows of a process that died, and rows to be tried again: looked for now and then, and at the end.
    if (wall.getTime() - this.lastLook > 2000) {
      this.lastLook = wall.getTime();
      if (await this.claim({ state: { $in: ['waiting', 'claimed'] }, dueAt: { $lte: wall } })) return;
    }
    if (await this.claim({ state: 'pending' })) return;
    if (!this.broadcast.snapshot?.done) {
      this.broadcast = await snapshotNextPage(this.room, this.broadcast);
      return;
    }
    if (await this.claim({ state: { $in: ['waiting', 'claimed'] }, dueAt: { $lte: wall } })) return;
    const open = await RowModel.exists({
      broadcastId: this.broadcast._id,
      state: { $in: ['pending', 'waiting', 'claimed'] },
    });
    if (open) await pause(100);
    else this.ended = true;
  }

  private async claim(due: object): Promise<boolean> {
    const wall = this.room.clock.wall();
    const dueAt = new Date(wall.getTime() + this.leaseMs);
    const rows = await claimRows<ClaimedRow>(RowModel.collection as never, {
      due: { broadcastId: this.broadcast._id, ...due },
      sort: {},
      limit: this.batch,
      // The first try's time stays, as long as it is not taken away.
      mark: {
        $set: { state: 'claimed', dueAt },
        $inc: { attempts: 1 },
        $min: { firstTriedAt: wall },
      },
      marked: (row) => ({
        ...row,
        state: 'claimed',
        dueAt,
        attempts: row.attempts + 1,
        firstTriedAt: row.firstTriedAt ?? wall,
      }),
    });
    this.queue.push(...rows);
    return rows.length > 0;
  }
}
