import { compare } from '../../bson/compare.ts';
import { asNumber, type Doc, integer, isDocument, type Value } from '../../bson/value.ts';
import { badValue, CommandError } from '../../errors.ts';
import { compileFilter } from '../../query/filter.ts';
import type { Sort } from '../../query/plan.ts';
import { parseSort, sortKey } from '../../query/sort.ts';
import { compileExpression } from '../expression.ts';
import type { StageCompiler } from '../stage.ts';
import { compileAccumulator, groupStage } from './group.ts';

export const match: StageCompiler = (spec, context) => {
  if (!isDocument(spec)) throw new CommandError(15959, 'the match filter must be an expression in an object');
  const filter = compileFilter(spec, context.variables);
  return {
    name: '$match',
    filter,
    roots: filter.roots ? [...filter.roots] : undefined,
    *apply(input) {
      for (const doc of input) if (doc === undefined || filter.matches(doc)) yield doc;
    },
  };
};

export function sortDocuments(docs: Doc[], order: Sort): Doc[] {
  const rows = docs.map((doc) => ({ doc, key: sortKey(doc, order) }));
  rows.sort((a, b) => {
    for (let i = 0; i < order.length; i++) {
      const result = compare(a.key[i]!, b.key[i]!);
      if (result !== 0) return result * order[i]!.direction;
    }
    return 0;
  });
  return rows.map((row) => row.doc);
}

export const sort: StageCompiler = (spec) => {
  if (!isDocument(spec)) throw new CommandError(15973, 'the $sort key specification must be an object');
  const order = parseSort(spec);
  if (order.length === 0) throw new CommandError(15976, '$sort stage must have at least one sort key');
  return {
    name: '$sort',
    sort: order,
    roots: order.map(({ path }) => path.split('.')[0]!),
    *apply(input) {
      const docs: Doc[] = [];
      for (const doc of input) {
        if (doc === undefined) yield undefined;
        else docs.push(doc);
      }
      yield* sortDocuments(docs, order);
    },
  };
};

function wholeCount(name: string, spec: Value, code: number): number {
  const number = asNumber(spec);
  if (number === undefined || !Number.isInteger(number) || number < 0)
    throw new CommandError(
      code,
      `invalid argument to ${name} stage: Expected a non-negative number in: ${name}: ${String(spec)}`,
    );
  return number;
}

export const limit: StageCompiler = (spec) => {
  const most = wholeCount('$limit', spec, 5107201);
  if (most === 0) throw new CommandError(15958, 'the limit must be positive');
  return {
    name: '$limit',
    limit: most,
    roots: [],
    *apply(input) {
      let given = 0;
      for (const doc of input) {
        yield doc;
        if (doc !== undefined && ++given >= most) return;
      }
    },
  };
};

export const skip: StageCompiler = (spec) => {
  const first = wholeCount('$skip', spec, 5107200);
  return {
    name: '$skip',
    roots: [],
    *apply(input) {
      let passed = 0;
      for (const doc of input) if (doc === undefined || passed++ >= first) yield doc;
    },
  };
};

export const count: StageCompiler = (spec) => {
  if (typeof spec !== 'string') throw new CommandError(40156, 'the count field must be a non-empty string');
  if (spec === '') throw new CommandError(40157, 'the count field must be a non-empty string');
  if (spec.startsWith('$')) throw new CommandError(40158, 'the count field cannot be a $-prefixed path');
  if (spec.includes('.')) throw new CommandError(40160, "the count field cannot contain '.'");
  return {
    name: '$count',
    roots: [],
    closes: true,
    *apply(input) {
      let total = 0;
      for (const doc of input) {
        if (doc === undefined) yield undefined;
        else total++;
      }
      if (total > 0) yield { [spec]: integer(total) };
    },
  };
};

export const sortByCount: StageCompiler = (spec, context) => {
  const id = compileExpression(spec, context.variables.keys());
  const grouped = groupStage(
    '$sortByCount',
    id.evaluate,
    id.roots,
    [['count', compileAccumulator('count', { $sum: 1 }, context)]],
    context,
  );
  const order = sort({ count: -1 }, context);
  return { ...grouped, apply: (input) => order.apply(grouped.apply(input)) };
};

