import { RowModel } from './ledger.ts';
import type { RowOutcome } from './reactions.ts';
import type { ClaimedRow } from './rowFeed.ts';

const flushMs = 150;
const flushAt = 250;

/** Settles rows in batches: a crash loses at most a moment's results, and those rows are asked for again harmlessly. */
export class RowWriter {
  private waiting: object[] = [];
  private writing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private failure: unknown = null;

  sent(row: ClaimedRow, msgId: string): void {
    this.add(row, { $set: { state: 'sent', msgId, claim: null, code: null }, $unset: { dueAt: '' } });
  }

  settle(row: ClaimedRow, outcome: RowOutcome, code: number | null): void {
    this.add(row, {
      $set: { state: outcome.state, claim: null, code, ...(outcome.dueAt && { dueAt: outcome.dueAt }) },
      ...(outcome.sure && { $unset: { firstTriedAt: '' } }),
    });
  }

  /** Writes what is left; throws when a batch could not be written. */
  async finish(): Promise<void> {
    this.flush();
    await this.writing;
    if (this.failure) throw this.failure;
  }

  /** Senders stop when results cannot be written. */
  get broken(): boolean {
    return this.failure !== null;
  }

  private add(row: ClaimedRow, update: object): void {
    // Only under the claim it was sent with: a row that was taken over belongs to the other one.
    this.waiting.push({
      updateOne: { filter: { _id: row._id, claim: row.claim, state: 'claimed' }, update },
    });
    if (this.waiting.length >= flushAt) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), flushMs);
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const batch = this.waiting.splice(0);
    if (batch.length === 0) return;
    this.writing = this.writing.then(async () => {
      try {
        await RowModel.collection.bulkWrite(batch as never, { ordered: false });
      } catch (error) {
        this.failure ??= error;
      }
    });
  }
}
