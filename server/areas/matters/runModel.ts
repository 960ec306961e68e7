import mongoose, { Schema } from 'mongoose';

/** waiting → running → one of the ends. `interrupted`: its process stopped; the next run takes up what it left. */
export type RunState = 'waiting' | 'running' | 'live' | 'unchanged' | 'refused' | 'failed' | 'interrupted';

/** What a run has done so far. */
export interface RunProgress {
  readonly deliveryId: string | null;
  /** As the source announced it. */
  readonly total: number;
  readonly pages: number;
  readonly pagesDone: number;
  readonly received: number;
  readonly applied: number;
  readonly added: number;
  readonly changed: number;
  readonly withdrawn: number;
  /** Why it was refused or failed, in a sentence for staff. */
  readonly problem: string | null;
  /** Particulars of it: which page was short, which matters would go. */
  readonly reasons: readonly string[];
  /** Type codes that our table does not name. */
  readonly unknownTypes: readonly UnknownType[];
}

export interface UnknownType {
  readonly code: string;
  readonly count: number;
  /** The name of a matter that has it. */
  readonly example: string;
}

/** One attempt to bring the catalogue in step with the province. */
export interface SyncRun extends RunProgress {
  readonly _id: string;
  readonly cause: 'nightly' | 'staff';
  readonly askedBy: { readonly id: string; readonly name: string } | null;
  /** Take a delivery that removes many. */
  readonly force: boolean;
  readonly state: RunState;
  /** True while it waits or runs: there is one at a time. */
  readonly active: boolean;
  readonly askedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Wall clock of the last sign of life. */
  readonly beatAt: Date;
}

export const nothingYet: RunProgress = {
  deliveryId: null,
  total: 0,
  pages: 0,
  pagesDone: 0,
  received: 0,
  applied: 0,
  added: 0,
  changed: 0,
  withdrawn: 0,
  problem: null,
  reasons: [],
  unknownTypes: [],
};

const runSchema = new Schema<SyncRun>(
  {
    _id: { type: String, required: true },
    cause: { type: String, required: true },
    askedBy: { type: Object, default: null },
    force: { type: Boolean, required: true },
    state: { type: String, required: true },
    active: { type: Boolean, required: true },
    askedAt: { type: Date, required: true },
    startedAt: { type: Date, default: null },
    finishedAt: { type: Date, default: null },
    beatAt: { type: Date, required: true },
    deliveryId: { type: String, default: null },
    total: Number,
    pages: Number,
    pagesDone: Number,
    received: Number,
    applied: Number,
    added: Number,
    changed: Number,
    withdrawn: Number,
    problem: { type: String, default: null },
    reasons: { type: [String], default: [] },
    unknownTypes: { type: [Object], default: [] },
  } as never,
  { collection: 'matterSyncRuns', versionKey: false },
);
runSchema.index({ askedAt: -1 });
runSchema.index({ active: 1 }, { unique: true, partialFilterExpression: { active: true } });
export const SyncRunModel = mongoose.model('MatterSyncRun', runSchema);