export const sample: StageCompiler = (spec) => {
  const size = isDocument(spec) ? asNumber(spec['size']) : undefined;
  if (size === undefined) throw new CommandError(28746, 'size argument to $sample must be a number');
  if (size < 0) throw new CommandError(28747, 'size argument to $sample must not be negative');
  return {
    name: '$sample',
    roots: [],
    *apply(input) {
      const docs: Doc[] = [];
      for (const doc of input) {
        if (doc === undefined) yield undefined;
        else docs.push(doc);
      }
      for (let i = 0; i < Math.min(size, docs.length); i++) {
        const other = i + Math.floor(Math.random() * (docs.length - i));
        [docs[i], docs[other]] = [docs[other]!, docs[i]!];
        yield docs[i];
      }
    },
  };
};

export const bucket: StageCompiler = (spec, context) => {
  if (!isDocument(spec)) throw new CommandError(40201, 'Argument to $bucket stage must be an object');
  const { boundaries } = spec;
  if (spec['groupBy'] === undefined || boundaries === undefined)
    throw new CommandError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (!Array.isArray(boundaries))
    throw new CommandError(40200, "The $bucket 'boundaries' field must be an array");
  if (boundaries.length < 2)
    throw new CommandError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  for (let i = 1; i < boundaries.length; i++) {
    if (compare(boundaries[i - 1]!, boundaries[i]!) >= 0)
      throw new CommandError(40194, "The 'boundaries' option to $bucket must be sorted");
  }
  const by = compileExpression(spec['groupBy'], context.variables.keys());
  const fallback = spec['default'];
  const output: Doc = isDocument(spec['output'] ?? null) ? (spec['output'] as Doc) : { count: { $sum: 1 } };
  const fields = Object.keys(output).map(
    (field) =>
      [field, compileAccumulator(field, output[field]!, context)] as [
        string,
        ReturnType<typeof compileAccumulator>,
      ],
  );
  const grouped = groupStage(
    '$bucket',
    (scope) => {
      const value = by.evaluate(scope) ?? null;
      for (let i = boundaries.length - 2; i >= 0; i--) {
        if (compare(value, boundaries[i]!) >= 0 && compare(value, boundaries[i + 1]!) < 0)
          return boundaries[i];
      }
      if (fallback === undefined)
        throw new CommandError(
          7158303,
          '$switch could not find a matching branch for an input, and no default was specified.',
        );
      return fallback;
    },
    by.roots,
    fields,
    context,
  );
  const order = sort({ _id: 1 }, context);
  return { ...grouped, apply: (input) => order.apply(grouped.apply(input)) };
};

export const bucketAuto: StageCompiler = (spec, context) => {
  if (!isDocument(spec)) throw new CommandError(40240, 'The argument to $bucketAuto must be an object');
  const buckets = asNumber(spec['buckets']);
  if (spec['groupBy'] === undefined || buckets === undefined)
    throw new CommandError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified");
  if (!Number.isInteger(buckets) || buckets <= 0)
    throw new CommandError(40243, "The $bucketAuto 'buckets' field must be greater than 0");
  if (spec['granularity'] !== undefined) throw badValue('$bucketAuto granularity is not supported');
  const by = compileExpression(spec['groupBy'], context.variables.keys());
  const output: Doc = isDocument(spec['output'] ?? null) ? (spec['output'] as Doc) : { count: { $sum: 1 } };
  const fields = Object.keys(output).map(
    (field) => [field, compileAccumulator(field, output[field]!, context)] as const,
  );
  return {
    name: '$bucketAuto',
    *apply(input) {
      const rows: { doc: Doc; value: Value }[] = [];
      for (const doc of input) {
        if (doc === undefined) yield undefined;
        else
          rows.push({
            doc,
            value: by.evaluate({ root: doc, current: doc, variables: context.variables }) ?? null,
          });
      }
      rows.sort((a, b) => compare(a.value, b.value));
      const size = Math.max(1, Math.round(rows.length / buckets));
      let at = 0;
      for (let bucketNumber = 0; at < rows.length; bucketNumber++) {
        let end = bucketNumber === buckets - 1 ? rows.length : Math.min(rows.length, at + size);
        // Equal values stay together.
        while (end < rows.length && compare(rows[end]!.value, rows[end - 1]!.value) === 0) end++;
        const states = fields.map(([, each]) => each.start());
        for (const { doc } of rows.slice(at, end)) {
          for (const state of states) state.add({ root: doc, current: doc, variables: context.variables });
        }
        const result: Doc = {
          _id: { min: rows[at]!.value, max: end < rows.length ? rows[end]!.value : rows[end - 1]!.value },
        };
        fields.forEach(([field], i) => {
          result[field] = states[i]!.result();
        });
        yield result;
        at = end;
      }
    },
  };
};
