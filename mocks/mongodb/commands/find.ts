import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { asNumber, type Doc } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { Finder, type FindRequest } from '../query/find.ts';
import { compileProjection } from '../query/project.ts';
import { parseSort } from '../query/sort.ts';
import {
  checkFields,
  collectionName,
  type Handler,
  letVariables,
  namespace,
  optionalBoolean,
  optionalCount,
  optionalDocument,
  type Request,
} from './context.ts';

const fields = new Set([
  'filter',
  'sort',
  'projection',
  'hint',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'allowDiskUse',
  'collation',
  'let',
  'max',
  'min',
  'returnKey',
  'showRecordId',
  'tailable',
  'awaitData',
  'noCursorTimeout',
  'allowPartialResults',
  'oplogReplay',
]);

/** What a find command asks of the store, with its limit made plain; undefined where there is no such collection. */
export function findRequest(request: Request): (FindRequest & { single: boolean }) | undefined {
  const { command, server } = request;
  const limit = asNumber(command['limit']) ?? 0;
  // A negative limit is the old way to ask for a single batch.
  if (limit < 0)
    throw new CommandError(51024, `BSON field 'limit' value must be >= 0, actual value '${limit}'`);
  const filter = compileFilter(optionalDocument(request, 'filter') ?? {}, letVariables(request));
  const sort = parseSort(command['sort']);
  const collection = server.engine.catalog.find(namespace(request));
  if (!collection) return undefined;
  return {
    collection,
    filter,
    sort,
    hint: hintOf(request),
    skip: optionalCount(request, 'skip') ?? 0,
    limit: Math.trunc(limit),
    single: optionalBoolean(request, 'singleBatch'),
  };
}

function hintOf(request: Request) {
  const hint = request.command['hint'];
  if (hint === undefined || hint === null) return undefined;
  return typeof hint === 'object' && Object.keys(hint).length === 0 ? undefined : hint;
}

export const find: Handler = async (request) => {
  checkFields(request, fields);
  if (
    (request.command['min'] !== undefined || request.command['max'] !== undefined) &&
    request.command['hint'] === undefined
  ) {
    throw new CommandError(51173, 'When using min()/max() a hint of which index to use must be provided');
  }
  for (const option of ['max', 'min', 'returnKey', 'showRecordId', 'tailable', 'awaitData']) {
    const value = request.command[option];
    if (value !== undefined && value !== false) throw notImplemented(`find with ${option}`);
  }
  const { server, transaction } = request;
  server.counters.queries++;
  const ns = namespace(request);
  const spec = optionalDocument(request, 'projection');
  const wanted = findRequest(request);
  const size = optionalCount(request, 'batchSize') ?? 101;
  const variables = letVariables(request);
  const filter = wanted?.filter ?? compileFilter({});
  const projection =
    spec && Object.keys(spec).length > 0 ? compileProjection(spec, filter, variables) : undefined;
  if (!wanted) return { cursor: { firstBatch: [], id: 0n, ns } };
  const finder = new Finder(server.engine, { ...wanted, decoded: projection !== undefined }, transaction);
  const source = (function* () {
    for (const hit of finder.hits()) {
      if (hit === undefined) yield undefined;
      else yield projection ? encode(projection(hit.doc ?? decode(hit.bytes))) : hit.bytes;
    }
  })();
  const { id, batch } = await server.cursors.first(ns, source, size, {
    transaction,
    single: wanted.single,
    atEnd: () => finder.ended,
  });
  return { cursor: { firstBatch: batch, id, ns } };
};

export const getMore: Handler = async (request) => {
  checkFields(request, new Set(['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime']));
  const { command, server } = request;
  const id = BigInt(asBig(command['getMore']));
  if (typeof command['collection'] !== 'string')
    throw new CommandError(14, "BSON field 'getMore.collection' is missing or of the wrong type");
  server.counters.getmores++;
  const ns = `${request.database}.${command['collection']}`;
  const size = optionalCount(request, 'batchSize');
  const { id: next, batch } = await server.cursors.more(
    id,
    ns,
    size === undefined || size === 0 ? Number.POSITIVE_INFINITY : size,
    request.transaction,
  );
  return { cursor: { nextBatch: batch, id: next, ns } };
};

function asBig(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  const number = asNumber(value);
  if (number === undefined)
    throw new CommandError(14, "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  return BigInt(number);
}

export const killCursors: Handler = (request) => {
  checkFields(request, new Set(['cursors']));
  collectionName(request);
  const { cursors } = request.command;
  if (!Array.isArray(cursors))
    throw new CommandError(14, "BSON field 'killCursors.cursors' is missing or of the wrong type");
  const result: Record<'cursorsKilled' | 'cursorsNotFound', bigint[]> = {
    cursorsKilled: [],
    cursorsNotFound: [],
  };
  for (const given of cursors) {
    const id = asBig(given);
    if (request.server.cursors.kill(id)) result.cursorsKilled.push(id);
    else result.cursorsNotFound.push(id);
  }
  return { ...result, cursorsAlive: [], cursorsUnknown: [] } as Doc;
};
