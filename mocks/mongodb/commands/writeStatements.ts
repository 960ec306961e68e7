import { type Doc, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { type RetryRecord, tooOld, txnNumber } from '../sessions/sessions.ts';
import { type Access, DirectAccess } from '../storage/engine.ts';
import { Blocked } from '../storage/environment.ts';
import type { Request } from './context.ts';

/** The outcome of each statement of a write command, in order; statements after a stop are missing. */
export type Outcome = Doc | CommandError;

/**
 * Runs the statements of a write command: outside transactions inside one LMDB write transaction (again from the
 * statement that met a lock, when it is free), with a record for retries; inside a transaction at once, where any
 * failure ends the transaction.
 */
export async function runStatements(
  request: Request,
  count: number,
  ordered: boolean,
  run: (statement: number, access: Access) => Doc,
): Promise<Outcome[]> {
  const { transaction, server } = request;
  if (transaction) {
    const outcomes: Outcome[] = [];
    for (let i = 0; i < count; i++) {
      try {
        outcomes.push(run(i, transaction));
      } catch (error) {
        server.sessions.abortOpen(transaction);
        if (!(error instanceof CommandError) || error.labels.length > 0) throw error;
        outcomes.push(error);
        break;
      }
    }
    return outcomes;
  }
  const access = new DirectAccess(server.engine);
  const retry = retryOf(request);
  const outcomes: Outcome[] = [];
  let next = 0;
  let stopped = false;
  await server.engine.env.write(() => {
    retry?.load();
    try {
      while (next < count && !stopped) {
        const done = retry?.result(next);
        if (done) outcomes.push(repeated(done, retry!.idOf(next)));
        else {
          try {
            const result = run(next, access);
            if (didSomething(result)) retry?.add(next, result);
            outcomes.push(result);
          } catch (error) {
            if (error instanceof Blocked || !(error instanceof CommandError)) throw error;
            outcomes.push(error);
            stopped = ordered;
          }
        }
        next++;
      }
    } finally {
      retry?.save();
    }
  });
  return outcomes;
}

/** A statement that found nothing is simply run again by a retry. */
function didSomething(result: Doc): boolean {
  const told = (result['lastErrorObject'] as Doc | undefined) ?? result;
  return told['n'] !== 0;
}

/** Results given again, by the statement they were recorded for. */
const repeats = new WeakMap<Doc, number>();

function repeated(result: Doc, statement: number): Doc {
  const copy = { ...result };
  repeats.set(copy, statement);
  return copy;
}

export function retriedStatement(outcome: Outcome): number | undefined {
  return outcome instanceof CommandError ? undefined : repeats.get(outcome);
}

/** Tells the client which statements had been run before. */
export function retried(outcomes: Outcome[]): Doc {
  const ids = outcomes.map(retriedStatement).filter((id) => id !== undefined);
  return ids.length > 0 ? { retriedStmtIds: ids } : {};
}

export function notRetryable(): CommandError {
  return new CommandError(72, 'Cannot use (or request) retryable writes with multi=true');
}

interface Retry {
  idOf(statement: number): number;
  load(): void;
  result(statement: number): Doc | undefined;
  add(statement: number, result: Doc): void;
  save(): void;
}

/** Retryable writes: what a session's last numbered command has done, kept beside its writes. */
function retryOf(request: Request): Retry | undefined {
  const { command, server } = request;
  if (command['txnNumber'] === undefined || !isDocument(command['lsid'])) return undefined;
  const number = txnNumber(command);
  const key = server.sessions.key(command['lsid']);
  const given = command['stmtIds'];
  const base = typeof command['stmtId'] === 'number' ? command['stmtId'] : 0;
  const idOf = (statement: number) => {
    const own: Value | undefined = Array.isArray(given) ? given[statement] : undefined;
    return typeof own === 'number' ? own : base + statement;
  };
  let record: RetryRecord | undefined;
  let changed = false;
  return {
    idOf,
    load() {
      if (record) return;
      const stored = server.sessions.retryRecord(key);
      if (stored && stored.number > number) throw tooOld(number, stored.number);
      if (stored?.number === number && stored.committed) {
        throw new CommandError(256, `Transaction with { txnNumber: ${number} } has been committed.`);
      }
      record = stored?.number === number ? stored : { number, committed: false, results: new Map() };
    },
    result: (statement) => record?.results.get(idOf(statement)),
    add(statement, result) {
      record?.results.set(idOf(statement), result);
      changed = true;
    },
    save() {
      if (changed && record) server.sessions.store(key, record);
      changed = false;
    },
  };
}

/** writeErrors of a reply, and the n of what succeeded. */
export function writeErrors(outcomes: Outcome[]): Doc[] {
  return outcomes.flatMap((outcome, index) => {
    if (!(outcome instanceof CommandError)) return [];
    return [{ index, code: outcome.code, errmsg: outcome.message, ...outcome.extra }];
  });
}

/** A one-node set cannot satisfy more than one acknowledgement. */
export function writeConcernError(request: Request): Doc {
  const concern = request.command['writeConcern'];
  const w = isDocument(concern) ? concern['w'] : undefined;
  if (typeof w !== 'number' || w <= 1) return {};
  return {
    writeConcernError: {
      code: 100,
      codeName: 'UnsatisfiableWriteConcern',
      errmsg: 'Not enough data-bearing nodes',
      errInfo: { writeConcern: { w, wtimeout: 0, provenance: 'clientSupplied' } },
    },
  };
}
