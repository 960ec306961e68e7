import { show } from '../bson/show.ts';
import { asNumber, count, type Doc, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { type Bounds, TypeEdge } from '../query/bounds.ts';
import { compileFilter } from '../query/filter.ts';
import { Finder, type FindRequest } from '../query/find.ts';
import type { IndexPlan, Plan } from '../query/plan.ts';
import { openPipeline } from './aggregate.ts';
import type { Handler, Request } from './context.ts';
import { findRequest } from './find.ts';

/** explain of find, count, distinct, aggregate, update, delete and findAndModify: the plan, and what it cost when run. */
export const explain: Handler = (request) => {
  const inner = request.command['explain'];
  if (!isDocument(inner ?? null))
    throw new CommandError(14, "BSON field 'explain.explain' is the wrong type, expected type 'object'");
  const verbosity = request.command['verbosity'] ?? 'allPlansExecution';
  return explainCommand(request, inner as Doc, verbosity !== 'queryPlanner');
};

export function explainCommand(request: Request, command: Doc, execute: boolean): Doc {
  const [name] = Object.keys(command);
  const target = { ...request, name: name!, command };
  const wanted = wantedOf(target);
  const ns = `${request.database}.${String(command[name!])}`;
  if (!wanted)
    return reply(
      ns,
      command,
      { stage: 'EOF' },
      execute ? { nReturned: 0, keys: 0, docs: 0, millis: 0 } : undefined,
      request,
    );
  const finder = new Finder(request.server.engine, wanted, request.transaction);
  let stats: Stats | undefined;
  if (execute) {
    const begun = performance.now();
    let nReturned = 0;
    for (const hit of finder.hits()) if (hit) nReturned++;
    stats = {
      nReturned,
      keys: finder.keysExamined,
      docs: finder.docsExamined,
      millis: Math.round(performance.now() - begun),
    };
  }
  return reply(ns, command, stageTree(finder, wanted), stats, request);
}

function wantedOf(request: Request): FindRequest | undefined {
  const { command, name, server } = request;
  const collection = server.engine.catalog.find(`${request.database}.${String(command[name])}`);
  const filtered = (filter: Value | undefined, extra: Partial<FindRequest> = {}): FindRequest | undefined =>
    collection && {
      collection,
      filter: compileFilter(isDocument(filter ?? null) ? (filter as Doc) : {}),
      hint: command['hint'],
      ...extra,
    };
  switch (name) {
    case 'find':
      return findRequest(request);
    case 'count':
    case 'distinct':
      return filtered(command['query']);
    case 'findAndModify':
    case 'findandmodify':
      return filtered(command['query'], { limit: 1 });
    case 'update':
    case 'delete': {
      const statements = command[name === 'update' ? 'updates' : 'deletes'];
      const first = Array.isArray(statements) ? statements[0] : undefined;
      return filtered(isDocument(first ?? null) ? (first as Doc)['q'] : undefined);
    }
    case 'aggregate': {
      if (!collection) return undefined;
      const { source } = openPipeline(
        request,
        collection.name,
        (command['pipeline'] ?? []) as Value[],
        new Map(),
        command['hint'],
      );
      return { collection, ...source };
    }
    default:
      if (!request.isCommand(name))
        throw new CommandError(59, `Explain failed due to unknown command: ${name}`);
      throw new CommandError(20, `Explain is not supported for the ${name} command`);
  }
}

interface Stats {
  nReturned: number;
  keys: number;
  docs: number;
  millis: number;
}

function stageTree(finder: Finder, wanted: FindRequest): Doc {
  let tree = planStage(finder.plan, wanted);
  if (finder.blockingSort && wanted.sort?.length) {
    const sortPattern: Doc = {};
    for (const { path, direction } of wanted.sort) sortPattern[path] = direction;
    tree = {
      stage: 'SORT',
      sortPattern,
      ...(wanted.limit ? { limitAmount: count(wanted.limit) } : {}),
      type: 'simple',
      inputStage: tree,
    };
  }
  if (wanted.skip) tree = { stage: 'SKIP', skipAmount: count(wanted.skip), inputStage: tree };
  if (wanted.limit && !(finder.blockingSort && wanted.sort?.length))
    tree = { stage: 'LIMIT', limitAmount: count(wanted.limit), inputStage: tree };
  return tree;
}

function planStage(plan: Plan, wanted: FindRequest): Doc {
  const { source } = wanted.filter;
  const filter: Doc = Object.keys(source).length > 0 ? { filter: source } : {};
  switch (plan.kind) {
    case 'nothing':
      return { stage: 'EOF' };
    case 'scan':
      return { stage: 'COLLSCAN', ...filter, direction: plan.reverse ? 'backward' : 'forward' };
    case 'or':
      return {
        stage: 'FETCH',
        ...filter,
        inputStage: { stage: 'OR', inputStages: plan.branches.map(scanStage) },
      };
    case 'index':
      return { stage: 'FETCH', ...(plan.exact ? {} : filter), inputStage: scanStage(plan) };
  }
}

function scanStage(plan: IndexPlan): Doc {
  const { index } = plan;
  const bounds: Doc = {};
  index.paths.forEach((path, i) => {
    bounds[path] = describe(plan.bounds[i]!, index.directions[i]!);
  });
  return {
    stage: 'IXSCAN',
    keyPattern: index.keyPattern,
    indexName: index.name,
    isMultiKey: index.isMultikey,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    indexVersion: 2,
    direction: plan.reverse ? 'backward' : 'forward',
    indexBounds: bounds,
  };
}

function describe(bounds: Bounds, direction: number): Value[] {
  const end = (value: Value) => (value instanceof TypeEdge ? '{}' : show(value));
  const parts = bounds.intervals.map(({ low, lowIncluded, high, highIncluded }) =>
    direction === 1
      ? `${lowIncluded ? '[' : '('}${end(low)}, ${end(high)}${highIncluded ? ']' : ')'}`
      : `${highIncluded ? '[' : '('}${end(high)}, ${end(low)}${lowIncluded ? ']' : ')'}`,
  );
  return direction === 1 ? parts : parts.reverse();
}

function reply(ns: string, command: Doc, winningPlan: Doc, stats: Stats | undefined, request: Request): Doc {
  const [host, port] = request.server.address.split(':');
  return {
    explainVersion: '1',
    queryPlanner: {
      namespace: ns,
      parsedQuery: (command['filter'] ?? command['query'] ?? {}) as Value,
      winningPlan,
      rejectedPlans: [],
    },
    ...(stats
      ? {
          executionStats: {
            executionSuccess: true,
            nReturned: count(stats.nReturned),
            executionTimeMillis: count(stats.millis),
            totalKeysExamined: count(stats.keys),
            totalDocsExamined: count(stats.docs),
            executionStages: winningPlan,
          },
        }
      : {}),
    command,
    serverInfo: { host: host!, port: asNumber(Number(port))!, version: '7.0.15', gitVersion: 'lmdb' },
  };
}
