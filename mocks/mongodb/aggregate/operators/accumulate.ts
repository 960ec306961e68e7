import { add, divide, type Numeric } from '../../bson/arithmetic.ts';
import { compare } from '../../bson/compare.ts';
import { asNumber, double, isNumeric, type Value } from '../../bson/value.ts';
import type { Evaluate, OperatorCompiler, Scope } from '../expression.ts';
import { isNullish } from './helpers.ts';

/** $sum and its like as expressions: one array operand is spread, several are taken as they are. */
const over =
  (apply: (items: Value[]) => Value): OperatorCompiler =>
  (value, compiler) => {
    if (Array.isArray(value) && value.length !== 1) {
      const parts = value.map((item) => compiler.compile(item));
      return (scope) => apply(gather(parts, scope));
    }
    const part = compiler.compile(Array.isArray(value) ? value[0]! : value);
    return (scope) => {
      const item = part(scope);
      return apply(Array.isArray(item) ? item : item === undefined ? [] : [item]);
    };
  };

function gather(parts: Evaluate[], scope: Scope): Value[] {
  return parts.map((part) => part(scope)).filter((item) => item !== undefined);
}

export function sumOf(items: Iterable<Value>): Numeric {
  let total: Numeric = 0;
  for (const item of items) if (isNumeric(item)) total = add(total, item as Numeric)!;
  return total;
}

export function averageOf(items: Iterable<Value>): Value {
  const numbers = [...items].filter((item) => isNumeric(item));
  if (numbers.length === 0) return null;
  return divide(sumOf(numbers), numbers.length);
}

export function extremeOf(items: Iterable<Value>, direction: 1 | -1): Value {
  let best: Value = null;
  for (const item of items) {
    if (isNullish(item)) continue;
    if (best === null || compare(item, best) * direction < 0) best = item;
  }
  return best;
}

/** Standard deviation, of a population or of a sample. */
export function deviationOf(items: Iterable<Value>, sample: boolean): Value {
  const numbers = [...items].filter((item) => isNumeric(item)).map((item) => asNumber(item)!);
  const count = numbers.length;
  if (count === 0 || (sample && count < 2)) return null;
  const mean = numbers.reduce((sum, item) => sum + item, 0) / count;
  const squares = numbers.reduce((sum, item) => sum + (item - mean) ** 2, 0);
  return double(Math.sqrt(squares / (sample ? count - 1 : count)));
}

export const accumulateOperators: Record<string, OperatorCompiler> = {
  $sum: over(sumOf),
  $avg: over(averageOf),
  $min: over((items) => extremeOf(items, 1)),
  $max: over((items) => extremeOf(items, -1)),
  $stdDevPop: over((items) => deviationOf(items, false)),
  $stdDevSamp: over((items) => deviationOf(items, true)),
};
