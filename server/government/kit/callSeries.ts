import mongoose, { Schema } from 'mongoose';
import { log } from '../../kernel/log.ts';
import { bounds, bucketOf } from './histogram.ts';
import type { Outcome } from './outcome.ts';

/**
 * How one system did in one minute or hour, over all processes. Counted beside the audit rows, not from them: a page that looks at a
 * day would read a million rows each time, and this reads at most 1,440. One update a process, system and minute each few seconds.
 */
export interface SeriesPoint {
  readonly at: Date;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Calls by how long they took, see `histogram.ts`; only those that were sent. */
  readonly times: readonly number[];
}

export type Grain = 'minute' | 'hour';
const lengths: Readonly<Record<Grain, number>> = { minute: 60_000, hour: 3_600_000 };
/** Minutes are kept for two days, hours for thirty. */
const keptMs: Readonly<Record<Grain, number>> = { minute: 2 * 86_400_000, hour: 30 * 86_400_000 };

interface StoredPoint {
  readonly _id: string;
  readonly system: string;
  readonly grain: Grain;
  readonly at: Date;
  readonly counts: Partial<Record<Outcome, number>>;
  readonly times: Readonly<Record<string, number>>;
  readonly endsAt: Date;
}

const pointSchema = new Schema<StoredPoint>(
  {
    _id: { type: String, required: true },
    system: { type: String, required: true },
    grain: { type: String, required: true },
    at: { type: Date, required: true },
    counts: { type: Object, default: {} },
    times: { type: Object, default: {} },
    endsAt: { type: Date, required: true },
  } as never,
  { collection: 'governmentSeries', minimize: false, versionKey: false },
);
pointSchema.index({ grain: 1, system: 1, at: 1 });
pointSchema.index({ endsAt: 1 }, { expireAfterSeconds: 0 });
const PointModel = mongoose.model('GovernmentSeries', pointSchema);

interface Gathered {
  readonly system: string;
  readonly grain: Grain;
  readonly at: number;
  readonly wall: number;
  readonly increments: Map<string, number>;
}

const writeEveryMs = 3000;

/** Counts calls in memory and adds them to the shared points every few seconds. A process that dies loses those seconds of counts. */
export class CallSeries {
  private gathered = new Map<string, Gathered>();
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> | null = null;

  /** `ms`: null for what was not sent. `wall`: the machine's time, for how long the point is kept. */
  add(system: string, at: Date, wall: Date, outcome: Outcome, ms: number | null): void {
    for (const grain of ['minute', 'hour'] as const) {
      const begun = Math.floor(at.getTime() / lengths[grain]) * lengths[grain];
      const id = `${system}/${grain}/${new Date(begun).toISOString().slice(0, 16)}`;
      let point = this.gathered.get(id);
      if (!point) {
        point = { system, grain, at: begun, wall: wall.getTime(), increments: new Map() };
        this.gathered.set(id, point);
      }
      const { increments } = point;
      increments.set(`counts.${outcome}`, (increments.get(`counts.${outcome}`) ?? 0) + 1);
      if (ms === null) continue;
      const key = `times.b${bucketOf(ms)}`;
      increments.set(key, (increments.get(key) ?? 0) + 1);
    }
    this.timer ??= setTimeout(() => void this.flush(), writeEveryMs).unref();
  }

  /** Resolves when what was counted so far is written, or was given up. */
  async flush(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.gathered.size === 0) return;
    const batch = this.gathered;
    this.gathered = new Map();
    this.writing = write(batch).finally(() => {
      this.writing = null;
    });
    await this.writing;
  }
}

async function write(batch: ReadonlyMap<string, Gathered>): Promise<void> {
  let updates = [...batch].map(([_id, { system, grain, at, wall, increments }]) => ({
    updateOne: {
      filter: { _id },
      update: {
        $inc: Object.fromEntries(increments),
        $setOnInsert: { system, grain, at: new Date(at), endsAt: new Date(wall + keptMs[grain]) },
      },
      upsert: true,
    },
  }));
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await PointModel.collection.bulkWrite(updates as never, { ordered: false });
      return;
    } catch (error) {
      // Another process made the point at the same moment: what failed for that is added to it now.
      const failed = (error as { writeErrors?: { code?: number; index: number }[] }).writeErrors ?? [];
      const again = failed.filter(({ code }) => code === 11000).map(({ index }) => updates[index]!);
      if (again.length === 0) {
        log.warn({ cause: error, count: updates.length }, 'counts of calls were not written');
        return;
      }
      updates = again;
    }
  }
}

/** The points of one system, or of all, that began in [since, until), oldest first; times without calls have none. */
export async function readSeries(
  grain: Grain,
  since: Date,
  until: Date,
  system?: string,
): Promise<readonly (SeriesPoint & { readonly system: string })[]> {
  const rows = await PointModel.find({
    grain,
    ...(system !== undefined && { system }),
    at: { $gte: since, $lt: until },
  })
    .sort({ at: 1 })
    .lean<StoredPoint[]>();
  return rows.map((row) => ({
    system: row.system,
    at: row.at,
    counts: { ok: 0, refused: 0, failed: 0, notSent: 0, ...row.counts },
    times: [...bounds, 0].map((_, i) => row.times?.[`b${i}`] ?? 0),
  }));
}

/** Several points as one. */
export function sumOf(points: readonly Omit<SeriesPoint, 'at'>[]): Omit<SeriesPoint, 'at'> {
  const counts = { ok: 0, refused: 0, failed: 0, notSent: 0 };
  const times = [...bounds, 0].map(() => 0);
  for (const point of points) {
    for (const outcome of ['ok', 'refused', 'failed', 'notSent'] as const)
      counts[outcome] += point.counts[outcome];
    for (let i = 0; i < times.length; i++) times[i]! += point.times[i] ?? 0;
  }
  return { counts, times };
}
