import { Decimal128, ObjectId } from 'bson';
import { decimalParts, partsOfNumber, toDecimal } from '../../bson/decimal.ts';
import { typeNumbers, typeOf } from '../../bson/typeOf.ts';
import { asNumber, Double, double, isDocument, isInt32, isNumeric, type Value } from '../../bson/value.ts';
import { badValue, CommandError, failedToParse } from '../../errors.ts';
import type { OperatorCompiler } from '../expression.ts';
import { truthy } from '../truthy.ts';
import { isNullish, typeName } from './helpers.ts';

const failed = (message: string) => new CommandError(241, message);

/** A number as MongoDB turns it into text: whole doubles without a fraction. */
export function stringOf(value: Value): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Double) return String(value.value);
  if (typeof value === 'number' && !isInt32(value)) {
    if (Number.isNaN(value)) return 'NaN';
    return String(value)
      .replace(/e\+?(-?)(\d)$/, 'e$1' + '0$2')
      .replace(/e(\d)/, 'e+$1');
  }
  return String(value);
}

function unsupported(value: Value, target: string): CommandError {
  return failed(
    `Unsupported conversion from ${typeName(value)} to ${target} in $convert with no onError value`,
  );
}

function toWhole(value: Value, least: bigint, greatest: bigint, target: 'int' | 'long'): Value {
  const give = (exact: bigint): Value => {
    if (exact < least || exact > greatest)
      throw failed(
        `Conversion would overflow target type in $convert with no onError value: ${String(value)}`,
      );
    return target === 'int' ? Number(exact) : exact;
  };
  if (typeof value === 'boolean') return give(value ? 1n : 0n);
  if (value instanceof Date && target === 'long') return BigInt(value.getTime());
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value))
      throw failed(
        `Failed to parse number '${value}' in $convert with no onError value: Did not consume whole string.`,
      );
    return give(BigInt(value.replace(/^\+/, '')));
  }
  if (value instanceof Decimal128) {
    const parts = decimalParts(value);
    if (parts.kind !== 'finite')
      throw failed(
        `Attempt to convert ${parts.kind} value to integer type in $convert with no onError value`,
      );
    const scaled =
      parts.exponent >= 0
        ? parts.digits * 10n ** BigInt(parts.exponent)
        : parts.digits / 10n ** BigInt(-parts.exponent);
    return give(parts.negative ? -scaled : scaled);
  }
  if (isNumeric(value)) {
    if (typeof value === 'bigint') return give(value);
    const number = asNumber(value)!;
    if (!Number.isFinite(number))
      throw failed(
        'Attempt to convert NaN or infinity value to integer type in $convert with no onError value',
      );
    return give(BigInt(Math.trunc(number)));
  }
  throw unsupported(value, target);
}

export function convert(value: Value, target: string): Value {
  if (typeOf(value) === target) return value;
  switch (target) {
    case 'double': {
      if (typeof value === 'boolean') return new Double(value ? 1 : 0);
      if (value instanceof Date) return double(value.getTime());
      if (typeof value === 'string') {
        if (!/^[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|Infinity|NaN)$/.test(value))
          throw failed(
            `Failed to parse number '${value}' in $convert with no onError value: Did not consume whole string.`,
          );
        return double(Number(value));
      }
      if (isNumeric(value)) return double(asNumber(value)!);
      break;
    }
    case 'int':
      return toWhole(value, -2147483648n, 2147483647n, 'int');
    case 'long':
      return toWhole(value, -(2n ** 63n), 2n ** 63n - 1n, 'long');
    case 'decimal':
      if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
      if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
      if (typeof value === 'string') {
        try {
          return Decimal128.fromString(value);
        } catch {
          throw failed(`Failed to parse number '${value}' in $convert with no onError value`);
        }
      }
      if (typeof value === 'number' && !Number.isInteger(value))
        return Decimal128.fromString(value.toPrecision(15).replace(/0+$/, ''));
      if (isNumeric(value)) return toDecimal(partsOfNumber(value instanceof Double ? value.value : value));
      break;
    case 'bool':
      return truthy(value);
    case 'string':
      if (
        typeof value === 'boolean' ||
        isNumeric(value) ||
        value instanceof Date ||
        value instanceof ObjectId
      )
        return stringOf(value);
      break;
    case 'objectId':
      if (typeof value === 'string') {
        if (!/^[0-9a-fA-F]{24}$/.test(value))
          throw failed(
            `Failed to parse objectId '${value}' in $convert with no onError value: Invalid string length for parsing to OID, expected 24 but found ${value.length}`,
          );
        return ObjectId.createFromHexString(value);
      }
      break;
    case 'date':
      return toDate(value);
    default:
      throw badValue(`Unknown type name: ${target}`);
  }
  throw unsupported(value, target);
}

