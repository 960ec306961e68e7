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
callSchema.index({ system: 1, at: -1 });
callSchema.index({ actor: 1, at: -1 });
export const CallModel = mongoose.model('GovernmentCall', callSchema);

interface Waiting {
  readonly row: CallRow;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Writes audit rows in batches that form by themselves: while one write is under way, the next rows gather. `begin` resolves
 * when the row is safe, so no answer leaves without its row; the outcome follows in the background and is flushed at the end.
 */
export class CallLog {
  private beginning: Waiting[] = [];
  private endings: { id: string; result: string; attempts: number; ms: number }[] = [];
  private writing: Promise<void> | null = null;

  begin(row: CallRow): Promise<void> {
    return new Promise((done, failed) => {
      this.beginning.push({ row, done, failed });
      this.start();
    });
  }

  end(id: string, result: string, attempts: number, ms: number): void {
    this.endings.push({ id, result, attempts, ms });
    this.start();
  }

  /** Resolves when everything that was handed over so far is written. */
  async flush(): Promise<void> {
    while (this.writing) await this.writing;
  }

  private start(): void {
    this.writing ??= this.write().finally(() => {
      this.writing = null;
      if (this.beginning.length + this.endings.length > 0) this.start();
    });
  }

  private async write(): Promise<void> {
    await Promise.resolve(); // lets rows of the same tick join
    const [beginning, endings] = [this.beginning, this.endings];
    this.beginning = [];
    this.endings = [];
    const inserts = beginning.map(({ row }) => ({ insertOne: { document: row } }));
    const updates = endings.map(({ id, ...outcome }) => ({
      updateOne: { filter: { _id: id }, update: { $set: outcome } },
    }));
    try {
      await CallModel.collection.bulkWrite([...inserts, ...updates] as never, { ordered: true });
      for (const { done } of beginning) done();
    } catch (error) {
      for (const { failed } of beginning) failed(error);
      if (endings.length > 0)
        log.error({ cause: error, count: endings.length }, 'outcomes of calls were not written');
    }
  }
}
