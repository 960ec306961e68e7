import { compare } from '../bson/compare.ts';
import { decode } from '../bson/decode.ts';
import type { Doc, Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { OpenTransaction } from '../sessions/transaction.ts';
import { type Collection, recordKey } from '../storage/catalog.ts';
import type { Engine } from '../storage/engine.ts';
import type { Filter } from './filter.ts';
import { makePlan, type Plan, type Sort } from './plan.ts';
import { openScan, pointLookup, type Scan } from './scan.ts';
import { sortKey } from './sort.ts';

/** A document found: where it is, its bytes, and its decoded form when it had to be decoded as a whole. */
export interface Hit {
  record: number;
  bytes: Buffer;
  doc: Doc | undefined;
}

export interface FindRequest {
  collection: Collection;
  filter: Filter;
  sort?: Sort | undefined;
  hint?: Value | undefined;
  skip?: number;
  limit?: number;
  /** The caller needs every hit decoded. */
  decoded?: boolean;
}

const sortMemory = 100 * 1024 * 1024;

/**
 * Yields the documents of a query in order. `undefined` is yielded now and then between hits, as a place where the
 * caller may let other work run; the scan goes on from its last key.
 */
export class Finder {
  readonly plan: Plan;
  docsExamined = 0;
  /** Nothing more can come: the limit is reached, or the sorted whole is given. */
  ended = false;
  private readonly engine: Engine;
  private readonly request: FindRequest;
  private readonly transaction: OpenTransaction | undefined;
  private readonly sorted: boolean;

  constructor(engine: Engine, request: FindRequest, transaction?: OpenTransaction) {
    this.engine = engine;
    this.request = request;
    this.transaction = transaction;
    this.plan = makePlan({
      ...request,
      usable: transaction ? (index) => index.since <= transaction.shapeSequence : undefined,
    });
    const dirty = transaction?.changesOf(request.collection) !== undefined;
    this.sorted = !request.sort?.length || (this.plan.sorted && !dirty);
  }

  get blockingSort(): boolean {
    return !this.sorted;
  }

  *hits(): Generator<Hit | undefined, void> {
    const { skip = 0, limit = 0 } = this.request;
    let skipped = 0;
    let given = 0;
    const source = this.sorted ? this.matching() : this.sortedHits(limit > 0 ? skip + limit : 0);
    for (const hit of source) {
      if (hit === undefined) {
        yield undefined;
        continue;
      }
      if (skipped < skip) {
        skipped++;
        continue;
      }
      given++;
      if (limit > 0 && given >= limit) this.ended = true;
      yield hit;
      if (limit > 0 && given >= limit) {
        return;
      }
    }
  }

  private *sortedHits(keep: number): Generator<Hit | undefined, void> {
    const sort = this.request.sort!;
    let rows: { hit: Hit; key: Value[] }[] = [];
    let bytes = 0;
    const order = (a: { key: Value[] }, b: { key: Value[] }) => {
      for (let i = 0; i < sort.length; i++) {
        const result = compare(a.key[i]!, b.key[i]!);
        if (result !== 0) return result * sort[i]!.direction;
      }
      return 0;
    };
    for (const hit of this.matching()) {
      if (hit === undefined) {
        yield undefined;
        continue;
      }
      rows.push({ hit, key: sortKey(hit.doc ?? decode(hit.bytes), sort) });
      bytes += hit.bytes.length + 64;
      if (keep > 0 && rows.length > keep * 2 + 1000) {
        rows = rows.sort(order).slice(0, keep);
        bytes = rows.reduce((sum, row) => sum + row.hit.bytes.length + 64, 0);
      }
      if (bytes > sortMemory) {
        throw new CommandError(
          292,
          'Executor error during find command :: caused by :: Sort exceeded memory limit of 104857600 bytes, but did not opt in to external sorting.',
        );
      }
    }
    rows.sort(order);
    const last = rows.at(-1);
    for (const row of rows) {
      if (row === last) this.ended = true;
      yield row.hit;
    }
  }

  private *matching(): Generator<Hit | undefined, void> {
    const { engine, request, transaction, plan } = this;
    const { collection, filter } = request;
    const changes = transaction?.changesOf(collection);
    const snapshot = transaction?.snapshot;
    const exact = plan.kind === 'index' && plan.exact;
    const lookup = pointLookup(engine, plan, snapshot);
    const scan: Scan = lookup ? oneRecord(lookup.record) : openScan(engine, collection, plan, snapshot);
    let steps = 0;
    let { version } = engine.catalog;
    const given = new Set<number>();
    for (let record = scan.next(); record !== undefined; record = scan.next()) {
      if (++steps % 256 === 0) yield undefined;
      if (engine.catalog.version !== version) {
        this.checkStillThere();
        version = engine.catalog.version;
      }
      const change = changes?.get(record);
      if (change) {
        given.add(record);
        const hit = change.bytes && this.check(record, change.bytes, filter, false);
        if (hit) yield hit;
        continue;
      }
      const key = recordKey(collection, record);
      const bytes = (
        snapshot ? engine.env.records.get(key, { transaction: snapshot }) : engine.env.records.getBinary(key)
      ) as Buffer | undefined;
      if (!bytes) continue;
      this.docsExamined++;
      const hit = this.check(record, bytes, filter, exact);
      if (hit) yield hit;
    }
    this.keysExamined = lookup ? Number(lookup.record !== undefined) : scan.examined;
    if (!changes) return;
    for (const [record, change] of changes) {
      if (!change.bytes || given.has(record)) continue;
      const hit = this.check(record, change.bytes, filter, false);
      if (hit) yield hit;
    }
  }

  /** A scan does not go on over what was dropped in the meantime. */
  private checkStillThere(): void {
    const { collection } = this.request;
    if (this.engine.catalog.find(collection.namespace) !== collection) {
      throw new CommandError(175, `collection dropped. UUID ${collection.uuid.toString('hex')}`);
    }
    const used = this.plan.kind === 'index' ? [this.plan] : this.plan.kind === 'or' ? this.plan.branches : [];
    for (const { index } of used) {
      if (!collection.indexes.includes(index)) throw new CommandError(175, `index '${index.name}' dropped`);
    }
  }

  keysExamined = 0;

  private check(record: number, bytes: Buffer, filter: Filter, exact: boolean): Hit | undefined {
    if (this.request.decoded) {
      const doc = decode(bytes);
      return exact || filter.matches(doc) ? { record, bytes, doc } : undefined;
    }
    if (exact || filter.isEmpty) return { record, bytes, doc: undefined };
    const doc = decode(bytes, 0, filter.roots ? { only: filter.roots } : {});
    if (!filter.matches(doc)) return undefined;
    return { record, bytes, doc: filter.roots ? undefined : doc };
  }
}

function oneRecord(record: number | undefined): Scan {
  let left = record;
  return {
    examined: 0,
    next() {
      const next = left;
      left = undefined;
      return next;
    },
  };
}
