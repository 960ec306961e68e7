import { isDocument, type Value } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import type { Flow, Stage, StageCompiler, StageContext } from './stage.ts';
import { group } from './stages/group.ts';
import { facet, graphLookup, lookup, unionWith } from './stages/join.ts';
import { bucket, bucketAuto, count, limit, match, sample, skip, sort, sortByCount } from './stages/order.ts';
import { redact } from './stages/redact.ts';
import { addFields, project, replaceRoot, replaceWith, unset, unwind } from './stages/shape.ts';
import { collStats, indexStats } from './stages/stats.ts';
import { setWindowFields } from './stages/window.ts';

const compilers: Record<string, StageCompiler> = {
  $match: match,
  $project: project,
  $addFields: addFields('$addFields'),
  $set: addFields('$set'),
  $unset: unset,
  $replaceRoot: replaceRoot,
  $replaceWith: replaceWith,
  $unwind: unwind,
  $group: group,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $count: count,
  $sortByCount: sortByCount,
  $sample: sample,
  $bucket: bucket,
  $bucketAuto: bucketAuto,
  $lookup: lookup,
  $facet: facet,
  $unionWith: unionWith,
  $graphLookup: graphLookup,
  $redact: redact,
  $setWindowFields: setWindowFields,
  $collStats: collStats,
  $indexStats: indexStats,
};

/** Stages of MongoDB 7 that are not here. */
const absent = new Set([
  '$changeStream',
  '$changeStreamSplitLargeEvent',
  '$currentOp',
  '$densify',
  '$fill',
  '$geoNear',
  '$listLocalSessions',
  '$listSampledQueries',
  '$listSearchIndexes',
  '$listSessions',
  '$planCacheStats',
  '$search',
  '$searchMeta',
  '$shardedDataDistribution',
  '$vectorSearch',
]);

export function compileStages(specs: Value[], context: StageContext): Stage[] {
  return specs.map((spec) => {
    if (!isDocument(spec))
      throw new CommandError(14, `Each element of the 'pipeline' array must be an object`);
    const names = Object.keys(spec);
    if (names.length !== 1)
      throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
    const name = names[0]!;
    const compile = Object.hasOwn(compilers, name) ? compilers[name] : undefined;
    if (compile) return compile(spec[name]!, context);
    if (name === '$out' || name === '$merge')
      throw new CommandError(40601, `${name} can only be the final stage in the pipeline`);
    if (absent.has(name)) throw notImplemented(name);
    throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  });
}

export function runStages(stages: Stage[], input: Flow): Flow {
  let flow = input;
  for (const stage of stages) flow = stage.apply(flow);
  return flow;
}

/** The top-level fields a pipeline can ever look at, or undefined when it may be any. */
export function neededRoots(stages: Stage[]): Set<string> | undefined {
  const roots = new Set<string>();
  for (const stage of stages) {
    if (stage.roots === undefined) return undefined;
    for (const root of stage.roots) roots.add(root);
    if (stage.closes) return roots;
  }
  return undefined;
}
