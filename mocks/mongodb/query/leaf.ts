import type { Binary, BSONRegExp } from 'bson';
import { compare } from '../bson/compare.ts';
import { type TypeName, typeNumbers, typeOf, typeOrder } from '../bson/typeOf.ts';
import { asNumber, isNumeric, type Value } from '../bson/value.ts';
import { badValue, CommandError, failedToParse } from '../errors.ts';
import { compileRegex } from './regex.ts';

/** The test of one operator on one value; undefined = the field is missing. */
export type LeafTest = (value: Value | undefined) => boolean;

export function leafTest(op: string, operand: Value, extra?: Value): LeafTest {
  switch (op) {
    case '$eq':
      return equalTest(operand);
    case '$gt':
      return orderTest(operand, (order) => order > 0, false);
    case '$gte':
      return orderTest(operand, (order) => order >= 0, true);
    case '$lt':
      return orderTest(operand, (order) => order < 0, false);
    case '$lte':
      return orderTest(operand, (order) => order <= 0, true);
    case '$in':
      return inTest(operand);
    case '$exists':
      return (value) => value !== undefined;
    case '$type':
      return typeTest(operand);
    case '$mod':
      return modTest(operand);
    case '$regex':
      return regexTest(operand, extra);
    case '$size':
      return sizeTest(operand);
    default:
      return bitsTest(op, operand);
  }
}

const isNaNValue = (value: Value) => isNumeric(value) && Number.isNaN(asNumber(value));

function equalTest(operand: Value): LeafTest {
  if (operand === null)
    return (value) => value === undefined || value === null || typeOf(value) === 'undefined';
  if (typeof operand === 'string' || typeof operand === 'boolean') {
    if (typeof operand === 'boolean') return (value) => value === operand;
    return (value) =>
      value === operand || (value !== undefined && typeof value === 'object' && compareTyped(operand, value));
  }
  return (value) => value !== undefined && compare(value, operand) === 0;
}

function compareTyped(operand: string, value: Value): boolean {
  return value !== null && typeOf(value) === 'symbol' && compare(value, operand) === 0;
}

function orderTest(operand: Value, holds: (order: number) => boolean, withEqual: boolean): LeafTest {
  const type = typeOf(operand);
  if (type === 'null') {
    return (value) => withEqual && (value === undefined || value === null || typeOf(value) === 'undefined');
  }
  // Everything lies between MinKey and MaxKey, whatever its type.
  if (type === 'minKey' || type === 'maxKey') return (value) => holds(compare(value ?? null, operand));
  if (isNaNValue(operand)) return (value) => withEqual && value !== undefined && isNaNValue(value);
  const order = typeOrder(operand);
  return (value) => {
    if (value === undefined || typeOrder(value) !== order || isNaNValue(value)) return false;
    return holds(compare(value, operand));
  };
}

function inTest(operand: Value): LeafTest {
  if (!Array.isArray(operand)) throw badValue('$in needs an array');
  const strings = new Set<Value>();
  const tests: LeafTest[] = [];
  for (const item of operand) {
    if (typeOf(item) === 'object' && Object.keys(item as object)[0]?.startsWith('$'))
      throw badValue('cannot nest $ under $in');
    if (typeof item === 'string') strings.add(item);
    else if (typeOf(item) === 'regex') tests.push(regexTest(item, undefined), equalTest(item));
    else tests.push(equalTest(item));
  }
  return (value) => {
    if (value !== undefined && strings.has(value)) return true;
    for (const test of tests) if (test(value)) return true;
    return false;
  };
}

const typeNames = new Map<number, TypeName>(
  Object.entries(typeNumbers).map(([name, number]) => [number, name as TypeName]),
);

function typeTest(operand: Value): LeafTest {
  const wanted = new Set<TypeName>();
  for (const item of Array.isArray(operand) ? operand : [operand]) {
    if (typeof item === 'string') {
      if (item === 'number')
        for (const name of ['int', 'long', 'double', 'decimal'] as const) wanted.add(name);
      else if (item in typeNumbers) wanted.add(item as TypeName);
      else throw badValue(`Unknown type name alias: ${item}`);
      continue;
    }
    const number = asNumber(item);
    if (number === undefined) throw new CommandError(14, 'type must be represented as a number or a string');
    const name = typeNames.get(number);
    if (!name) throw badValue(`Invalid numerical type code: ${number}`);
    wanted.add(name);
  }
  if (wanted.size === 0) throw failedToParse('$type must match at least one type');
  return (value) => value !== undefined && wanted.has(typeOf(value));
}

