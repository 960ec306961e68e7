import { compileExpression } from '../aggregate/expression.ts';
import { compileStages, neededRoots, runStages } from '../aggregate/pipeline.ts';
import type { Flow, Stage, StageContext } from '../aggregate/stage.ts';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { asNumber, type Doc, isDocument, type Value } from '../bson/value.ts';
import { CommandError, failedToParse } from '../errors.ts';
import { compileFilter, type Filter, type Variables } from '../query/filter.ts';
import { Finder } from '../query/find.ts';
import type { Sort } from '../query/plan.ts';
import { checkFields, type Handler, optionalDocument, type Request } from './context.ts';
import { maxDocumentBytes } from './insert.ts';
import { takeOutput } from './outputStages.ts';

const fields = new Set([
  'pipeline',
  'cursor',
  'explain',
  'allowDiskUse',
  'bypassDocumentValidation',
  'collation',
  'hint',
  'let',
]);

export const aggregate: Handler = async (request) => {
  checkFields(request, fields);
  const { command, server, transaction } = request;
  server.counters.queries++;
  const target = command['aggregate'];
  const { pipeline } = command;
  if (!Array.isArray(pipeline)) throw new CommandError(14, `'pipeline' option must be specified as an array`);
  const cursor = optionalDocument(request, 'cursor');
  if (!cursor)
    throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
  const variables = commandVariables(request);
  const batchSize = asNumber(cursor['batchSize']) ?? 101;
  if (typeof target !== 'string') return collectionless(request, pipeline, variables, batchSize);
  const ns = `${request.database}.${target}`;
  const { rest, output } = takeOutput(request, pipeline);
  const { flow } = openPipeline(request, target, rest, variables, command['hint']);
  if (output) {
    await output(flow);
    return { cursor: { firstBatch: [], id: 0n, ns } };
  }
  const { id, batch } = await server.cursors.first(ns, encoded(flow), batchSize, { transaction });
  return { cursor: { firstBatch: batch, id, ns } };
};

async function collectionless(
  request: Request,
  pipeline: Value[],
  variables: Variables,
  batchSize: number,
): Promise<Doc> {
  const [first, ...rest] = pipeline;
  const given = isDocument(first ?? null) ? (first as Doc)['$documents'] : undefined;
  if (given === undefined)
    throw new CommandError(
      73,
      `{aggregate: 1} is not valid for '${Object.keys((first ?? {}) as Doc)[0] ?? 'an empty pipeline'}'; a collection is required.`,
    );
  const docs = compileExpression(given).evaluate({ root: {}, current: {}, variables });
  if (!Array.isArray(docs)) throw new CommandError(5858203, 'an array is expected');
  const stages = compileStages(rest, stageContext(request, variables));
  const ns = `${request.database}.$cmd.aggregate`;
  const { id, batch } = await request.server.cursors.first(
    ns,
    encoded(runStages(stages, docs as Doc[])),
    batchSize,
  );
  return { cursor: { firstBatch: batch, id, ns } };
}

/** `let` of the command, evaluated, and $$NOW. */
function commandVariables(request: Request): Variables {
  const variables = new Map<string, Value | undefined>([['NOW', new Date()]]);
  for (const [name, value] of Object.entries(optionalDocument(request, 'let') ?? {})) {
    variables.set(name, compileExpression(value).evaluate({ root: {}, current: {}, variables }));
  }
  return variables;
}

function* encoded(flow: Flow): Generator<Buffer | undefined, void> {
  for (const doc of flow) {
    if (doc === undefined) {
      yield undefined;
      continue;
    }
    const bytes = encode(doc);
    if (bytes.length > maxDocumentBytes)
      throw new CommandError(
        10334,
        `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and 16793600(16MB)`,
      );
    yield bytes;
  }
}

function stageContext(request: Request, variables: Variables, target?: string): StageContext {
  const context: StageContext = {
    database: request.database,
    variables,
    collection:
      target === undefined ? undefined : request.server.engine.catalog.find(`${request.database}.${target}`),
    read: (collection, filter, sort) => read(request, collection, filter, sort),
    compile(stages, inner, inside) {
      if (inside === 'facet') checkFacet(stages);
      const compiled = compileStages(stages, stageContext(request, inner));
      return (input) => runStages(compiled, input);
    },
    run: (collection, stages, inner) => openPipeline(request, collection, stages, inner).flow,
  };
  return context;
}

interface Source {
  filter: Filter;
  sort?: Sort | undefined;
  limit?: number;
  hint?: Value | undefined;
  only?: ReadonlySet<string> | undefined;
}

function* read(
  request: Request,
  collection: string,
  filter: Filter,
  sort?: Sort,
  source: Partial<Source> = {},
): Flow {
  const found = request.server.engine.catalog.find(`${request.database}.${collection}`);
  if (!found) return;
  const finder = new Finder(
    request.server.engine,
    { collection: found, filter, sort, hint: source.hint, limit: source.limit ?? 0 },
    request.transaction,
  );
  const options = source.only ? { only: source.only } : {};
  for (const hit of finder.hits())
    yield hit === undefined ? undefined : (hit.doc ?? decode(hit.bytes, 0, options));
}

/** A pipeline on a collection: what the store can do of its first stages (filter, order, limit) it does. */
export function openPipeline(
  request: Request,
  collection: string,
  pipeline: Value[],
  variables: Variables,
  hint?: Value,
): { flow: Flow; source: Source; stages: Stage[] } {
  const stages = compileStages(pipeline, stageContext(request, variables, collection));
  const filters: Doc[] = [];
  while (stages[0]?.filter) filters.push(stages.shift()!.filter!.source);
  const filter = compileFilter(
    filters.length === 1 ? filters[0]! : filters.length === 0 ? {} : { $and: filters },
    variables,
  );
  const source: Source = { filter, hint };
  if (stages[0]?.sort && stages[0].name === '$sort') {
    source.sort = stages.shift()!.sort;
    if (stages[0]?.limit !== undefined) source.limit = stages.shift()!.limit!;
  }
  source.only = neededRoots(stages);
  return { flow: runStages(stages, read(request, collection, filter, source.sort, source)), source, stages };
}

const notInFacet = new Set([
  '$facet',
  '$out',
  '$merge',
  '$collStats',
  '$indexStats',
  '$geoNear',
  '$planCacheStats',
]);

function checkFacet(stages: Value[]): void {
  for (const stage of stages) {
    const [name] = isDocument(stage) ? Object.keys(stage) : [];
    if (name !== undefined && notInFacet.has(name))
      throw new CommandError(40600, `${name} is not allowed to be used within a $facet stage`);
  }
}
