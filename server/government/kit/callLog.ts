import mongoose, { Schema } from 'mongoose';
import { log } from '../../kernel/log.ts';

/** One call to a government system: who asked, why, about which matter, and how it went (数据共享 demands purpose and matter). */
export interface CallRow {
  readonly _id: string;
  readonly system: string;
  readonly operation: string;
  readonly at: Date;
  /** `citizen:<id>`, `staff:<id>` or `system`. */
  readonly actor: string;
  readonly purpose: string;
  readonly matterCode: string | null;
  /** Masked: whatever names a person is cut or left out. */
  readonly args: Readonly<Record<string, string>>;
  readonly requestId: string | null;
  /** `begun` stays where the process died during the call: the outcome is not known. */
  readonly result: string;
  readonly attempts: number;
  readonly ms: number | null;
}

const callSchema = new Schema<CallRow>(
  {
    _id: { type: String, required: true },
    system: { type: String, required: true },
    operation: { type: String, required: true },
    at: { type: Date, required: true },
    actor: { type: String, required: true },
    purpose: { type: String, required: true },
    matterCode: { type: String, default: null },
    args: { type: Object, default: {} },
    requestId: { type: String, default: null },
    result: { type: String, required: true },
    attempts: { type: Number, required: true },
    ms: { type: Number, default: null },
  } as never,
  { collection: 'governmentCalls', minimize: false, versionKey: false },
);
callSchema.index({ system: 1, _id: -1 }); // ids grow with time
callSchema.index({ actor: 1, at: -1 });
export const CallModel = mongoose.model('GovernmentCall', callSchema);

interface Waiting {
  readonly row: CallRow;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

interface Ending {
  readonly id: string;
  readonly result: string;
  readonly attempts: number;
  readonly ms: number;
}

/** Outcomes gather this long, or up to this many, before they are written. */
const endingsEveryMs = 250;
const endingsAtOnce = 500;
/** A look-up still under way after so long gets its row as `begun`. */
const youngMs = 200;

/**
 * Writes audit rows in batches that form by themselves: while one write is under way, the next rows gather. No answer leaves without
 * its row, written by a majority: a call that changes something has its row from the start; a look-up that ends soon is written once,
 * with its outcome, before its answer goes on. What can be lost: look-ups that were under way for less than 200 ms when the process
 * died, whose answers nobody got.
 */
export class CallLog {
  /** Look-ups under way without a row so far, oldest first. */
  private readonly young = new Map<string, { readonly row: CallRow; readonly since: number }>();
  private readonly arriving = new Map<string, Promise<void>>();
  private beginning: Waiting[] = [];
  private endings: Ending[] = [];
  private writing: Promise<void> | null = null;
  private ending: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private youngTimer: NodeJS.Timeout | null = null;

  /** `changes`: written at once; else the row may wait for its outcome a moment. Failures come with `end`. */
  begin(row: CallRow, changes: boolean): void {
    if (changes) {
      this.announce(row);
      return;
    }
    this.young.set(row._id, { row, since: performance.now() });
    this.youngTimer ??= setTimeout(() => this.announceOld(), youngMs).unref();
  }

  /** Resolves when the row is safe; throws what kept it from being written. */
  async end(id: string, result: string, attempts: number, ms: number): Promise<void> {
    const young = this.young.get(id);
    if (young) {
      this.young.delete(id);
      return this.insert({ ...young.row, result, attempts, ms });
    }
    await this.arriving.get(id);
    this.endings.push({ id, result, attempts, ms });
    if (this.endings.length >= endingsAtOnce) this.ending ??= this.writeEndings();
    else this.timer ??= setTimeout(() => (this.ending ??= this.writeEndings()), endingsEveryMs).unref();
  }

  private announce(row: CallRow): void {
    const arriving = this.insert(row);
    this.arriving.set(row._id, arriving);
    arriving.then(
      () => this.arriving.delete(row._id),
      () => undefined, // kept for `end`, which throws it
    );
  }

  private announceOld(): void {
    this.youngTimer = null;
    const now = performance.now();
    for (const [id, { row, since }] of this.young) {
      if (now - since < youngMs) break;
      this.young.delete(id);
      this.announce(row);
    }
    const [oldest] = this.young.values();
    if (oldest)
      this.youngTimer = setTimeout(
        () => this.announceOld(),
        Math.max(1, youngMs - now + oldest.since),
      ).unref();
  }

  private insert(row: CallRow): Promise<void> {
    return new Promise((done, failed) => {
      this.beginning.push({ row, done, failed });
      this.writing ??= this.writeBeginnings();
    });
  }

  /** Resolves when everything that was handed over so far is written. */
  async flush(): Promise<void> {
    for (const { row } of this.young.values()) this.announce(row);
    this.young.clear();
    while (this.writing) await this.writing;
    if (this.endings.length > 0) this.ending ??= this.writeEndings();
    while (this.ending) await this.ending;
  }

  private async writeBeginnings(): Promise<void> {
    await Promise.resolve(); // lets rows of the same tick join
    while (this.beginning.length > 0) {
      const batch = this.beginning;
      this.beginning = [];
      try {
        await CallModel.collection.insertMany(batch.map(({ row }) => row) as never, { ordered: false });
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.writing = null;
  }

  private async writeEndings(): Promise<void> {
    // Never ends in the tick it began in: `ending` would be set to a promise that nobody clears any more.
    await Promise.resolve();
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    while (this.endings.length > 0) {
      const batch = this.endings;
      this.endings = [];
      const updates = batch.map(({ id, ...outcome }) => ({
        updateOne: { filter: { _id: id }, update: { $set: outcome } },
      }));
      await CallModel.collection.bulkWrite(updates as never, { ordered: false }).catch((error: unknown) => {
        log.error({ cause: error, count: batch.length }, 'outcomes of calls were not written');
      });
    }
    this.ending = null;
  }
}
