import { randomBytes } from 'node:crypto';
import { Binary } from 'bson';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { asNumber, type Doc, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Environment } from './environment.ts';
import { Index } from './indexDefinition.ts';

const collectionTag = 0x43; // 'C'
const countTag = 0x4e; // 'N'
const purgeTag = 0x50; // 'P'
const sequenceKey = Buffer.from('sequence');

/** A collection: its indexes, options, and the counts that MongoDB keeps beside the data. */
export class Collection {
  readonly id: number;
  readonly namespace: string;
  readonly uuid: Buffer;
  readonly prefix: Buffer;
  options: Doc;
  indexes: Index[];
  count = 0;
  bytes = 0;
  nextRecord = 1;

  constructor(id: number, namespace: string, uuid: Buffer, options: Doc, indexes: Index[]) {
    this.id = id;
    this.namespace = namespace;
    this.uuid = uuid;
    this.options = options;
    this.indexes = indexes;
    this.prefix = prefixOf(id);
  }

  get database(): string {
    return this.namespace.slice(0, this.namespace.indexOf('.'));
  }

  get name(): string {
    return this.namespace.slice(this.namespace.indexOf('.') + 1);
  }

  get idIndex(): Index {
    return this.indexes[0]!;
  }

  info(): Doc {
    return {
      name: this.name,
      type: 'collection',
      options: this.options,
      info: { readOnly: false, uuid: new Binary(this.uuid, 4) },
      idIndex: this.idIndex.toSpec(),
    };
  }
}

export function prefixOf(id: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(id);
  return bytes;
}

export function recordKey(collection: Collection, record: number): Buffer {
  const key = Buffer.allocUnsafe(10);
  key.writeUInt32BE(collection.id, 0);
  key.writeUIntBE(record, 4, 6);
  return key;
}

/** All collections and indexes. Kept in memory (it is small), written through inside write transactions. */
export class Catalog {
  private readonly env: Environment;
  private readonly byNamespace = new Map<string, Collection>();
  private readonly changed = new Set<Collection>();
  private sequence = 1;
  /** Counts up with each change of any collection's shape; cursors and plans check it. */
  version = 0;

  constructor(env: Environment) {
    this.env = env;
    const stored = env.meta.get(sequenceKey);
    if (stored) this.sequence = stored.readUInt32BE(0);
    for (const { value } of env.meta.getRange({
      start: Buffer.from([collectionTag]),
      end: Buffer.from([collectionTag + 1]),
    })) {
      this.add(this.load(decode(value)));
    }
    env.beforeCommit = () => this.writeCounts();
  }

  private load(stored: Doc): Collection {
    const id = asNumber(stored['id'])!;
    const indexes = (stored['indexes'] as Doc[]).map((spec) => Index.load(spec));
    const uuid = Buffer.from((stored['uuid'] as Binary).buffer);
    const collection = new Collection(id, stored['ns'] as string, uuid, stored['options'] as Doc, indexes);
    const counts = this.env.meta.get(this.key(countTag, id));
    if (counts) {
      collection.count = counts.readUIntBE(0, 6);
      collection.bytes = counts.readUIntBE(6, 6);
      collection.nextRecord = counts.readUIntBE(12, 6);
    }
    return collection;
  }

  private key(tag: number, id: number): Buffer {
    const key = Buffer.alloc(5);
    key[0] = tag;
    key.writeUInt32BE(id, 1);
    return key;
  }

  private add(collection: Collection): void {
    this.byNamespace.set(collection.namespace, collection);
  }

  find(namespace: string): Collection | undefined {
    return this.byNamespace.get(namespace);
  }

  all(): IterableIterator<Collection> {
    return this.byNamespace.values();
  }

  collectionsOf(database: string): Collection[] {
    return [...this.all()].filter((collection) => collection.database === database);
  }

