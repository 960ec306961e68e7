import { compare, identity } from '../../bson/compare.ts';
import { asNumber, clone, type Doc, isDocument, type Value } from '../../bson/value.ts';
import { CommandError, failedToParse, notImplemented } from '../../errors.ts';
import type { Sort } from '../../query/plan.ts';
import { compareKeys, parseSort, sortKey } from '../../query/sort.ts';
import { writePath } from '../../update/paths.ts';
import { compileExpression } from '../expression.ts';
import type { StageCompiler, StageContext } from '../stage.ts';
import { compileAccumulator } from './group.ts';

/** Computes one output field for every document of a sorted partition. */
type WindowFunction = (docs: Doc[]) => Value[];

/** $setWindowFields with windows of documents; windows of ranges are refused by name. */
export const setWindowFields: StageCompiler = (spec, context) => {
  if (!isDocument(spec)) throw failedToParse('the $setWindowFields stage specification must be an object');
  const by = compileExpression(spec['partitionBy'] ?? null, context.variables.keys()).evaluate;
  const order = parseSort(spec['sortBy']);
  const output = spec['output'];
  if (!isDocument(output ?? null))
    throw new CommandError(40414, "BSON field '$setWindowFields.output' is missing but a required field");
  const fields = Object.entries(output as Doc).map(([path, each]) => ({
    parts: path.split('.'),
    run: windowFunction(each, order, context),
  }));
  return {
    name: '$setWindowFields',
    *apply(input) {
      const partitions = new Map<string, { id: Value; docs: Doc[] }>();
      for (const doc of input) {
        if (doc === undefined) {
          yield undefined;
          continue;
        }
        const id = by({ root: doc, current: doc, variables: context.variables }) ?? null;
        if (Array.isArray(id))
          throw new CommandError(
            14,
            'An expression used to partition cannot evaluate to value of type array',
          );
        const key = identity(id);
        const partition = partitions.get(key);
        if (partition) partition.docs.push(doc);
        else partitions.set(key, { id, docs: [doc] });
      }
      const sorted = [...partitions.values()].sort((a, b) => compare(a.id, b.id));
      for (const { docs } of sorted) {
        const rows = docs.map((doc) => ({ doc, key: order.length > 0 ? sortKey(doc, order) : [] }));
        rows.sort((a, b) => compareKeys(a.key, b.key, order));
        const inOrder = rows.map(({ doc }) => doc);
        const columns = fields.map(({ run }) => run(inOrder));
        for (const [i, doc] of inOrder.entries()) {
          const copy = clone(doc);
          for (const [j, { parts }] of fields.entries()) writePath(copy, parts, columns[j]![i]!);
          yield copy;
        }
      }
    },
  };
};

function windowFunction(spec: Value, order: Sort, context: StageContext): WindowFunction {
  if (!isDocument(spec)) throw failedToParse('The field must be an object that specifies a window function');
  const [op, ...more] = Object.keys(spec).filter((key) => key !== 'window');
  if (op === undefined || more.length > 0) throw failedToParse('must specify exactly one window function');
  const operand = spec[op]!;
  switch (op) {
    case '$documentNumber':
      return (docs) => docs.map((_, i) => i + 1);
    case '$rank':
    case '$denseRank':
      return ranks(order, op === '$denseRank');
    case '$shift':
      return shifted(operand, context);
    case '$derivative':
    case '$integral':
    case '$expMovingAvg':
    case '$covariancePop':
    case '$covarianceSamp':
    case '$linearFill':
    case '$locf':
      throw notImplemented(`$setWindowFields ${op}`);
  }
  const bounds = windowBounds(spec['window']);
  const accumulator = compileAccumulator('window', { [op]: operand }, context);
  return (docs) =>
    docs.map((_, i) => {
      const [from, to] = bounds(i, docs.length);
      const state = accumulator.start();
      for (const doc of docs.slice(Math.max(0, from), Math.max(0, to + 1))) {
        state.add({ root: doc, current: doc, variables: context.variables });
      }
      return state.result();
    });
}

function windowBounds(window: Value | undefined): (at: number, size: number) => [number, number] {
  if (window === undefined) return (_, size) => [0, size - 1];
  if (!isDocument(window)) throw failedToParse("'window' field must be an object");
  if (window['range'] !== undefined) throw notImplemented('$setWindowFields with a range window');
  const documents = window['documents'];
  if (!Array.isArray(documents) || documents.length !== 2)
    throw failedToParse('Window bounds must be a 2-element array');
  const [low, high] = documents;
  const place = (bound: Value, at: number, edge: number): number => {
    if (bound === 'unbounded') return edge;
    if (bound === 'current') return at;
    const offset = asNumber(bound);
    if (offset === undefined || !Number.isInteger(offset))
      throw failedToParse('Numeric document-based bounds must be an integer');
    return at + offset;
  };
  return (at, size) => [place(low!, at, 0), Math.min(size - 1, place(high!, at, size - 1))];
}

function ranks(order: Sort, dense: boolean): WindowFunction {
  if (order.length !== 1)
    throw new CommandError(
      5371602,
      '$rank must be specified with a top level sortBy expression with exactly one element',
    );
  return (docs) => {
    let rank = 0;
    let previous: Value[] | undefined;
    return docs.map((doc, i) => {
      const key = sortKey(doc, order);
      if (!previous || compareKeys(previous, key, order) !== 0) rank = dense ? rank + 1 : i + 1;
      previous = key;
      return rank;
    });
  };
}

function shifted(operand: Value, context: StageContext): WindowFunction {
  if (!isDocument(operand)) throw failedToParse('Argument to $shift must be an object');
  const by = asNumber(operand['by']);
  if (by === undefined || !Number.isInteger(by)) throw failedToParse("'$shift:by' field must be an integer");
  const { evaluate } = compileExpression(operand['output'] ?? null, context.variables.keys());
  const fallback = operand['default'] ?? null;
  return (docs) =>
    docs.map((_, i) => {
      const doc = docs[i + by];
      return doc ? (evaluate({ root: doc, current: doc, variables: context.variables }) ?? null) : fallback;
    });
}
