import { decode } from '../bson/decode.ts';
import { show } from '../bson/show.ts';
import type { Doc, Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { Catalog, type Collection, recordKey } from './catalog.ts';
import { Blocked, Environment } from './environment.ts';
import type { Index } from './indexDefinition.ts';
import { keyLock, Locks, recordLock } from './locks.ts';

/** Everything the commands share. */
export class Engine {
  readonly env: Environment;
  readonly catalog: Catalog;
  readonly locks = new Locks();
  /** Counts up with each definition of an index, so that a snapshot knows which indexes it can trust. */
  shapeSequence = 0;

  constructor(dir: string) {
    this.env = new Environment(dir);
    this.catalog = new Catalog(this.env);
  }
}

export function duplicateKey(collection: Collection, index: Index, values: Value[]): CommandError {
  const keyValue: Doc = {};
  index.paths.forEach((path, i) => {
    keyValue[path] = values[i] ?? null;
  });
  const shown = index.paths.map((path, i) => `${path}: ${show(values[i] ?? null)}`).join(', ');
  return new CommandError(
    11000,
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${shown} }`,
    { extra: { keyPattern: index.keyPattern, keyValue } },
  );
}

/** The record id of a unique key, if it is taken. */
export function uniqueOwner(engine: Engine, key: Buffer): number | undefined {
  const value = engine.env.keys.getBinaryFast(key);
  return value === undefined ? undefined : (value as Buffer).readUIntBE(0, 6);
}

export function recordBytes(record: number): Buffer {
  const bytes = Buffer.allocUnsafe(6);
  bytes.writeUIntBE(record, 0, 6);
  return bytes;
}

const nothing = Buffer.alloc(0);

export function putKey(engine: Engine, index: Index, key: Buffer, record: number): void {
  if (index.unique) engine.env.keys.putSync(key, recordBytes(record));
  else engine.env.keys.putSync(Buffer.concat([key, recordBytes(record)]), nothing);
}

export function removeKey(engine: Engine, index: Index, key: Buffer, record: number): void {
  if (index.unique) engine.env.keys.removeSync(key);
  else engine.env.keys.removeSync(Buffer.concat([key, recordBytes(record)]));
}

/** Keeps what the planner must know of an index's keys; stored only when it changes. */
export function noteShape(
  engine: Engine,
  collection: Collection,
  index: Index,
  made: { multikey: boolean[]; shortened: boolean },
): void {
  let changed = false;
  made.multikey.forEach((is, i) => {
    if (!is || index.multikey[i]) return;
    index.multikey[i] = true;
    changed = true;
  });
  if (made.shortened && !index.shortened) {
    index.shortened = true;
    changed = true;
  }
  if (changed) engine.catalog.save(collection);
}

interface KeyChange {
  index: Index;
  removed: Buffer[];
  added: { key: Buffer; values: Value[] }[];
  made: { multikey: boolean[]; shortened: boolean };
}

/** Which index keys go and come when a document changes from `before` to `after`, in `touched` fields only if given. */
export function keyChanges(
  collection: Collection,
  before: Doc | undefined,
  after: Doc | undefined,
  touched?: ReadonlySet<string>,
): KeyChange[] {
  const changes: KeyChange[] = [];
  for (const index of collection.indexes) {
    if (touched && !index.concerns(touched)) continue;
    const old = before ? index.keysFor(before) : undefined;
    const made = after ? index.keysFor(after) : undefined;
    if (old && made && old.keys.length === 1 && made.keys.length === 1 && old.keys[0]!.equals(made.keys[0]!))
      continue;
    const oldKeys = old?.keys ?? [];
    const newKeys = made?.keys ?? [];
    const removed = oldKeys.filter((key) => !newKeys.some((other) => other.equals(key)));
    const added = newKeys
      .map((key, i) => ({ key, values: made!.values[i]! }))
      .filter(({ key }) => !oldKeys.some((other) => other.equals(key)));
    if (removed.length === 0 && added.length === 0) continue;
    changes.push({ index, removed, added, made: made ?? { multikey: [], shortened: false } });
  }
  return changes;
}

/** How statements read and change documents: directly, or inside an open transaction. */
export interface Access {
  get(collection: Collection, record: number): Buffer | undefined;
  insert(collection: Collection, bytes: Buffer, doc: Doc): void;
  replace(
    collection: Collection,
    record: number,
    before: Doc,
    oldBytes: Buffer,
    after: Doc,
    newBytes: Buffer,
    touched?: ReadonlySet<string>,
  ): void;
  remove(collection: Collection, record: number, before: Doc, oldBytes: Buffer): void;
  /** Makes sure this statement may write the record: waits (Blocked) or fails (WriteConflict) otherwise. */
  claim(collection: Collection, record: number): void;
}

/** Writes that go straight into the current LMDB write transaction. */
export class DirectAccess implements Access {
  private readonly engine: Engine;
  constructor(engine: Engine) {
    this.engine = engine;
  }

  get(collection: Collection, record: number): Buffer | undefined {
    return this.engine.env.records.getBinary(recordKey(collection, record));
  }

  claim(collection: Collection, record: number): void {
    if (this.engine.locks.none) return;
    const owner = this.engine.locks.owner(recordLock(collection.id, record));
    if (owner) throw new Blocked(owner.ended);
  }

  private checkUnique(collection: Collection, changes: KeyChange[], own: number | undefined): void {
    const { locks } = this.engine;
    for (const change of changes) {
      if (!change.index.unique) continue;
      for (const { key, values } of change.added) {
        const taken = uniqueOwner(this.engine, key);
        if (taken !== undefined && taken !== own) throw duplicateKey(collection, change.index, values);
        if (locks.none) continue;
        const owner = locks.owner(keyLock(key));
        if (owner) throw new Blocked(owner.ended);
      }
    }
  }

  private apply(collection: Collection, changes: KeyChange[], record: number): void {
    for (const change of changes) {
      for (const key of change.removed) removeKey(this.engine, change.index, key, record);
      for (const { key } of change.added) putKey(this.engine, change.index, key, record);
      noteShape(this.engine, collection, change.index, change.made);
    }
  }

  insert(collection: Collection, bytes: Buffer, doc: Doc): void {
    const changes = keyChanges(collection, undefined, doc);
    this.checkUnique(collection, changes, undefined);
    const record = collection.nextRecord++;
    this.engine.env.records.putSync(recordKey(collection, record), bytes);
    this.apply(collection, changes, record);
    collection.count++;
    collection.bytes += bytes.length;
    this.engine.catalog.touch(collection);
  }

  replace(
    collection: Collection,
    record: number,
    before: Doc,
    oldBytes: Buffer,
    after: Doc,
    newBytes: Buffer,
    touched?: ReadonlySet<string>,
  ): void {
    const changes = keyChanges(collection, before, after, touched);
    this.checkUnique(collection, changes, record);
    this.engine.env.records.putSync(recordKey(collection, record), newBytes);
    this.apply(collection, changes, record);
    if (newBytes.length === oldBytes.length) return;
    collection.bytes += newBytes.length - oldBytes.length;
    this.engine.catalog.touch(collection);
  }

  remove(collection: Collection, record: number, before: Doc, oldBytes: Buffer): void {
    const changes = keyChanges(collection, before, undefined);
    this.engine.env.records.removeSync(recordKey(collection, record));
    this.apply(collection, changes, record);
    collection.count--;
    collection.bytes -= oldBytes.length;
    this.engine.catalog.touch(collection);
  }
}

export function decodeStored(bytes: Buffer): Doc {
  return decode(bytes);
}