function modTest(operand: Value): LeafTest {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array');
  if (operand.length < 2) throw badValue('malformed mod, not enough elements');
  if (operand.length > 2) throw badValue('malformed mod, too many elements');
  const [divisor, remainder] = operand.map((item) => asNumber(item));
  if (divisor === undefined) throw badValue('malformed mod, divisor not a number');
  if (remainder === undefined) throw badValue('malformed mod, remainder not a number');
  if (Math.trunc(divisor) === 0) throw badValue('divisor cannot be 0');
  return (value) => {
    if (value === undefined || !isNumeric(value)) return false;
    const number = asNumber(value)!;
    if (!Number.isFinite(number)) return false;
    if (typeof value === 'bigint')
      return value % BigInt(Math.trunc(divisor)) === BigInt(Math.trunc(remainder));
    return (Math.trunc(number) % Math.trunc(divisor)) + 0 === Math.trunc(remainder) + 0;
  };
}

function regexTest(operand: Value, options: Value | undefined): LeafTest {
  let pattern: string;
  let flags: string;
  if (typeof operand === 'string') {
    pattern = operand;
    flags = '';
  } else if (typeOf(operand) === 'regex') {
    pattern = (operand as BSONRegExp).pattern;
    flags = (operand as BSONRegExp).options;
  } else throw badValue('$regex has to be a string');
  if (options !== undefined) {
    if (typeof options !== 'string') throw badValue('$options has to be a string');
    if (flags !== '' && options !== '')
      throw new CommandError(51075, 'options set in both $regex and $options');
    if (options !== '') flags = options;
  }
  const regex = compileRegex(pattern, flags);
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    if (value === undefined || value === null || typeof value !== 'object') return false;
    if (typeOf(value) === 'regex') {
      return (value as BSONRegExp).pattern === pattern && (value as BSONRegExp).options === flags;
    }
    return typeOf(value) === 'symbol' && regex.test(String(value));
  };
}

function sizeTest(operand: Value): LeafTest {
  const size = asNumber(operand);
  if (size === undefined) throw badValue(`Failed to parse $size. Expected a number in: $size`);
  if (!Number.isInteger(size)) throw badValue(`Failed to parse $size. Expected an integer: $size: ${size}`);
  if (size < 0) throw badValue(`Failed to parse $size. Expected a non-negative number in: $size: ${size}`);
  return (value) => Array.isArray(value) && value.length === size;
}

function bitPositions(op: string, operand: Value): (bit: number) => boolean {
  if (Array.isArray(operand)) {
    const positions = new Set(operand.map((item) => asNumber(item)));
    for (const position of positions) {
      if (position === undefined || !Number.isInteger(position) || position < 0)
        throw failedToParse(`${op}: bit positions must be non-negative integers`);
    }
    return (bit) => positions.has(bit);
  }
  if (typeOf(operand) === 'binData') {
    const binary = operand as Binary;
    return (bit) => ((binary.buffer[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }
  const mask = asNumber(operand);
  if (mask === undefined || !Number.isInteger(mask))
    throw badValue(`${op} takes an Array, a number, or a BinData but received: ${typeOf(operand)}`);
  if (mask < 0) throw failedToParse(`Expected a non-negative number in: ${op}: ${mask}`);
  const wide = typeof operand === 'bigint' ? operand : BigInt(mask);
  return (bit) => ((wide >> BigInt(bit)) & 1n) === 1n;
}

function bitsTest(op: string, operand: Value): LeafTest {
  const wanted = bitPositions(op, operand);
  const highest = typeOf(operand) === 'binData' ? (operand as Binary).position * 8 : 64;
  const bits = Array.isArray(operand)
    ? operand.map((item) => asNumber(item)!)
    : Array.from({ length: highest }, (_, i) => i).filter(wanted);
  return (value) => {
    const isSet = bitReader(value);
    if (!isSet) return false;
    switch (op) {
      case '$bitsAllSet':
        return bits.every(isSet);
      case '$bitsAllClear':
        return !bits.some(isSet);
      case '$bitsAnySet':
        return bits.some(isSet);
      default:
        return bits.some((bit) => !isSet(bit));
    }
  };
}

function bitReader(value: Value | undefined): ((bit: number) => boolean) | undefined {
  if (value === undefined) return undefined;
  if (typeOf(value) === 'binData') {
    const binary = value as Binary;
    return (bit) => bit < binary.position * 8 && (binary.buffer[bit >> 3]! & (1 << (bit & 7))) !== 0;
  }
  if (!isNumeric(value)) return undefined;
  const number = asNumber(value)!;
  if (!Number.isInteger(number)) return undefined;
  const wide = typeof value === 'bigint' ? value : BigInt(number);
  return (bit) => ((wide >> BigInt(Math.min(bit, 200))) & 1n) === 1n;
}
