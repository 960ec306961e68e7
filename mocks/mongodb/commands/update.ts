import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { typeOf } from '../bson/typeOf.ts';
import { asNumber, count, type Doc, isDocument, RawDocument, type Value } from '../bson/value.ts';
import { CommandError, failedToParse } from '../errors.ts';
import { compileFilter, type Filter, type Position, type Variables } from '../query/filter.ts';
import { Finder, type Hit } from '../query/find.ts';
import { parseSort } from '../query/sort.ts';
import type { Collection } from '../storage/catalog.ts';
import type { Access } from '../storage/engine.ts';
import { compileUpdate, type Update } from '../update/compile.ts';
import { upsertDocument } from '../update/upsert.ts';
import {
  checkCollation,
  checkFields,
  type Handler,
  letVariables,
  namespace,
  type Request,
} from './context.ts';
import { ensureCollection } from './ensureCollection.ts';
import { checkBatch, maxDocumentBytes, prepareInsert } from './insert.ts';
import { notRetryable, retried, runStatements, writeConcernError, writeErrors } from './writeStatements.ts';

const fields = new Set(['updates', 'ordered', 'bypassDocumentValidation', 'let']);
const statementFields = new Set([
  'q',
  'u',
  'c',
  'multi',
  'upsert',
  'collation',
  'arrayFilters',
  'hint',
  'sort',
]);

export interface UpdateStatement {
  filter: Filter;
  update: Update;
  multi: boolean;
  upsert: boolean;
  hint: Value | undefined;
  sort: Value | undefined;
  /** Records done before the statement had to wait for a lock. */
  done: Set<number>;
  modified: number;
}

export const update: Handler = async (request) => {
  checkFields(request, fields);
  const { updates } = request.command;
  if (!Array.isArray(updates))
    throw new CommandError(40414, "BSON field 'update.updates' is missing but a required field");
  checkBatch(updates.length);
  const ns = namespace(request);
  const variables = letVariables(request);
  request.server.counters.updates += updates.length;
  const statements: (UpdateStatement | CommandError)[] = updates.map((each) => {
    try {
      return parseUpdate(each, variables);
    } catch (error) {
      if (error instanceof CommandError) return error;
      throw error;
    }
  });
  if (request.transaction && statements.some((each) => !(each instanceof CommandError) && each.upsert)) {
    await ensureCollection(request.server, ns);
  }
  const outcomes = await runStatements(
    request,
    updates.length,
    request.command['ordered'] !== false,
    (i, access) => {
      const statement = statements[i]!;
      if (statement instanceof CommandError) throw statement;
      if (statement.multi && request.command['txnNumber'] !== undefined && !request.transaction)
        throw notRetryable();
      return updateStatement(request, access, ns, statement);
    },
  );
  let n = 0;
  let nModified = 0;
  const upserted: Doc[] = [];
  outcomes.forEach((outcome, index) => {
    if (outcome instanceof CommandError) return;
    n += asNumber(outcome['n'])!;
    nModified += asNumber(outcome['nModified'])!;
    if (outcome['upserted'] !== undefined) upserted.push({ index, _id: outcome['upserted'] });
  });
  const errors = writeErrors(outcomes);
  return {
    n: count(n),
    nModified: count(nModified),
    ...(upserted.length > 0 ? { upserted: upserted as Value[] } : {}),
    ...(errors.length > 0 ? { writeErrors: errors as Value[] } : {}),
    ...retried(outcomes),
    ...writeConcernError(request),
  };
};

