import { add, type Numeric } from '../../bson/arithmetic.ts';
import { compare, identity } from '../../bson/compare.ts';
import { asNumber, type Doc, isDocument, isNumeric, setField, type Value } from '../../bson/value.ts';
import { CommandError, notImplemented } from '../../errors.ts';
import type { Sort } from '../../query/plan.ts';
import { parseSort, sortKey } from '../../query/sort.ts';
import { compileExpression, type Evaluate, type Scope } from '../expression.ts';
import { averageOf, deviationOf } from '../operators/accumulate.ts';
import { isNullish } from '../operators/helpers.ts';
import type { Stage, StageCompiler, StageContext } from '../stage.ts';

interface Accumulator {
  add(scope: Scope): void;
  result(): Value;
}

/** An accumulator of a $group field: makes a fresh state for each group. */
export interface AccumulatorSpec {
  start(): Accumulator;
  roots: string[] | undefined;
}

type Compile = (value: Value, context: StageContext) => { start(): Accumulator; roots: string[] | undefined };

function fromItems(step: () => { take(item: Value | undefined): void; result(): Value }): Compile {
  return (value, context) => {
    const { evaluate, roots } = compileExpression(value, context.variables.keys());
    return {
      roots,
      start() {
        const state = step();
        return { add: (scope) => state.take(evaluate(scope)), result: () => state.result() };
      },
    };
  };
}

const collecting = (finish: (items: Value[]) => Value) =>
  fromItems(() => {
    const items: Value[] = [];
    return {
      take(item) {
        if (item !== undefined) items.push(item);
      },
      result: () => finish(items),
    };
  });

const extreme = (direction: 1 | -1) =>
  fromItems(() => {
    let best: Value | undefined;
    return {
      take(item) {
        if (!isNullish(item) && (best === undefined || compare(item, best) * direction < 0)) best = item;
      },
      result: () => best ?? null,
    };
  });

/** $topN and its like keep the n first rows of an order. */
function ordered(op: string, value: Value, context: StageContext, direction: 1 | -1, single: boolean) {
  if (!isDocument(value)) throw new CommandError(5788001, `specification must be an object; found ${op}`);
  if (!isDocument(value['sortBy'] ?? null)) throw new CommandError(5788005, `Missing value for 'sortBy'`);
  if (value['output'] === undefined) throw new CommandError(5788004, `Missing value for 'output'`);
  const sort: Sort = parseSort(value['sortBy']);
  const output = compileExpression(value['output'], context.variables.keys());
  const n = single ? undefined : compileExpression(value['n'] ?? 0, context.variables.keys());
  return {
    roots: undefined,
    start(): Accumulator {
      const rows: { key: Value[]; out: Value }[] = [];
      let most = single ? 1 : 0;
      return {
        add(scope) {
          if (n) most = countOf(n.evaluate(scope));
          rows.push({ key: sortKey(scope.root, sort), out: output.evaluate(scope) ?? null });
        },
        result() {
          rows.sort((a, b) => {
            for (let i = 0; i < sort.length; i++) {
              const order = compare(a.key[i]!, b.key[i]!) * sort[i]!.direction;
              if (order !== 0) return order;
            }
            return 0;
          });
          const kept = direction === 1 ? rows.slice(0, most) : rows.slice(-most);
          return single ? (kept[0]?.out ?? null) : kept.map((row) => row.out);
        },
      };
    },
  };
}

function countOf(value: Value | undefined): number {
  const most = asNumber(value ?? null);
  if (most === undefined || !Number.isInteger(most) || most <= 0)
    throw new CommandError(5787908, `'n' must be greater than 0`);
  return most;
}

function firstFew(
  op: string,
  value: Value,
  context: StageContext,
  finish: (items: Value[], n: number) => Value[],
) {
  if (!isDocument(value)) throw new CommandError(5787801, `specification must be an object; found ${op}`);
  if (value['n'] === undefined) throw new CommandError(5787906, `Missing value for 'n'`);
  if (value['input'] === undefined) throw new CommandError(5787907, `Missing value for 'input'`);
  const input = compileExpression(value['input'], context.variables.keys());
  const n = compileExpression(value['n'], context.variables.keys());
  return {
    roots: input.roots,
    start(): Accumulator {
      const items: Value[] = [];
      let most = 1;
      return {
        add(scope) {
          most = countOf(n.evaluate(scope));
          items.push(input.evaluate(scope) ?? null);
        },
        result: () => finish(items, most),
      };
    },
  };
}

