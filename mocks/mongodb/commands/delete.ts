import { decode } from '../bson/decode.ts';
import { typeOf } from '../bson/typeOf.ts';
import { asNumber, count, type Doc, isDocument, RawDocument, type Value } from '../bson/value.ts';
import { CommandError, failedToParse } from '../errors.ts';
import { compileFilter, type Filter, type Variables } from '../query/filter.ts';
import { Finder } from '../query/find.ts';
import type { Access } from '../storage/engine.ts';
import {
  checkCollation,
  checkFields,
  type Handler,
  letVariables,
  namespace,
  type Request,
} from './context.ts';
import { checkBatch } from './insert.ts';
import { notRetryable, retried, runStatements, writeConcernError, writeErrors } from './writeStatements.ts';

const fields = new Set(['deletes', 'ordered', 'let']);
const statementFields = new Set(['q', 'limit', 'collation', 'hint']);

export interface DeleteStatement {
  /** A filter that does not parse fails its own statement, not the command. */
  filter: Filter | CommandError;
  single: boolean;
  hint: Value | undefined;
  removed: number;
}

export const deleteCommand: Handler = async (request) => {
  checkFields(request, fields);
  const { deletes } = request.command;
  if (!Array.isArray(deletes))
    throw new CommandError(40414, "BSON field 'delete.deletes' is missing but a required field");
  checkBatch(deletes.length);
  const ns = namespace(request);
  const variables = letVariables(request);
  request.server.counters.deletes += deletes.length;
  const statements = deletes.map((given) => parseDelete(given, variables));
  const outcomes = await runStatements(
    request,
    deletes.length,
    request.command['ordered'] !== false,
    (i, access) => runDelete(request, access, ns, statements[i]!),
  );
  const n = outcomes.reduce(
    (sum, outcome) => sum + (outcome instanceof CommandError ? 0 : asNumber(outcome['n'])!),
    0,
  );
  const errors = writeErrors(outcomes);
  return {
    n: count(n),
    ...(errors.length > 0 ? { writeErrors: errors as Value[] } : {}),
    ...retried(outcomes),
    ...writeConcernError(request),
  };
};

function parseDelete(given: Value, variables: Variables): DeleteStatement {
  const each = given instanceof RawDocument ? decode(given.bytes) : given;
  if (!isDocument(each)) throw new CommandError(14, 'delete statements must be objects');
  for (const key of Object.keys(each)) {
    if (!statementFields.has(key))
      throw new CommandError(40415, `BSON field 'delete.deletes.${key}' is an unknown field.`);
  }
  checkCollation(each['collation']);
  if (!isDocument(each['q']))
    throw new CommandError(
      14,
      `BSON field 'delete.deletes.q' is the wrong type '${typeOf(each['q'] ?? null)}', expected type 'object'`,
    );
  const limit = asNumber(each['limit']);
  if (limit === undefined)
    throw new CommandError(40414, "BSON field 'delete.deletes.limit' is missing but a required field");
  if (limit !== 0 && limit !== 1)
    throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${limit}`);
  return {
    filter: tryFilter(each['q'], variables),
    single: limit === 1,
    hint: each['hint'],
    removed: 0,
  };
}

function runDelete(request: Request, access: Access, ns: string, statement: DeleteStatement): Doc {
  if (!statement.single && request.command['txnNumber'] !== undefined && !request.transaction)
    throw notRetryable();
  return deleteStatement(request, access, ns, statement);
}

export function deleteStatement(
  request: Request,
  access: Access,
  ns: string,
  statement: DeleteStatement,
): Doc {
  const { engine } = request.server;
  const collection = engine.catalog.find(ns);
  const { filter } = statement;
  if (filter instanceof CommandError) throw filter;
  if (!collection) return { n: 0 };
  const finder = new Finder(
    engine,
    { collection, filter, hint: statement.hint, limit: statement.single ? 1 : 0 },
    request.transaction,
  );
  const records: number[] = [];
  for (const hit of finder.hits()) {
    if (!hit) continue;
    records.push(hit.record);
    if (statement.single) break;
  }
  for (const record of records) {
    access.claim(collection, record);
    const bytes = access.get(collection, record)!;
    access.remove(collection, record, decode(bytes), bytes);
    // Counted on the statement: when the next record must be waited for, those gone are not found again.
    statement.removed++;
  }
  return { n: count(statement.removed) };
}

function tryFilter(q: Doc, variables: Variables): Filter | CommandError {
  try {
    return compileFilter(q, variables);
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
}