function parseUpdate(given: Value, variables: Variables): UpdateStatement {
  const each = given instanceof RawDocument ? decode(given.bytes) : given;
  if (!isDocument(each)) throw new CommandError(14, 'update statements must be objects');
  for (const key of Object.keys(each)) {
    if (!statementFields.has(key))
      throw new CommandError(40415, `BSON field 'update.updates.${key}' is an unknown field.`);
  }
  checkCollation(each['collation']);
  const q = each['q'];
  if (!isDocument(q))
    throw new CommandError(
      14,
      `BSON field 'update.updates.q' is the wrong type '${typeOf(q ?? null)}', expected type 'object'`,
    );
  const constants = isDocument(each['c'])
    ? new Map<string, Value | undefined>([...variables, ...Object.entries(each['c'])])
    : variables;
  const parsed = compileUpdate(each['u']!, {
    arrayFilters: arrayFilters(each['arrayFilters']),
    variables: constants,
  });
  const multi = each['multi'] === true;
  if (multi && parsed.kind === 'replacement')
    throw failedToParse('multi update is not supported for replacement-style update');
  return {
    filter: compileFilter(q, variables),
    update: parsed,
    multi,
    upsert: each['upsert'] === true,
    hint: each['hint'],
    sort: each['sort'],
    done: new Set(),
    modified: 0,
  };
}

export function arrayFilters(given: Value | undefined): Doc[] | undefined {
  if (given === undefined) return undefined;
  if (!Array.isArray(given))
    throw new CommandError(
      14,
      `BSON field 'update.updates.arrayFilters' is the wrong type '${typeOf(given)}', expected type 'array'`,
    );
  return given as Doc[];
}

export function updateStatement(
  request: Request,
  access: Access,
  ns: string,
  statement: UpdateStatement,
): Doc {
  const { engine } = request.server;
  const collection = engine.catalog.find(ns);
  const { filter } = statement;
  if (collection) {
    const finder = new Finder(
      engine,
      {
        collection,
        filter,
        hint: statement.hint,
        sort: parseSort(statement.sort),
        limit: statement.multi ? 0 : 1,
      },
      request.transaction,
    );
    // All targets are known before the first is changed, so that none is met again in its new place.
    const hits = collect(finder, statement.multi);
    for (const hit of hits) {
      if (statement.done.has(hit.record)) continue;
      access.claim(collection, hit.record);
      const bytes = access.get(collection, hit.record)!;
      if (applyUpdate(access, collection, hit.record, bytes, filter, statement.update).changed)
        statement.modified++;
      statement.done.add(hit.record);
    }
    if (statement.done.size > 0)
      return { n: count(statement.done.size), nModified: count(statement.modified) };
  }
  if (!statement.upsert) return { n: 0, nModified: 0 };
  const { doc, bytes } = prepareInsert(upsertDocument(filter, statement.update));
  access.insert(engine.catalog.findOrCreate(ns), bytes, doc);
  return { n: 1, nModified: 0, upserted: doc['_id']! };
}

/** Of many hits only the places are kept, not the documents. */
function collect(finder: Finder, multi: boolean): { record: number }[] {
  const found: { record: number }[] = [];
  for (const hit of finder.hits()) {
    if (!hit) continue;
    found.push({ record: hit.record });
    if (!multi) break;
  }
  return found;
}

export function firstHit(finder: Finder): Hit | undefined {
  for (const hit of finder.hits()) if (hit) return hit;
  return undefined;
}

/** Applies an update to one stored document, and tells whether its bytes changed. */
export function applyUpdate(
  access: Access,
  collection: Collection,
  record: number,
  bytes: Buffer,
  filter: Filter,
  change: Update,
): { before: Buffer; after: Buffer; changed: boolean } {
  const before = decode(bytes);
  const position: Position = { index: undefined };
  if (change.positional) filter.matches(before, position);
  const after = change.apply(decode(bytes), { inserting: false, position: position.index });
  const newBytes = encode(after);
  if (newBytes.equals(bytes)) return { before: bytes, after: bytes, changed: false };
  if (newBytes.length > maxDocumentBytes) {
    throw new CommandError(17419, `Resulting document after update is larger than ${maxDocumentBytes}`);
  }
  access.replace(collection, record, before, bytes, after, newBytes, change.touched);
  return { before: bytes, after: newBytes, changed: true };
}
