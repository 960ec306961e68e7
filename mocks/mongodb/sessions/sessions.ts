import { createHash } from 'node:crypto';
import type { Binary } from 'bson';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { asNumber, type Doc, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Engine } from '../storage/engine.ts';
import { OpenTransaction } from './transaction.ts';

const sessionTag = 0x53; // 'S'
/** As MongoDB's transactionLifetimeLimitSeconds and localLogicalSessionTimeoutMinutes. */
const transactionLifetime = 60_000;
const sessionLifetime = 30 * 60_000;

interface Session {
  lastUsed: number;
  transaction: OpenTransaction | undefined;
  /** The transaction last ended, and how. */
  ended: { number: bigint; how: 'committed' | 'aborted' } | undefined;
}

/** What is stored of a session's last retryable write or commit. */
export interface RetryRecord {
  number: bigint;
  committed: boolean;
  /** Results of executed statements by statement number. */
  results: Map<number, Doc>;
}

/** Logical sessions: open transactions in memory; retry records and commits on disk beside the writes they tell of. */
export class Sessions {
  private readonly engine: Engine;
  private readonly sessions = new Map<string, Session>();

  constructor(engine: Engine) {
    this.engine = engine;
  }

  key(lsid: Value | undefined): string {
    if (!isDocument(lsid) || (lsid['id'] as Binary | undefined)?._bsontype !== 'Binary') {
      throw new CommandError(14, "BSON field 'lsid.id' is missing or of the wrong type");
    }
    return Buffer.from((lsid['id'] as Binary).buffer).toString('hex');
  }

  private session(key: string): Session {
    let session = this.sessions.get(key);
    if (!session) {
      session = { lastUsed: Date.now(), transaction: undefined, ended: undefined };
      this.sessions.set(key, session);
    }
    session.lastUsed = Date.now();
    return session;
  }

  /** The transaction a command belongs to, opened by its first statement. */
  transactionOf(command: Doc): OpenTransaction | undefined {
    if (command['autocommit'] === undefined) {
      if (command['startTransaction'] !== undefined)
        throw new CommandError(72, "'autocommit' field is required when 'startTransaction' is specified");
      return undefined;
    }
    if (command['autocommit'] !== false)
      throw new CommandError(72, "'autocommit' must be false when specified");
    const number = txnNumber(command);
    const session = this.session(this.key(command['lsid']));
    if (command['startTransaction'] !== undefined && command['startTransaction'] !== true) {
      throw new CommandError(72, "'startTransaction' field must be true when specified");
    }
    if (command['writeConcern'] !== undefined) {
      throw new CommandError(72, 'writeConcern is not allowed within a multi-statement transaction');
    }
    if (command['readConcern'] !== undefined && command['startTransaction'] !== true) {
      throw new CommandError(72, 'Only the first command in a transaction may specify a readConcern');
    }
    if (command['startTransaction'] === true) {
      const open = session.transaction;
      if (open && open.number === number)
        throw new CommandError(
          117,
          `Only servers in a sharded cluster can start a new transaction at the active transaction number`,
        );
      const stored = this.retryRecord(this.key(command['lsid']));
      const latest =
        stored && stored.number > (session.ended?.number ?? -1n) ? stored.number : session.ended?.number;
      if (latest !== undefined && number < latest) throw tooOld(number, latest);
      if (open) this.finish(session, 'aborted');
      session.transaction = new OpenTransaction(this.engine, number);
      return session.transaction;
    }
    const open = session.transaction;
    if (open && open.number === number) {
      open.lastUsed = Date.now();
      return open;
    }
    if (session.ended?.number === number && session.ended.how === 'committed') {
      throw new CommandError(256, `Transaction with { txnNumber: ${number} } has been committed.`);
    }
    if (session.ended?.number === number)
      throw noSuchTransactionNumber(`Transaction with { txnNumber: ${number} } has been aborted.`);
    throw noSuchTransactionNumber(
      `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is ${open?.number ?? session.ended?.number ?? -1}`,
    );
  }

  private finish(session: Session, how: 'committed' | 'aborted'): void {
    const open = session.transaction;
    if (!open) return;
    session.ended = { number: open.number, how };
    session.transaction = undefined;
    open.end();
  }

  abort(command: Doc): void {
    const session = this.session(this.key(command['lsid']));
    const number = txnNumber(command);
    if (session.transaction?.number === number) {
      this.finish(session, 'aborted');
      return;
    }
    if (session.ended?.number === number && session.ended.how === 'committed') {
      throw new CommandError(256, `Transaction with { txnNumber: ${number} } has been committed.`);
    }
    throw noSuchTransactionNumber(`Transaction with { txnNumber: ${number} } has been aborted.`);
  }

