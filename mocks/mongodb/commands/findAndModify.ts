import { decode } from '../bson/decode.ts';
import { type Doc, RawDocument, type Value } from '../bson/value.ts';
import { CommandError, failedToParse } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { Finder } from '../query/find.ts';
import { compileProjection } from '../query/project.ts';
import { parseSort } from '../query/sort.ts';
import { compileUpdate } from '../update/compile.ts';
import { upsertDocument } from '../update/upsert.ts';
import {
  checkFields,
  type Handler,
  letVariables,
  namespace,
  optionalBoolean,
  optionalDocument,
} from './context.ts';
import { ensureCollection } from './ensureCollection.ts';
import { prepareInsert } from './insert.ts';
import { applyUpdate, arrayFilters, firstHit } from './update.ts';
import { retriedStatement, runStatements, writeConcernError } from './writeStatements.ts';

const fields = new Set([
  'query',
  'sort',
  'remove',
  'update',
  'new',
  'fields',
  'upsert',
  'bypassDocumentValidation',
  'collation',
  'arrayFilters',
  'hint',
  'let',
]);

export const findAndModify: Handler = async (request) => {
  checkFields(request, fields);
  const { command, server } = request;
  const ns = namespace(request);
  const variables = letVariables(request);
  const remove = optionalBoolean(request, 'remove');
  const returnNew = optionalBoolean(request, 'new');
  const upsert = optionalBoolean(request, 'upsert');
  const spec = command['update'];
  if (!remove && spec === undefined) throw failedToParse('Either an update or remove=true must be specified');
  if (remove && spec !== undefined) throw failedToParse('Cannot specify both an update and remove=true');
  if (remove && upsert) throw failedToParse('Cannot specify both upsert=true and remove=true');
  if (remove && returnNew)
    throw failedToParse(
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  const filter = compileFilter(optionalDocument(request, 'query') ?? {}, variables);
  const sort = parseSort(command['sort']);
  const projectionSpec = optionalDocument(request, 'fields');
  const projection =
    projectionSpec && Object.keys(projectionSpec).length > 0
      ? compileProjection(projectionSpec, filter, variables)
      : undefined;
  const change = remove
    ? undefined
    : compileUpdate(spec!, { arrayFilters: arrayFilters(command['arrayFilters']), variables });
  if (request.transaction && upsert) await ensureCollection(server, ns);
  server.counters.commands++;

  const present = (bytes: Buffer): Value => (projection ? projection(decode(bytes)) : new RawDocument(bytes));
  const [outcome] = await runStatements(request, 1, true, (_, access): Doc => {
    const collection = server.engine.catalog.find(ns);
    const hit =
      collection &&
      firstHit(
        new Finder(
          server.engine,
          { collection, filter, sort, hint: command['hint'], limit: 1 },
          request.transaction,
        ),
      );
    if (collection && hit) {
      access.claim(collection, hit.record);
      if (!change) {
        access.remove(collection, hit.record, decode(hit.bytes), hit.bytes);
        return { lastErrorObject: { n: 1 }, value: present(hit.bytes) };
      }
      const { before, after } = applyUpdate(access, collection, hit.record, hit.bytes, filter, change);
      return { lastErrorObject: { n: 1, updatedExisting: true }, value: present(returnNew ? after : before) };
    }
    if (!change) return { lastErrorObject: { n: 0 }, value: null };
    if (!upsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
    const { doc, bytes } = prepareInsert(upsertDocument(filter, change));
    access.insert(server.engine.catalog.findOrCreate(ns), bytes, doc);
    return {
      lastErrorObject: { n: 1, updatedExisting: false, upserted: doc['_id']! },
      value: returnNew ? present(bytes) : null,
    };
  });
  if (outcome instanceof CommandError) throw outcome;
  const again = outcome && retriedStatement(outcome);
  return {
    ...outcome,
    ...(again === undefined ? {} : { retriedStmtId: again }),
    ...writeConcernError(request),
  };
};
