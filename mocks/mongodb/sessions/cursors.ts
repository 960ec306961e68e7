import { randomBytes } from 'node:crypto';
import { RawDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { OpenTransaction } from './transaction.ts';

const idle = 10 * 60_000;
/** A reply holds at most 16 MB of documents, as MongoDB's. */
const maxBatchBytes = 16 * 1024 * 1024;
const turn = 10;

/** Documents of an answer, encoded; undefined marks a place where other work may run. */
export type Source = Iterator<Buffer | undefined, void> | AsyncIterator<Buffer | undefined, void>;

interface Cursor {
  id: bigint;
  namespace: string;
  source: Source;
  /** The document that did not fit into the last batch. */
  waiting: Buffer | undefined;
  lastUsed: number;
  inUse: boolean;
  transaction: OpenTransaction | undefined;
  /** Whether the source is known to have nothing more. */
  atEnd: () => boolean;
}

/** Open cursors: what is left of answers given in batches. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();

  /** Takes the first batch and keeps a cursor when there is more. The id is 0n when everything was given. */
  async first(
    namespace: string,
    source: Source,
    size: number,
    options: { transaction?: OpenTransaction | undefined; single?: boolean; atEnd?: () => boolean } = {},
  ): Promise<{ id: bigint; batch: Value[] }> {
    const cursor: Cursor = {
      id: 0n,
      namespace,
      source,
      waiting: undefined,
      lastUsed: Date.now(),
      inUse: false,
      transaction: options.transaction,
      atEnd: options.atEnd ?? (() => false),
    };
    const { batch, ended } = await take(cursor, size);
    if (ended || options.single) return { id: 0n, batch };
    cursor.id = BigInt(`0x${randomBytes(8).toString('hex')}`) & 0x7fffffffffffffffn;
    this.open.set(cursor.id, cursor);
    return { id: cursor.id, batch };
  }

  async more(
    id: bigint,
    namespace: string,
    size: number,
    transaction?: OpenTransaction,
  ): Promise<{ id: bigint; batch: Value[] }> {
    const cursor = this.open.get(id);
    if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new CommandError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    if (cursor.transaction && cursor.transaction !== transaction) {
      throw new CommandError(
        50738,
        `Cannot run getMore on cursor ${id}, which was created in a transaction, outside of it`,
      );
    }
    if (cursor.inUse) throw new CommandError(237, `cursor with id ${id} is already in use`);
    cursor.inUse = true;
    try {
      const { batch, ended } = await take(cursor, size);
      if (ended) this.open.delete(id);
      return { id: ended ? 0n : id, batch };
    } catch (error) {
      this.open.delete(id);
      throw error;
    } finally {
      cursor.inUse = false;
      cursor.lastUsed = Date.now();
    }
  }

  kill(id: bigint): boolean {
    const cursor = this.open.get(id);
    if (!cursor) return false;
    void cursor.source.return?.();
    return this.open.delete(id);
  }

  sweep(now: number): void {
    for (const cursor of this.open.values())
      if (!cursor.inUse && now - cursor.lastUsed > idle) this.kill(cursor.id);
  }

  get size(): number {
    return this.open.size;
  }
}

async function take(cursor: Cursor, size: number): Promise<{ batch: Value[]; ended: boolean }> {
  const batch: Value[] = [];
  let bytes = 0;
  let begun = performance.now();
  const { source } = cursor;
  // A full batch leaves the cursor open, even when nothing may follow, unless the source knows it has ended.
  while (batch.length < size) {
    if (!cursor.waiting) {
      const step = source.next();
      const { value, done } = step instanceof Promise ? await step : step;
      if (done) return { batch, ended: true };
      if (value === undefined) {
        if (performance.now() - begun < turn) continue;
        await new Promise((resolve) => setImmediate(resolve));
        begun = performance.now();
        continue;
      }
      cursor.waiting = value;
    }
    if (batch.length > 0 && bytes + cursor.waiting.length > maxBatchBytes) return { batch, ended: false };
    bytes += cursor.waiting.length;
    batch.push(new RawDocument(cursor.waiting));
    cursor.waiting = undefined;
  }
  return { batch, ended: cursor.atEnd() };
}
