import { Decimal128 } from 'bson';
import { add, divide, multiply, type Numeric, subtract } from '../../bson/arithmetic.ts';
import { compareNumbers } from '../../bson/compare.ts';
import { partsOfNumber, toDecimal } from '../../bson/decimal.ts';
import { typeOf } from '../../bson/typeOf.ts';
import { asNumber, Double, double, integer, isNumeric, type Value } from '../../bson/value.ts';
import { CommandError } from '../../errors.ts';
import type { OperatorCompiler } from '../expression.ts';
import { isNullish, typeName } from './helpers.ts';

function numeric(op: string, value: Value): Numeric {
  if (!isNumeric(value)) {
    throw new CommandError(28765, `${op} only supports numeric types, not ${typeName(value)}`);
  }
  return value as Numeric;
}

/** One operand, null in gives null out. */
function unary(apply: (value: Numeric, op: string) => Value): OperatorCompiler {
  return (value, compiler, op) => {
    const [operand] = compiler.operands(op, value, 1);
    return (scope) => {
      const item = operand!(scope);
      return isNullish(item) ? null : apply(numeric(op, item), op);
    };
  };
}

const viaDouble = (apply: (x: number) => number): OperatorCompiler =>
  unary((value) => {
    const result = apply(asNumber(value)!);
    return value instanceof Decimal128 ? Decimal128.fromString(String(result)) : double(result);
  });

/** Whole-number rounding that keeps the operand's type. */
const rounding = (apply: (x: number) => number, decimals: (value: Decimal128) => Value): OperatorCompiler =>
  unary((value) => {
    if (value instanceof Decimal128) return decimals(value);
    if (typeOf(value) === 'int' || typeOf(value) === 'long') return value;
    return double(apply(asNumber(value)!));
  });

function roundDecimal(value: Decimal128, mode: 'floor' | 'ceil' | 'trunc'): Value {
  const parts = partsOfNumber(value);
  if (parts.kind !== 'finite' || parts.exponent >= 0) return value;
  const unit = 10n ** BigInt(-parts.exponent);
  let digits = parts.digits / unit;
  const rest = parts.digits % unit !== 0n;
  if (rest && ((mode === 'floor' && parts.negative) || (mode === 'ceil' && !parts.negative))) digits++;
  return toDecimal({ ...parts, digits, exponent: 0 });
}

const sum: OperatorCompiler = (value, compiler, op) => {
  const operands = (Array.isArray(value) ? value : [value]).map((item) => compiler.compile(item));
  return (scope) => {
    let total: Numeric = 0;
    let date: number | undefined;
    for (const operand of operands) {
      const item = operand(scope);
      if (isNullish(item)) return null;
      if (item instanceof Date) {
        if (date !== undefined) throw new CommandError(16612, 'only one date allowed in an $add expression');
        date = item.getTime();
        continue;
      }
      if (!isNumeric(item)) {
        throw new CommandError(14, `${op} only supports numeric or date types, not ${typeName(item)}`);
      }
      total = add(total, item as Numeric)!;
    }
    return date === undefined ? total : new Date(date + Math.round(asNumber(total)!));
  };
};

const product: OperatorCompiler = (value, compiler, op) => {
  const operands = (Array.isArray(value) ? value : [value]).map((item) => compiler.compile(item));
  return (scope) => {
    let total: Numeric = 1;
    for (const operand of operands) {
      const item = operand(scope);
      if (isNullish(item)) return null;
      if (!isNumeric(item))
        throw new CommandError(14, `${op} only supports numeric types, not ${typeName(item)}`);
      total = multiply(total, item as Numeric)!;
    }
    return total;
  };
};

const difference: OperatorCompiler = (value, compiler, op) => {
  const [left, right] = compiler.operands(op, value, 2);
  return (scope) => {
    const a = left!(scope);
    const b = right!(scope);
    if (isNullish(a) || isNullish(b)) return null;
    if (a instanceof Date) {
      if (b instanceof Date) return BigInt(a.getTime() - b.getTime());
      if (isNumeric(b)) return new Date(a.getTime() - Math.round(asNumber(b)!));
    }
    if (!isNumeric(a) || !isNumeric(b)) {
      throw new CommandError(14, `can't ${op} ${typeName(b)} from ${typeName(a)}`);
    }
    return subtract(a as Numeric, b as Numeric);
  };
};

function pair(apply: (a: Numeric, b: Numeric) => Value, code: number): OperatorCompiler {
  return (value, compiler, op) => {
    const [left, right] = compiler.operands(op, value, 2);
    return (scope) => {
      const a = left!(scope);
      const b = right!(scope);
      if (isNullish(a) || isNullish(b)) return null;
      if (!isNumeric(a) || !isNumeric(b)) {
        throw new CommandError(
          code,
          `${op} only supports numeric types, not ${typeName(a)} and ${typeName(b)}`,
        );
      }
      return apply(a as Numeric, b as Numeric);
    };
  };
}

const isZero = (value: Numeric) => compareNumbers(value, 0) === 0;

function remainder(a: Numeric, b: Numeric): Value {
  if (isZero(b)) throw new CommandError(16610, "can't $mod by zero");
  const types = [typeOf(a), typeOf(b)];
  if (types.includes('decimal')) {
    const x = asNumber(a)! % asNumber(b)!;
    return Decimal128.fromString(String(x));
  }
  if (types.includes('double')) return double(asNumber(a)! % asNumber(b)!);
  const result = BigInt(a as number) % BigInt(b as number);
  return types.includes('long') ? result : Number(result);
}

