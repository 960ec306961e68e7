import { decode } from '../bson/decode.ts';
import type { Doc } from '../bson/value.ts';
import { writeConflict } from '../errors.ts';
import { type Collection, recordKey } from '../storage/catalog.ts';
import {
  type Access,
  duplicateKey,
  type Engine,
  keyChanges,
  noteShape,
  putKey,
  removeKey,
  uniqueOwner,
} from '../storage/engine.ts';
import type { ReadTransaction } from '../storage/environment.ts';
import { collectionLock, keyLock, type LockOwner, recordLock } from '../storage/locks.ts';

/** A changed document of a transaction: its new bytes, or undefined when it is removed. */
export interface Pending {
  bytes: Buffer | undefined;
  doc: Doc | undefined;
}

/**
 * An open multi-document transaction: reads see the snapshot taken at its first statement plus its own writes,
 * which stay in memory until commit. What it wrote is locked.
 */
export class OpenTransaction implements Access, LockOwner {
  readonly number: bigint;
  readonly snapshot: ReadTransaction;
  readonly ended: Promise<void>;
  /** Indexes defined later than this are not in the snapshot. */
  readonly shapeSequence: number;
  /** Its commit is on the way to the disk; it can no longer be given up. */
  committing = false;
  lastUsed = Date.now();
  readonly started = Date.now();
  private readonly engine: Engine;
  private readonly held = new Set<string>();
  private readonly pending = new Map<Collection, Map<number, Pending>>();
  /** Unique keys this transaction added, and whose they are; removed ones map to undefined. */
  private readonly uniqueKeys = new Map<string, number | undefined>();
  private finish: () => void = () => {};

  constructor(engine: Engine, number: bigint) {
    this.engine = engine;
    this.number = number;
    this.snapshot = engine.env.snapshot();
    this.shapeSequence = engine.shapeSequence;
    this.ended = new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  changesOf(collection: Collection): ReadonlyMap<number, Pending> | undefined {
    return this.pending.get(collection);
  }

  get hasWrites(): boolean {
    return this.pending.size > 0;
  }

  get(collection: Collection, record: number): Buffer | undefined {
    const own = this.pending.get(collection)?.get(record);
    if (own) return own.bytes;
    return this.committed(collection, record, this.snapshot);
  }

  private committed(
    collection: Collection,
    record: number,
    transaction?: ReadTransaction,
  ): Buffer | undefined {
    const key = recordKey(collection, record);
    if (!transaction) return this.engine.env.records.getBinary(key);
    return this.engine.env.records.get(key, { transaction }) as Buffer | undefined;
  }

  private lock(name: string): void {
    if (this.held.has(name)) return;
    if (this.engine.locks.owner(name)) throw writeConflict();
    this.engine.locks.take(name, this);
    this.held.add(name);
  }

  claim(collection: Collection, record: number): void {
    const name = recordLock(collection.id, record);
    // What it inserted itself nobody else can see, let alone change.
    if (this.held.has(name) || this.pending.get(collection)?.has(record)) return;
    const seen = this.committed(collection, record, this.snapshot);
    const now = this.committed(collection, record);
    if (seen === undefined || now === undefined || !seen.equals(now)) throw writeConflict();
    this.lock(name);
  }

  private checkUnique(
    collection: Collection,
    before: Doc | undefined,
    after: Doc | undefined,
    record: number,
  ): void {
    const changes = keyChanges(collection, before, after);
    for (const change of changes) {
      if (!change.index.unique) continue;
      for (const { key, values } of change.added) {
        const name = keyLock(key);
        if (this.uniqueKeys.has(name)) {
          if (this.uniqueKeys.get(name) !== undefined) throw duplicateKey(collection, change.index, values);
          continue;
        }
        const inSnapshot = this.engine.env.keys.get(key, { transaction: this.snapshot }) as
          | Buffer
          | undefined;
        if (inSnapshot) throw duplicateKey(collection, change.index, values);
        if (uniqueOwner(this.engine, key) !== undefined) throw writeConflict();
        if (!this.held.has(name) && this.engine.locks.owner(name)) throw writeConflict();
      }
    }
    for (const change of changes) {
      if (!change.index.unique) continue;
      for (const key of change.removed) {
        this.lock(keyLock(key));
        this.uniqueKeys.set(keyLock(key), undefined);
      }
      for (const { key } of change.added) {
        this.lock(keyLock(key));
        this.uniqueKeys.set(keyLock(key), record);
      }
    }
  }

  private put(collection: Collection, record: number, change: Pending): void {
    let changes = this.pending.get(collection);
    if (!changes) {
      changes = new Map();
      this.pending.set(collection, changes);
    }
    changes.set(record, change);
    // Shared by all transactions: it keeps the collection's shape from changing under them.
    const name = `${collectionLock(collection.id)}:${this.number}:${this.started}`;
    this.held.add(name);
  }

  touches(collection: Collection): boolean {
    return this.pending.has(collection);
  }

  insert(collection: Collection, bytes: Buffer, doc: Doc): void {
    const record = collection.nextRecord++;
    this.checkUnique(collection, undefined, doc, record);
    this.put(collection, record, { bytes, doc });
  }

  replace(
    collection: Collection,
    record: number,
    before: Doc,
    _old: Buffer,
    after: Doc,
    bytes: Buffer,
  ): void {
    this.checkUnique(collection, before, after, record);
    this.put(collection, record, { bytes, doc: after });
  }

  remove(collection: Collection, record: number, before: Doc, _old: Buffer): void {
    this.checkUnique(collection, before, undefined, record);
    this.put(collection, record, { bytes: undefined, doc: undefined });
  }

  /** Within a write transaction of LMDB: makes the writes real. The locks guarantee that nothing stands against them. */
  apply(): void {
    const { engine } = this;
    const work: (() => void)[] = [];
    for (const [collection, changes] of this.pending) {
      if (engine.catalog.find(collection.namespace) !== collection) throw writeConflict();
      for (const [record, change] of changes) {
        const oldBytes = this.committed(collection, record);
        if (oldBytes === undefined && change.bytes === undefined) continue;
        const keys = keyChanges(collection, oldBytes && decode(oldBytes), change.doc);
        for (const { index, removed } of keys)
          for (const key of removed) removeKey(engine, index, key, record);
        work.push(() => {
          for (const { index, added, made } of keys) {
            for (const { key } of added) putKey(engine, index, key, record);
            noteShape(engine, collection, index, made);
          }
          if (change.bytes) engine.env.records.putSync(recordKey(collection, record), change.bytes);
          else engine.env.records.removeSync(recordKey(collection, record));
          collection.count += (change.bytes ? 1 : 0) - (oldBytes ? 1 : 0);
          collection.bytes += (change.bytes?.length ?? 0) - (oldBytes?.length ?? 0);
          engine.catalog.touch(collection);
        });
      }
    }
    // All old keys are gone before new ones come, so that two documents may swap a unique key.
    for (const step of work) step();
  }

  /** Ends it, committed or not: frees the snapshot and the locks, and lets waiting writers go on. */
  end(): void {
    this.engine.env.release(this.snapshot);
    this.engine.locks.release(this.held);
    this.pending.clear();
    this.finish();
  }
}