  /** Commits and says so again when asked again, also after a restart. */
  async commit(command: Doc): Promise<void> {
    const key = this.key(command['lsid']);
    const number = txnNumber(command);
    const session = this.session(key);
    const open = session.transaction;
    if (open?.number === number) {
      if (open.hasWrites) {
        open.committing = true;
        try {
          await this.engine.env.write(() => {
            open.apply();
            this.store(key, { number, committed: true, results: new Map() });
          });
        } catch (error) {
          this.finish(session, 'aborted');
          throw error;
        }
      }
      return this.finish(session, 'committed');
    }
    if (session.ended?.number === number) {
      if (session.ended.how === 'committed') return;
      throw noSuchTransactionNumber(`Transaction with { txnNumber: ${number} } has been aborted.`);
    }
    const stored = this.retryRecord(key);
    if (stored?.number === number && stored.committed) return;
    throw noSuchTransactionNumber(
      `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is ${open?.number ?? session.ended?.number ?? -1}`,
    );
  }

  /** Ends the transaction a failed statement belonged to. */
  abortOpen(transaction: OpenTransaction): void {
    for (const session of this.sessions.values())
      if (session.transaction === transaction) this.finish(session, 'aborted');
  }

  private metaKey(key: string): Buffer {
    // Session ids are 16 bytes; anything else a client sends is brought to a size LMDB takes.
    const id = key.length === 32 ? Buffer.from(key, 'hex') : createHash('sha1').update(key).digest();
    return Buffer.concat([Buffer.from([sessionTag]), id]);
  }

  retryRecord(key: string): RetryRecord | undefined {
    const bytes = this.engine.env.meta.get(this.metaKey(key)) as Buffer | undefined;
    if (!bytes) return undefined;
    const stored = decode(bytes);
    const results = new Map<number, Doc>();
    for (const [id, result] of Object.entries(stored['results'] as Doc))
      results.set(Number(id), result as Doc);
    return { number: BigInt(stored['number'] as bigint), committed: stored['committed'] === true, results };
  }

  /** Within a write transaction. */
  store(key: string, record: RetryRecord): void {
    const results: Doc = {};
    for (const [id, result] of record.results) results[String(id)] = result;
    const stored: Doc = { number: record.number, committed: record.committed, time: new Date(), results };
    this.engine.env.meta.putSync(this.metaKey(key), encode(stored));
  }

  end(lsids: Value[]): void {
    for (const lsid of lsids) {
      const key = this.key(lsid);
      const session = this.sessions.get(key);
      // An open transaction outlives its client's goodbye until it is ended or its time is over.
      if (!session?.transaction) this.sessions.delete(key);
    }
  }

  /** Aborts transactions that ran too long and forgets sessions nobody used. */
  sweep(now: number): void {
    for (const [key, session] of this.sessions) {
      const open = session.transaction;
      if (open && !open.committing && now - open.started > transactionLifetime)
        this.finish(session, 'aborted');
      if (!session.transaction && now - session.lastUsed > sessionLifetime) this.sessions.delete(key);
    }
  }

  /** Removes retry records of sessions long gone. */
  async sweepStored(now: number): Promise<void> {
    const { env } = this.engine;
    const old: Buffer[] = [];
    for (const { key, value } of env.meta.getRange({
      start: Buffer.from([sessionTag]),
      end: Buffer.from([sessionTag + 1]),
    })) {
      const { time } = decode(value, 0, { only: new Set(['time']) });
      if (time instanceof Date && now - time.getTime() > sessionLifetime) old.push(Buffer.from(key));
    }
    if (old.length === 0) return;
    await env.write(() => {
      for (const key of old) env.meta.removeSync(key);
    });
  }

  close(): void {
    for (const session of this.sessions.values()) this.finish(session, 'aborted');
    this.sessions.clear();
  }

  get openTransactions(): number {
    let open = 0;
    for (const session of this.sessions.values()) if (session.transaction) open++;
    return open;
  }

  /** An open transaction that has written to the collection, if any. */
  writerOf(touches: (transaction: OpenTransaction) => boolean): OpenTransaction | undefined {
    for (const { transaction } of this.sessions.values())
      if (transaction && touches(transaction)) return transaction;
    return undefined;
  }
}

export function txnNumber(command: Doc): bigint {
  const value = command['txnNumber'];
  if (typeof value === 'bigint') return value;
  const number = asNumber(value);
  if (number === undefined) throw new CommandError(72, "'txnNumber' is required");
  return BigInt(number);
}

export function tooOld(number: bigint, latest: bigint): CommandError {
  return new CommandError(
    225,
    `Cannot start transaction ${number} because a newer transaction ${latest} has already started.`,
  );
}

/** The client may run the whole transaction again. */
function noSuchTransactionNumber(message: string): CommandError {
  return new CommandError(251, message, { labels: ['TransientTransactionError'] });
}