function power(a: Numeric, b: Numeric): Value {
  if (isZero(a) && asNumber(b)! < 0)
    throw new CommandError(28764, '$pow cannot take a base of 0 and a negative exponent');
  const whole = [a, b].every((item) => typeOf(item) === 'int' || typeOf(item) === 'long');
  if (whole && asNumber(b)! >= 0 && asNumber(b)! < 1100) {
    const exact = BigInt(a as number) ** BigInt(b as number);
    if (exact >= -(2n ** 63n) && exact < 2n ** 63n) {
      return typeOf(a) === 'long' || typeOf(b) === 'long' ? exact : integer(exact);
    }
  }
  const result = asNumber(a)! ** asNumber(b)!;
  if (typeOf(a) === 'decimal' || typeOf(b) === 'decimal') return Decimal128.fromString(String(result));
  return double(result);
}

function roundPlaces(mode: 'round' | 'trunc'): OperatorCompiler {
  return (value, compiler, op) => {
    const [operand, places] = compiler.operands(op, value, 1, 2);
    return (scope) => {
      const item = operand!(scope);
      const place = places ? places(scope) : 0;
      if (isNullish(item) || isNullish(place)) return null;
      const number = numeric(op, item);
      const digits = asNumber(place);
      if (digits === undefined || !Number.isInteger(digits))
        throw new CommandError(51082, 'precision argument to $round must be a integral value');
      if (digits < -20 || digits > 100)
        throw new CommandError(
          51083,
          `cannot apply ${op} with precision value ${digits} value must be in [-20, 100]`,
        );
      return roundTo(number, digits, mode);
    };
  };
}

/** Rounds the shortest decimal form, half to even, and gives the operand's type back. */
function roundTo(value: Numeric, places: number, mode: 'round' | 'trunc'): Value {
  const type = typeOf(value);
  if ((type === 'int' || type === 'long') && places >= 0) return value;
  const plain = value instanceof Double ? value.value : value;
  if (typeof plain === 'number' && !Number.isFinite(plain)) return plain;
  const parts = typeof plain === 'number' ? partsOfNumber(plain) : partsOfNumber(plain);
  if (parts.kind !== 'finite') return value;
  const drop = -places - parts.exponent;
  let { digits, exponent } = parts;
  if (drop > 0) {
    const unit = 10n ** BigInt(drop);
    const quotient = digits / unit;
    const twice = (digits % unit) * 2n;
    const up = mode === 'round' && (twice > unit || (twice === unit && quotient % 2n === 1n));
    digits = up ? quotient + 1n : quotient;
    exponent = -places;
  }
  if (type === 'decimal') return toDecimal({ ...parts, digits, exponent });
  const signed = parts.negative ? -digits : digits;
  if (type === 'double') return double(Number(`${signed}e${exponent}`));
  const exact = exponent > 0 ? signed * 10n ** BigInt(exponent) : signed;
  return type === 'long' ? exact : integer(exact);
}

export const arithmeticOperators: Record<string, OperatorCompiler> = {
  $add: sum,
  $multiply: product,
  $subtract: difference,
  $divide: pair((a, b) => {
    if (isZero(b)) throw new CommandError(2, "can't $divide by zero");
    return divide(a, b);
  }, 14),
  $mod: pair(remainder, 16611),
  $pow: pair(power, 28762),
  $abs: unary((value) => {
    if (value instanceof Decimal128) return toDecimal({ ...partsOfNumber(value), negative: false });
    if (asNumber(value)! >= 0) return value;
    return subtract(typeOf(value) === 'long' ? 0n : typeOf(value) === 'int' ? 0 : new Double(0), value);
  }),
  $ceil: rounding(Math.ceil, (value) => roundDecimal(value, 'ceil')),
  $floor: rounding(Math.floor, (value) => roundDecimal(value, 'floor')),
  $trunc: roundPlaces('trunc'),
  $round: roundPlaces('round'),
  $exp: viaDouble(Math.exp),
  $ln: viaDouble(Math.log),
  $log10: viaDouble(Math.log10),
  $sqrt: unary((value) => {
    if (asNumber(value)! < 0)
      throw new CommandError(28714, "$sqrt's argument must be greater than or equal to 0");
    const result = Math.sqrt(asNumber(value)!);
    return value instanceof Decimal128 ? Decimal128.fromString(String(result)) : double(result);
  }),
  $log: pair((a, b) => double(Math.log(asNumber(a)!) / Math.log(asNumber(b)!)), 28756),
  $sin: viaDouble(Math.sin),
  $cos: viaDouble(Math.cos),
  $tan: viaDouble(Math.tan),
  $asin: viaDouble(Math.asin),
  $acos: viaDouble(Math.acos),
  $atan: viaDouble(Math.atan),
  $sinh: viaDouble(Math.sinh),
  $cosh: viaDouble(Math.cosh),
  $tanh: viaDouble(Math.tanh),
  $degreesToRadians: viaDouble((x) => (x * Math.PI) / 180),
  $radiansToDegrees: viaDouble((x) => (x * 180) / Math.PI),
  $atan2: pair((a, b) => double(Math.atan2(asNumber(a)!, asNumber(b)!)), 51044),
  $rand: () => () => double(Math.random()),
};
