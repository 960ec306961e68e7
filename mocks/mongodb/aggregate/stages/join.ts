import { identity } from '../../bson/compare.ts';
import { typeOf } from '../../bson/typeOf.ts';
import { asNumber, clone, type Doc, isDocument, setField, type Value } from '../../bson/value.ts';
import { CommandError, failedToParse } from '../../errors.ts';
import { compileFilter } from '../../query/filter.ts';
import { writePath } from '../../update/paths.ts';
import { compileExpression, followPath } from '../expression.ts';
import type { Flow, Stage, StageCompiler, StageContext } from '../stage.ts';

const lookupFields = new Set(['from', 'localField', 'foreignField', 'as', 'let', 'pipeline']);

function text(spec: Doc, field: string): string {
  const value = spec[field];
  if (typeof value !== 'string')
    throw failedToParse(
      `$lookup argument '${field}: ${String(value)}' must be a string, is type ${typeOf(value ?? null)}`,
    );
  return value;
}

/** The filter for documents whose foreign field equals the local value, as $lookup matches them. */
function joinFilter(foreign: string, local: Value | undefined): Doc {
  if (Array.isArray(local)) {
    // Each element may match; a regex in data is a value, not a pattern.
    return { [foreign]: { $in: local.filter((item) => typeOf(item) !== 'regex') } };
  }
  return { [foreign]: { $eq: local ?? null } };
}

export const lookup: StageCompiler = (spec, context) => {
  if (!isDocument(spec)) throw failedToParse('the $lookup specification must be an Object');
  for (const key of Object.keys(spec))
    if (!lookupFields.has(key)) throw failedToParse(`unknown argument to $lookup: ${key}`);
  const from = text(spec, 'from');
  const as = text(spec, 'as').split('.');
  const pipeline = spec['pipeline'];
  const byField = spec['localField'] !== undefined || spec['foreignField'] !== undefined;
  if (!byField && pipeline === undefined)
    throw failedToParse(
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  const local = byField ? text(spec, 'localField').split('.') : undefined;
  const foreign = byField ? text(spec, 'foreignField') : undefined;
  if (pipeline !== undefined && !Array.isArray(pipeline))
    throw failedToParse("'pipeline' option must be specified as an array");
  const letSpec = isDocument(spec['let'] ?? null) ? (spec['let'] as Doc) : {};
  const lets = Object.keys(letSpec).map(
    (name) => [name, compileExpression(letSpec[name]!, context.variables.keys()).evaluate] as const,
  );
  // An inner pipeline that cannot run is told of before the first document.
  if (pipeline)
    context.compile(
      pipeline as Value[],
      new Map([...context.variables, ...lets.map(([name]) => [name, null] as const)]),
      'lookup',
    );
  return {
    name: '$lookup',
    *apply(input) {
      for (const doc of input) {
        if (doc === undefined) {
          yield undefined;
          continue;
        }
        const found: Value[] = [];
        for (const other of joined(doc)) if (other !== undefined) found.push(other);
        const copy = as.length === 1 ? { ...doc } : clone(doc);
        if (as.length === 1) setField(copy, as[0]!, found);
        else writePath(copy, as, found);
        yield copy;
      }
    },
  };

  function joined(doc: Doc): Flow {
    const stages: Value[] = [];
    if (local && foreign) stages.push({ $match: joinFilter(foreign, followPath(doc, local, 0)) });
    const variables = new Map(context.variables);
    for (const [name, evaluate] of lets)
      variables.set(name, evaluate({ root: doc, current: doc, variables: context.variables }));
    return context.run(from, [...stages, ...((pipeline as Value[] | undefined) ?? [])], variables);
  }
};

export const facet: StageCompiler = (spec, context) => {
  if (!isDocument(spec) || Object.keys(spec).length === 0)
    throw new CommandError(40169, 'the $facet specification must be a non-empty object');
  const parts = Object.keys(spec).map((name) => {
    const stages = spec[name];
    if (!Array.isArray(stages))
      throw new CommandError(
        40170,
        `arguments to $facet must be arrays, ${name} is type ${typeOf(stages ?? null)}`,
      );
    if (name.includes('.') || name.startsWith('$'))
      throw failedToParse(`FieldPath field names may not contain '.' or start with '$'`);
    return { name, run: context.compile(stages, context.variables, 'facet') };
  });
  return {
    name: '$facet',
    *apply(input) {
      const docs: Doc[] = [];
      for (const doc of input) {
        if (doc === undefined) yield undefined;
        else docs.push(doc);
      }
      const result: Doc = {};
      for (const { name, run } of parts) {
        const found: Value[] = [];
        for (const doc of run(docs)) if (doc !== undefined) found.push(doc);
        setField(result, name, found);
      }
      yield result;
    },
  };
};

export const unionWith: StageCompiler = (spec, context): Stage => {
  const from = isDocument(spec) ? spec['coll'] : spec;
  const stages = isDocument(spec) ? (spec['pipeline'] ?? []) : [];
  if (typeof from !== 'string')
    throw failedToParse('the $unionWith stage specification must be an object or string');
  if (!Array.isArray(stages)) throw failedToParse("$unionWith 'pipeline' must be an array");
  context.compile(stages, context.variables, 'unionWith');
  return {
    name: '$unionWith',
    *apply(input) {
      yield* input;
      yield* context.run(from, stages, context.variables);
    },
  };
};

export const graphLookup: StageCompiler = (spec, context: StageContext) => {
  if (!isDocument(spec)) throw failedToParse('the $graphLookup stage specification must be an object');
  for (const key of ['from', 'startWith', 'connectFromField', 'connectToField', 'as']) {
    if (spec[key] === undefined)
      throw new CommandError(
        40105,
        `$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.`,
      );
  }
  const from = spec['from'] as string;
  const as = (spec['as'] as string).split('.');
  const start = compileExpression(spec['startWith']!, context.variables.keys()).evaluate;
  const fromField = (spec['connectFromField'] as string).split('.');
  const toField = spec['connectToField'] as string;
  const depthField = spec['depthField'] as string | undefined;
  const maxDepth = asNumber(spec['maxDepth']) ?? Number.POSITIVE_INFINITY;
  const restrict = isDocument(spec['restrictSearchWithMatch'] ?? null)
    ? (spec['restrictSearchWithMatch'] as Doc)
    : {};
  return {
    name: '$graphLookup',
    *apply(input) {
      for (const doc of input) {
        if (doc === undefined) {
          yield undefined;
          continue;
        }
        const found = new Map<string, Doc>();
        const asked = new Set<string>();
        const first = start({ root: doc, current: doc, variables: context.variables });
        let wave = Array.isArray(first) ? first : first === undefined ? [] : [first];
        for (let depth = 0; wave.length > 0 && depth <= maxDepth; depth++) {
          const fresh = wave.filter((value) => {
            const key = identity(value);
            if (asked.has(key)) return false;
            asked.add(key);
            return true;
          });
          if (fresh.length === 0) break;
          wave = [];
          for (const other of context.read(
            from,
            compileFilter({ $and: [{ [toField]: { $in: fresh } }, restrict] }, context.variables),
          )) {
            if (other === undefined) continue;
            const key = identity(other['_id'] ?? null);
            if (found.has(key)) continue;
            found.set(key, depthField ? { ...other, [depthField]: BigInt(depth) } : other);
            const next = followPath(other, fromField, 0);
            if (Array.isArray(next)) wave.push(...next);
            else if (next !== undefined) wave.push(next);
          }
        }
        const copy = clone(doc);
        writePath(copy, as, [...found.values()]);
        yield copy;
      }
    },
  };
};
