import { compare, equal, identity } from '../../bson/compare.ts';
import type { Value } from '../../bson/value.ts';
import { CommandError } from '../../errors.ts';
import type { OperatorCompiler } from '../expression.ts';
import { truthy } from '../truthy.ts';
import { isNullish, typeName } from './helpers.ts';

function distinct(list: Value[]): Value[] {
  const seen = new Map<string, Value>();
  for (const item of list) {
    const key = identity(item);
    if (!seen.has(key)) seen.set(key, item);
  }
  return [...seen.values()];
}

function set(op: string, value: Value | undefined, code: number): Value[] {
  if (!Array.isArray(value))
    throw new CommandError(
      code,
      `All operands of ${op} must be arrays. One argument is of type: ${typeName(value)}`,
    );
  return distinct(value);
}

const many =
  (code: number, apply: (sets: Value[][]) => Value, nullable: boolean): OperatorCompiler =>
  (value, compiler, op) => {
    const parts = (Array.isArray(value) ? value : [value]).map((item) => compiler.compile(item));
    return (scope) => {
      const values = parts.map((part) => part(scope));
      if (nullable && values.some(isNullish)) return null;
      return apply(values.map((item) => set(op, item, code)));
    };
  };

const has = (list: Value[], item: Value) => list.some((other) => equal(other, item));

export const setOperators: Record<string, OperatorCompiler> = {
  $setUnion: many(17043, (sets) => distinct(sets.flat()).sort(compare), true),
  $setIntersection: many(
    17047,
    (sets) => (sets[0] ?? []).filter((item) => sets.every((other) => has(other, item))).sort(compare),
    true,
  ),
  $setDifference: many(17048, ([a = [], b = []]) => a.filter((item) => !has(b, item)), true),
  $setEquals: many(
    17044,
    (sets) => sets.every((one) => one.length === sets[0]!.length && one.every((item) => has(sets[0]!, item))),
    false,
  ),
  $setIsSubset: many(17046, ([a = [], b = []]) => a.every((item) => has(b, item)), false),
  $anyElementTrue: (value, compiler, op) => {
    const [part] = compiler.operands(op, value, 1);
    return (scope) => set(op, part!(scope), 17041).some(truthy);
  },
  $allElementsTrue: (value, compiler, op) => {
    const [part] = compiler.operands(op, value, 1);
    return (scope) => set(op, part!(scope), 17040).every(truthy);
  },
};
