import type { Decimal128 } from 'bson';
import {
  addDecimals,
  decimalOf,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  toDecimal,
} from './decimal.ts';
import { typeOf } from './typeOf.ts';
import { asNumber, Double, double, isInt32, type Value } from './value.ts';

export type Numeric = number | bigint | Double | Decimal128;

type Rank = 'int' | 'long' | 'double' | 'decimal';
const ranks: Rank[] = ['int', 'long', 'double', 'decimal'];

function widest(a: Value, b: Value): Rank {
  return ranks[Math.max(ranks.indexOf(typeOf(a) as Rank), ranks.indexOf(typeOf(b) as Rank))]!;
}

const plain = (value: Value) => (value instanceof Double ? value.value : value);
const int64Min = -(2n ** 63n);
const int64Max = 2n ** 63n - 1n;
const fitsInt64 = (value: bigint) => value >= int64Min && value <= int64Max;

/** What to do when a sum or product of integers leaves int64: aggregation turns to double, an update fails. */
export type Overflow = 'double' | 'undefined';

function integerResult(exact: bigint, type: Rank, overflow: Overflow): Numeric | undefined {
  if (type === 'int' && exact >= -2147483648n && exact <= 2147483647n) return Number(exact);
  if (fitsInt64(exact)) return exact;
  return overflow === 'double' ? double(Number(exact)) : undefined;
}

/** Sum in the wider of both types; int32 overflows to int64. */
export function add(a: Numeric, b: Numeric, overflow: Overflow = 'double'): Numeric | undefined {
  if (typeof a === 'number' && typeof b === 'number' && isInt32(a) && isInt32(b)) {
    const sum = a + b;
    return isInt32(sum) ? sum : BigInt(sum);
  }
  const type = widest(a, b);
  if (type === 'decimal') return toDecimal(addDecimals(decimalOf(plain(a)), decimalOf(plain(b))));
  if (type === 'double') return double(asNumber(a)! + asNumber(b)!);
  return integerResult(BigInt(plain(a) as number) + BigInt(plain(b) as number), type, overflow);
}

export function subtract(a: Numeric, b: Numeric): Numeric {
  const type = widest(a, b);
  if (type === 'decimal')
    return toDecimal(addDecimals(decimalOf(plain(a)), negateDecimal(decimalOf(plain(b)))));
  if (type === 'double') return double(asNumber(a)! - asNumber(b)!);
  return integerResult(BigInt(plain(a) as number) - BigInt(plain(b) as number), type, 'double')!;
}

export function multiply(a: Numeric, b: Numeric, overflow: Overflow = 'double'): Numeric | undefined {
  const type = widest(a, b);
  if (type === 'decimal') return toDecimal(multiplyDecimals(decimalOf(plain(a)), decimalOf(plain(b))));
  if (type === 'double') return double(asNumber(a)! * asNumber(b)!);
  return integerResult(BigInt(plain(a) as number) * BigInt(plain(b) as number), type, overflow);
}

/** The caller has refused a zero divisor. */
export function divide(a: Numeric, b: Numeric): Numeric {
  if (widest(a, b) === 'decimal') return toDecimal(divideDecimals(decimalOf(plain(a)), decimalOf(plain(b))));
  return double(asNumber(a)! / asNumber(b)!);
}
