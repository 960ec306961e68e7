import type { Collection } from '../storage/catalog.ts';
import { prefixOf } from '../storage/catalog.ts';
import type { Engine } from '../storage/engine.ts';
import type { ReadTransaction } from '../storage/environment.ts';
import { keptBytes } from '../storage/orderedKey.ts';
import type { IndexPlan, KeyRange, Plan } from './plan.ts';

/**
 * Record ids a plan leads to, one after another. It holds no LMDB cursor between calls: it fetches keys in growing
 * portions and remembers the last, so that it can be continued in a later turn, after other writes.
 */
export interface Scan {
  next(): number | undefined;
  /** Keys looked at, for explain. */
  examined: number;
}

export function openScan(
  engine: Engine,
  collection: Collection,
  plan: Plan,
  transaction?: ReadTransaction,
): Scan {
  switch (plan.kind) {
    case 'nothing':
      return { next: () => undefined, examined: 0 };
    case 'scan':
      return new RecordScan(engine, collection, plan.reverse, transaction);
    case 'index':
      return new IndexScan(engine, plan, transaction);
    case 'or':
      return new UnionScan(plan.branches.map((branch) => new IndexScan(engine, branch, transaction)));
  }
}

const largestPortion = 512;

class KeyReader {
  private readonly engine: Engine;
  private readonly table: 'keys' | 'records';
  private readonly range: KeyRange;
  private readonly reverse: boolean;
  private readonly transaction: ReadTransaction | undefined;
  private portion: Buffer[] = [];
  private at = 0;
  private size: number;
  private last: Buffer | undefined;
  private ended = false;

  constructor(
    engine: Engine,
    table: 'keys' | 'records',
    range: KeyRange,
    reverse: boolean,
    transaction: ReadTransaction | undefined,
    size = 8,
  ) {
    this.engine = engine;
    this.table = table;
    this.range = range;
    this.reverse = reverse;
    this.transaction = transaction;
    this.size = size;
  }

  next(): Buffer | undefined {
    if (this.at >= this.portion.length) {
      if (this.ended) return undefined;
      this.fetch();
      if (this.portion.length === 0) return undefined;
    }
    return this.portion[this.at++];
  }

  private fetch(): void {
    const { low, high } = this.range;
    const limit = this.size;
    const keys = this.engine.env[this.table].getKeys({
      ...(this.reverse
        ? { start: this.last ?? high, exclusiveStart: true, end: low, inclusiveEnd: true, reverse: true }
        : { start: this.last ?? low, exclusiveStart: this.last !== undefined, end: high }),
      limit,
      ...(this.transaction ? { transaction: this.transaction } : {}),
    });
    this.portion = [...keys] as Buffer[];
    this.at = 0;
    this.last = this.portion.at(-1) ?? this.last;
    this.ended = this.portion.length < limit;
    this.size = Math.min(largestPortion, limit * 4);
  }
}

class RecordScan implements Scan {
  examined = 0;
  private readonly reader: KeyReader;

  constructor(
    engine: Engine,
    collection: Collection,
    reverse: boolean,
    transaction: ReadTransaction | undefined,
  ) {
    const range = { low: collection.prefix, high: prefixOf(collection.id + 1) };
    this.reader = new KeyReader(engine, 'records', range, reverse, transaction, 64);
  }

  next(): number | undefined {
    return this.reader.next()?.readUIntBE(4, 6);
  }
}

class IndexScan implements Scan {
  examined = 0;
  private readonly engine: Engine;
  private readonly plan: IndexPlan;
  private readonly transaction: ReadTransaction | undefined;
  private readonly seen: Set<number> | undefined;
  private position = 0;
  private reader: KeyReader | undefined;

  constructor(engine: Engine, plan: IndexPlan, transaction: ReadTransaction | undefined) {
    this.engine = engine;
    this.plan = plan;
    this.transaction = transaction;
    this.seen = plan.index.isMultikey ? new Set() : undefined;
  }

  next(): number | undefined {
    const { plan } = this;
    for (;;) {
      if (!this.reader) {
        if (this.position >= plan.ranges.length) return undefined;
        const range = plan.ranges[plan.reverse ? plan.ranges.length - 1 - this.position : this.position]!;
        this.position++;
        this.reader = new KeyReader(this.engine, 'keys', range, plan.reverse, this.transaction);
      }
      const key = this.reader.next();
      if (!key) {
        this.reader = undefined;
        continue;
      }
      this.examined++;
      const record = this.recordOf(key);
      if (record === undefined || this.seen?.has(record)) continue;
      this.seen?.add(record);
      return record;
    }
  }

  private recordOf(key: Buffer): number | undefined {
    if (!this.plan.index.unique) return key.readUIntBE(key.length - 6, 6);
    const value = this.transaction
      ? (this.engine.env.keys.get(key, { transaction: this.transaction }) as Buffer | undefined)
      : this.engine.env.keys.getBinaryFast(key);
    return value?.readUIntBE(0, 6);
  }
}

class UnionScan implements Scan {
  private readonly branches: Scan[];
  private readonly seen = new Set<number>();

  constructor(branches: Scan[]) {
    this.branches = branches;
  }

  get examined(): number {
    return this.branches.reduce((sum, branch) => sum + branch.examined, 0);
  }

  next(): number | undefined {
    while (this.branches.length > 0) {
      const record = this.branches[0]!.next();
      if (record === undefined) {
        this.branches.shift();
        continue;
      }
      if (this.seen.has(record)) continue;
      this.seen.add(record);
      return record;
    }
    return undefined;
  }
}

/** The record under a unique key that the plan holds to one point, without a cursor; undefined when it is another kind of plan. */
export function pointLookup(
  engine: Engine,
  plan: Plan,
  transaction?: ReadTransaction,
): { record: number | undefined } | undefined {
  if (plan.kind !== 'index' || !plan.index.unique || plan.ranges.length !== 1) return undefined;
  if (plan.bounds.some((field) => field.intervals.length !== 1 || !isPointInterval(field.intervals[0]!)))
    return undefined;
  const key = plan.ranges[0]!.low;
  if (key.length >= keptBytes) return undefined;
  const value = transaction
    ? (engine.env.keys.get(key, { transaction }) as Buffer | undefined)
    : (engine.env.keys.getBinaryFast(key) as Buffer | undefined);
  return { record: value?.readUIntBE(0, 6) };
}

function isPointInterval(interval: { low: unknown; high: unknown }): boolean {
  return interval.low === interval.high;
}