const accumulators: Record<string, Compile> = {
  $sum: fromItems(() => {
    let total: Numeric = 0;
    return {
      take(item) {
        if (item !== undefined && isNumeric(item)) total = add(total, item as Numeric)!;
      },
      result: () => total,
    };
  }),
  $avg: collecting(averageOf),
  $min: extreme(1),
  $max: extreme(-1),
  $first: fromItems(() => {
    let first: Value | undefined;
    let seen = false;
    return {
      take(item) {
        if (!seen) first = item;
        seen = true;
      },
      result: () => first ?? null,
    };
  }),
  $last: fromItems(() => {
    let last: Value | undefined;
    return {
      take(item) {
        last = item;
      },
      result: () => last ?? null,
    };
  }),
  $push: collecting((items) => items),
  $addToSet: fromItems(() => {
    const seen = new Map<string, Value>();
    return {
      take(item) {
        if (item === undefined) return;
        const key = identity(item);
        if (!seen.has(key)) seen.set(key, item);
      },
      result: () => [...seen.values()],
    };
  }),
  $stdDevPop: collecting((items) => deviationOf(items, false)),
  $stdDevSamp: collecting((items) => deviationOf(items, true)),
  $mergeObjects: fromItems(() => {
    const merged: Doc = {};
    return {
      take(item) {
        if (isNullish(item)) return;
        if (!isDocument(item)) throw new CommandError(40400, '$mergeObjects requires object inputs');
        for (const key of Object.keys(item)) setField(merged, key, item[key]!);
      },
      result: () => merged,
    };
  }),
  $count: (value, context) => {
    if (!isDocument(value) || Object.keys(value).length > 0)
      throw new CommandError(9, '$count takes no arguments, i.e. $count:{}');
    return accumulators['$sum']!(1, context);
  },
  $top: (value, context) => ordered('$top', value, context, 1, true),
  $bottom: (value, context) => ordered('$bottom', value, context, -1, true),
  $topN: (value, context) => ordered('$topN', value, context, 1, false),
  $bottomN: (value, context) => ordered('$bottomN', value, context, -1, false),
  $firstN: (value, context) => firstFew('$firstN', value, context, (items, n) => items.slice(0, n)),
  $lastN: (value, context) => firstFew('$lastN', value, context, (items, n) => items.slice(-n)),
  $minN: (value, context) =>
    firstFew('$minN', value, context, (items, n) =>
      items
        .filter((item) => !isNullish(item))
        .sort(compare)
        .slice(0, n),
    ),
  $maxN: (value, context) =>
    firstFew('$maxN', value, context, (items, n) =>
      items
        .filter((item) => !isNullish(item))
        .sort((a, b) => compare(b, a))
        .slice(0, n),
    ),
};

export function compileAccumulator(field: string, spec: Value, context: StageContext): AccumulatorSpec {
  if (field.includes('.')) throw new CommandError(40235, `The field name '${field}' cannot contain '.'`);
  if (field.startsWith('$'))
    throw new CommandError(40236, `The field name '${field}' cannot be an operator name`);
  if (!isDocument(spec)) throw new CommandError(40234, `The field '${field}' must be an accumulator object`);
  const [op, ...more] = Object.keys(spec);
  if (op === undefined || more.length > 0)
    throw new CommandError(40238, `The field '${field}' must specify one accumulator`);
  const compile = accumulators[op];
  if (compile) return compile(spec[op]!, context);
  if (op === '$accumulator' || op === '$percentile' || op === '$median') throw notImplemented(op);
  throw new CommandError(15952, `unknown group operator '${op}'`);
}

interface Group {
  id: Value;
  states: Accumulator[];
}

/** Groups documents by the value of an expression. */
export function groupStage(
  name: string,
  id: Evaluate,
  idRoots: string[] | undefined,
  fields: [string, AccumulatorSpec][],
  context: StageContext,
): Stage {
  const lists = [idRoots, ...fields.map(([, spec]) => spec.roots)];
  return {
    name,
    closes: true,
    roots: lists.every((list) => list !== undefined) ? (lists.flat() as string[]) : undefined,
    *apply(input) {
      const groups = new Map<string, Group>();
      for (const doc of input) {
        if (doc === undefined) {
          yield undefined;
          continue;
        }
        const scope: Scope = { root: doc, current: doc, variables: context.variables };
        const value = id(scope) ?? null;
        const key = identity(value);
        let group = groups.get(key);
        if (!group) {
          group = { id: value, states: fields.map(([, spec]) => spec.start()) };
          groups.set(key, group);
        }
        for (const state of group.states) state.add(scope);
      }
      for (const group of groups.values()) {
        const result: Doc = { _id: group.id };
        for (const [i, [field]] of fields.entries()) setField(result, field, group.states[i]!.result());
        yield result;
      }
    },
  };
}

export const group: StageCompiler = (spec, context) => {
  if (!isDocument(spec)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (spec['_id'] === undefined) throw new CommandError(15955, 'a group specification must include an _id');
  const id = compileExpression(spec['_id'], context.variables.keys());
  const parts =
    isDocument(spec['_id']) && !Object.keys(spec['_id'])[0]?.startsWith('$') ? Object.keys(spec['_id']) : [];
  const fields = Object.keys(spec)
    .filter((field) => field !== '_id')
    .map((field): [string, AccumulatorSpec] => [field, compileAccumulator(field, spec[field]!, context)]);
  // A part of a compound key that is missing counts as null.
  const evaluate: Evaluate =
    parts.length === 0
      ? id.evaluate
      : (scope) => {
          const value = id.evaluate(scope) as Doc;
          const whole: Doc = {};
          for (const part of parts) setField(whole, part, value[part] ?? null);
          return whole;
        };
  return groupStage('$group', evaluate, id.roots, fields, context);
};
