import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase, type Transaction } from 'lmdb';
import { CommandError } from '../errors.ts';

/** The layout of the files. A later version of the program raises it when it changes; files of a newer one are refused. */
export const formatVersion = 1;
export const fileName = 'store.mdb';

export type Table = Database<Buffer, Buffer>;
export type ReadTransaction = Transaction;

/** A write met a document or unique key that an open transaction holds; `until` settles when that one ends. */
export class Blocked {
  readonly until: Promise<void>;
  constructor(until: Promise<void>) {
    this.until = until;
  }
}

interface Job {
  body: () => unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * The LMDB environment: `records` (collection id + record id → BSON), `keys` (index id + ordered key → record id)
 * and `meta` (catalogue, counts, sessions).
 *
 * All writes of one turn of the event loop share one LMDB transaction and one sync to disk (group commit); no
 * promise resolves before that sync.
 */
export class Environment {
  records!: Table;
  keys!: Table;
  meta!: Table;
  private root!: RootDatabase<Buffer, Buffer>;
  private readonly path: string;
  /** LMDB gives everybody who asks in one turn the same read transaction: how many hold each. */
  private readonly snapshots = new Map<ReadTransaction, number>();
  private queue: Job[] = [];
  private scheduled = false;
  private failure: unknown;
  /** Runs inside each write transaction, before its commit; the catalogue puts its changed counts there. */
  beforeCommit: () => void = () => {};

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true });
    this.path = join(dir, fileName);
    this.open();
    this.checkVersion();
  }

  private open(): void {
    this.root = open<Buffer, Buffer>({
      path: this.path,
      encoding: 'binary',
      keyEncoding: 'binary',
      maxDbs: 8,
      noSubdir: true,
      maxReaders: 2048,
    });
    const table = (name: string) =>
      this.root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
    this.meta = table('meta');
    this.records = table('records');
    this.keys = table('keys');
  }

  private checkVersion(): void {
    const key = Buffer.from('version');
    const found = this.meta.get(key);
    if (found === undefined) {
      this.root.transactionSync(() => this.meta.putSync(key, Buffer.from(String(formatVersion))));
      return;
    }
    const version = Number(found.toString());
    if (version === formatVersion) return;
    void this.root.close();
    throw new Error(
      `The files are of version ${version}; this program reads version ${formatVersion}. Use the newer program that wrote them.`,
    );
  }

  /**
   * Runs `body` in the next write transaction and resolves with its result once that is on disk.
   * A body that throws Blocked is run again when the block is lifted; it must not have written anything since its
   * last completed step. A CommandError rejects; what the body wrote before it stays.
   */
  async write<T>(body: () => T): Promise<T> {
    for (;;) {
      const outcome = await this.enqueue(body);
      if (!(outcome instanceof Blocked)) return outcome as T;
      await outcome.until;
    }
  }

  private enqueue(body: () => unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.queue.push({ body, resolve, reject });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => this.drain());
    });
  }

  private drain(): void {
    this.scheduled = false;
    const jobs = this.queue;
    this.queue = [];
    if (this.failure !== undefined) {
      for (const job of jobs) job.reject(this.failure);
      return;
    }
    const settle: (() => void)[] = [];
    try {
      this.root.transactionSync(() => {
        for (const job of jobs) settle.push(runJob(job));
        this.beforeCommit();
      });
      this.root.resetReadTxn();
    } catch (error) {
      // The disk is full or broken: nothing of this batch is stored, and what is in memory no longer agrees with it.
      this.failure = new CommandError(1, `the store could not write: ${String(error)}`);
      for (const job of jobs) job.reject(this.failure);
      return;
    }
    for (const done of settle) done();
  }

  /** A read transaction that keeps seeing the state of now until `done` is called. */
  snapshot(): ReadTransaction {
    // biome-ignore lint/correctness/useHookAtTopLevel: LMDB's name for it, not a React hook
    const snapshot = this.root.useReadTransaction();
    this.snapshots.set(snapshot, (this.snapshots.get(snapshot) ?? 0) + 1);
    return snapshot;
  }

  /** Once for each `snapshot()`. */
  release(snapshot: ReadTransaction): void {
    const holders = this.snapshots.get(snapshot);
    if (holders === undefined) return;
    if (holders === 1) this.snapshots.delete(snapshot);
    else this.snapshots.set(snapshot, holders - 1);
    snapshot.done();
  }

  /**
   * Closes and opens the files within one turn, which takes a millisecond or two. LMDB maps the file into memory,
   * and each page once read stays in this process's resident memory until the map is taken down. Not done while a
   * snapshot is open.
   */
  remap(): boolean {
    if (this.snapshots.size > 0 || this.failure !== undefined || this.backups > 0) return false;
    void this.root.close();
    this.open();
    return true;
  }

  private backups = 0;

  async backup(path: string): Promise<void> {
    this.backups++;
    try {
      await this.root.backup(path, true);
    } finally {
      this.backups--;
    }
  }

  async close(): Promise<void> {
    while (this.scheduled) await new Promise((resolve) => setImmediate(resolve));
    await this.root.close();
  }
}

function runJob(job: Job): () => void {
  try {
    const value = job.body();
    return () => job.resolve(value);
  } catch (error) {
    if (error instanceof Blocked) return () => job.resolve(error);
    return () => job.reject(error);
  }
}