function toDate(value: Value): Value {
  if (value instanceof ObjectId) return value.getTimestamp();
  if (typeOf(value) === 'timestamp') return new Date(Number((value as { t?: number }).t ?? 0) * 1000);
  if (typeof value === 'string') {
    const date = parseDate(value);
    if (!date) throw failed(`Error parsing date string '${value}'`);
    return date;
  }
  if (isNumeric(value) && typeOf(value) !== 'int') return new Date(Math.trunc(asNumber(value)!));
  throw unsupported(value, 'date');
}

/** ISO dates with or without zone (UTC where none is given). */
export function parseDate(text: string): Date | undefined {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(
      text.trim(),
    );
  if (!match) return undefined;
  const [, y, m, d, h = '00', min = '00', s = '00', fraction = '', zone = 'Z'] = match;
  const offset = zone === 'Z' ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const date = new Date(`${y}-${m}-${d}T${h}:${min}:${s}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const typeByNumber = new Map<number, string>(
  Object.entries(typeNumbers).map(([name, number]) => [number, name]),
);

const to =
  (target: string): OperatorCompiler =>
  (value, compiler, op) => {
    const [part] = compiler.operands(op, value, 1);
    return (scope) => {
      const item = part!(scope);
      return isNullish(item) ? null : convert(item, target);
    };
  };

export const conversionOperators: Record<string, OperatorCompiler> = {
  $type: (value, compiler, op) => {
    const [part] = compiler.operands(op, value, 1);
    return (scope) => typeName(part!(scope));
  },
  $isNumber: (value, compiler, op) => {
    const [part] = compiler.operands(op, value, 1);
    return (scope) => {
      const item = part!(scope);
      return item !== undefined && isNumeric(item);
    };
  },
  $toString: to('string'),
  $toInt: to('int'),
  $toLong: to('long'),
  $toDouble: to('double'),
  $toDecimal: to('decimal'),
  $toBool: to('bool'),
  $toObjectId: to('objectId'),
  $toDate: to('date'),
  $convert: (value, compiler) => {
    if (!isDocument(value))
      throw failedToParse(`$convert expects an object of named arguments but found: ${typeOf(value)}`);
    for (const key of Object.keys(value))
      if (!['input', 'to', 'onError', 'onNull'].includes(key))
        throw failedToParse(`$convert found an unknown argument: ${key}`);
    const input = compiler.compile(value['input'] ?? null);
    const target = compiler.compile(value['to'] ?? null);
    const onError = value['onError'] === undefined ? undefined : compiler.compile(value['onError']);
    const onNull = value['onNull'] === undefined ? undefined : compiler.compile(value['onNull']);
    return (scope) => {
      const item = input(scope);
      const wanted = target(scope);
      if (isNullish(item)) return onNull ? onNull(scope) : null;
      if (isNullish(wanted)) return null;
      const name = typeof wanted === 'string' ? wanted : typeByNumber.get(asNumber(wanted) ?? 0);
      if (!name) throw failedToParse(`Unknown type in $convert`);
      try {
        return convert(item, name);
      } catch (error) {
        if (onError && error instanceof CommandError && error.code === 241) return onError(scope);
        throw error;
      }
    };
  },
};