  /** Within a write transaction: a new number for a collection or an index. */
  nextId(): number {
    const id = this.sequence++;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.sequence);
    this.env.meta.putSync(sequenceKey, bytes);
    return id;
  }

  /** Within a write transaction: makes the collection with its _id index. */
  create(namespace: string, options: Doc = {}): Collection {
    checkNamespace(namespace);
    const id = this.nextId();
    const uuid = randomBytes(16);
    uuid[6] = (uuid[6]! & 0x0f) | 0x40;
    uuid[8] = (uuid[8]! & 0x3f) | 0x80;
    const idIndex = new Index(this.nextId(), { v: 2, key: { _id: 1 }, name: '_id_' });
    const collection = new Collection(id, namespace, uuid, options, [idIndex]);
    this.add(collection);
    this.save(collection);
    return collection;
  }

  /** Within a write transaction. */
  findOrCreate(namespace: string): Collection {
    return this.find(namespace) ?? this.create(namespace);
  }

  /** Within a write transaction: stores the definition after a change. */
  save(collection: Collection): void {
    this.version++;
    const stored: Doc = {
      id: collection.id,
      ns: collection.namespace,
      uuid: new Binary(collection.uuid, 4),
      options: collection.options,
      indexes: collection.indexes.map((index) => index.toStored()) as Value[],
    };
    this.env.meta.putSync(this.key(collectionTag, collection.id), encode(stored));
    this.touch(collection);
  }

  /** Notes that the counts changed; they are written once at the end of the write transaction. */
  touch(collection: Collection): void {
    this.changed.add(collection);
  }

  private writeCounts(): void {
    for (const collection of this.changed) {
      if (this.byNamespace.get(collection.namespace) !== collection) continue;
      const bytes = Buffer.alloc(18);
      bytes.writeUIntBE(collection.count, 0, 6);
      bytes.writeUIntBE(Math.max(0, collection.bytes), 6, 6);
      bytes.writeUIntBE(collection.nextRecord, 12, 6);
      this.env.meta.putSync(this.key(countTag, collection.id), bytes);
    }
    this.changed.clear();
  }

  /** Within a write transaction: forgets the collection at once; its data is left to `purge`. */
  drop(collection: Collection): void {
    this.version++;
    this.byNamespace.delete(collection.namespace);
    this.env.meta.removeSync(this.key(collectionTag, collection.id));
    this.env.meta.removeSync(this.key(countTag, collection.id));
    this.markForPurge(collection.id);
    for (const index of collection.indexes) this.markForPurge(index.id);
  }

  /** Within a write transaction. */
  rename(collection: Collection, namespace: string): Collection {
    checkNamespace(namespace);
    this.byNamespace.delete(collection.namespace);
    const renamed = new Collection(
      collection.id,
      namespace,
      collection.uuid,
      collection.options,
      collection.indexes,
    );
    renamed.count = collection.count;
    renamed.bytes = collection.bytes;
    renamed.nextRecord = collection.nextRecord;
    this.add(renamed);
    this.save(renamed);
    return renamed;
  }

  /** Within a write transaction: the records or keys under this number are no longer used. */
  markForPurge(id: number): void {
    this.env.meta.putSync(this.key(purgeTag, id), Buffer.alloc(0));
  }

  /** Removes up to `limit` records or keys of dropped collections and indexes; false when none is left. */
  purge(limit: number): boolean {
    const [next] = this.env.meta.getKeys({
      start: Buffer.from([purgeTag]),
      end: Buffer.from([purgeTag + 1]),
      limit: 1,
    });
    if (!next) return false;
    const id = (next as Buffer).readUInt32BE(1);
    let left = limit;
    for (const table of [this.env.records, this.env.keys]) {
      const doomed = [...table.getKeys({ start: prefixOf(id), end: prefixOf(id + 1), limit: left })];
      for (const key of doomed) table.removeSync(key as Buffer);
      left -= doomed.length;
      if (left <= 0) return true;
    }
    this.env.meta.removeSync(next as Buffer);
    return true;
  }
}

function checkNamespace(namespace: string): void {
  const dot = namespace.indexOf('.');
  const name = namespace.slice(dot + 1);
  if (name === '') throw new CommandError(73, `Invalid namespace specified '${namespace}'`);
  if (name.startsWith('.')) throw new CommandError(73, `Collection names cannot start with '.': ${name}`);
  if (name.includes('$') || name.includes('\0'))
    throw new CommandError(73, `Invalid collection name: ${name}`);
  if (Buffer.byteLength(namespace) > 255)
    throw new CommandError(73, `Fully qualified namespace is too long. Namespace: ${namespace} Max: 255`);
}
