import type { Binary, BSONRegExp, BSONSymbol, Code, DBRef, Decimal128, ObjectId, Timestamp } from 'bson';
import { compareDecimalParts, decimalParts, partsOfNumber } from './decimal.ts';
import { typeOf, typeOrder } from './typeOf.ts';
import { type Doc, Double, type Value } from './value.ts';

/** MongoDB's total order over all values: by type first, numbers of all types by value, documents field by field. */
export function compare(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b);
  const orderA = typeOrder(a);
  const orderB = typeOrder(b);
  if (orderA !== orderB) return orderA < orderB ? -1 : 1;
  return compareSameType(a, b, orderA);
}

export function equal(a: Value, b: Value): boolean {
  return compare(a, b) === 0;
}

/** By code point, which is the order of the UTF-8 bytes. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for code points above U+FFFF, so they sort after U+E000..U+FFFF.
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

function compareDoubles(a: number, b: number): number {
  if (a === b) return 0;
  if (a < b) return -1;
  if (a > b) return 1;
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
}

export function compareNumbers(a: Value, b: Value): number {
  const x = a instanceof Double ? a.value : a;
  const y = b instanceof Double ? b.value : b;
  if (typeof x === 'number' && typeof y === 'number') return compareDoubles(x, y);
  if (typeof x === 'number' && Number.isNaN(x)) return isNaNDecimal(y) ? 0 : -1;
  if (typeof y === 'number' && Number.isNaN(y)) return isNaNDecimal(x) ? 0 : 1;
  // JavaScript compares bigint with number by their exact values.
  if (typeof x !== 'object' && typeof y !== 'object') {
    return (x as bigint) < (y as bigint) ? -1 : (x as bigint) > (y as bigint) ? 1 : 0;
  }
  return compareDecimalParts(partsOfNumber(x), partsOfNumber(y));
}

function isNaNDecimal(value: Value): boolean {
  return typeof value === 'object' && decimalParts(value as Decimal128).kind === 'nan';
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b);
}

function compareSameType(a: Value, b: Value, order: number): number {
  switch (order) {
    case 10:
      return compareNumbers(a, b);
    case 15:
      return compareStrings(textOf(a), textOf(b));
    case 20:
      return compareDocuments(a as Doc, b as Doc);
    case 25:
      return compareArrays(a as Value[], b as Value[]);
    case 30:
      return compareBinaries(a as Binary, b as Binary);
    case 35:
      return compareBytes((a as ObjectId).id, (b as ObjectId).id);
    case 40:
      return Number(a) - Number(b);
    case 45:
      return compareDoubles((a as Date).getTime(), (b as Date).getTime());
    case 47: {
      const x = (a as Timestamp).toBigInt() & 0xffffffffffffffffn;
      const y = (b as Timestamp).toBigInt() & 0xffffffffffffffffn;
      return x < y ? -1 : x > y ? 1 : 0;
    }
    case 50: {
      const x = a as BSONRegExp;
      const y = b as BSONRegExp;
      return compareStrings(x.pattern, y.pattern) || compareStrings(x.options, y.options);
    }
    case 55: {
      const x = a as DBRef;
      const y = b as DBRef;
      return compareStrings(x.collection, y.collection) || compareBytes(x.oid.id, y.oid.id);
    }
    case 60:
    case 65: {
      const x = a as Code;
      const y = b as Code;
      return (
        compareStrings(x.code, y.code) || compareDocuments((x.scope ?? {}) as Doc, (y.scope ?? {}) as Doc)
      );
    }
    default:
      return 0;
  }
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : (value as BSONSymbol).value;
}

function compareBinaries(a: Binary, b: Binary): number {
  const x = a.buffer.subarray(0, a.position);
  const y = b.buffer.subarray(0, b.position);
  if (x.length !== y.length) return x.length < y.length ? -1 : 1;
  if (a.sub_type !== b.sub_type) return a.sub_type < b.sub_type ? -1 : 1;
  return compareBytes(x, y);
}

/** Field by field: type, then name, then value; the one that ends first is the smaller. */
function compareDocuments(a: Doc, b: Doc): number {
  const namesA = Object.keys(a);
  const namesB = Object.keys(b);
  const shorter = Math.min(namesA.length, namesB.length);
  for (let i = 0; i < shorter; i++) {
    const nameA = namesA[i]!;
    const nameB = namesB[i]!;
    const valueA = a[nameA]!;
    const valueB = b[nameB]!;
    const orderA = typeOrder(valueA);
    const orderB = typeOrder(valueB);
    if (orderA !== orderB) return orderA < orderB ? -1 : 1;
    const names = compareStrings(nameA, nameB);
    if (names !== 0) return names;
    const values = compareSameType(valueA, valueB, orderA);
    if (values !== 0) return values;
  }
  return Math.sign(namesA.length - namesB.length);
}

function compareArrays(a: Value[], b: Value[]): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const order = compare(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

/** A string that is equal for two values exactly when MongoDB finds them equal; for grouping and sets. */
export function identity(value: Value): string {
  switch (typeOf(value)) {
    case 'string':
      return `s${value as string}`;
    case 'int':
      return `n${value as number}`;
    case 'double': {
      const number = Number(value);
      return Number.isSafeInteger(number) ? `n${number + 0}` : numberIdentity(value);
    }
    case 'long':
      return `n${value as bigint}`;
    case 'decimal':
      return numberIdentity(value);
    case 'null':
      return 'z';
    case 'bool':
      return value ? 't' : 'f';
    case 'date':
      return `d${(value as Date).getTime()}`;
    case 'objectId':
      return `o${(value as ObjectId).toHexString()}`;
    case 'symbol':
      return `s${(value as BSONSymbol).value}`;
    case 'object': {
      const doc = value as Doc;
      return `{${Object.keys(doc)
        .map((name) => wrap(name) + wrap(identity(doc[name]!)))
        .join('')}}`;
    }
    case 'array':
      return `[${(value as Value[]).map((item) => wrap(identity(item))).join('')}]`;
    case 'binData': {
      const binary = value as Binary;
      return `b${binary.sub_type}:${Buffer.from(binary.buffer.subarray(0, binary.position)).toString('base64')}`;
    }
    case 'timestamp':
      return `T${(value as Timestamp).toBigInt()}`;
    case 'regex':
      return `r${wrap((value as BSONRegExp).pattern)}${(value as BSONRegExp).options}`;
    case 'javascript':
    case 'javascriptWithScope':
      return `c${wrap((value as Code).code)}${identity(((value as Code).scope ?? {}) as Doc)}`;
    case 'dbPointer':
      return `p${wrap((value as DBRef).collection)}${(value as DBRef).oid.toHexString()}`;
    default:
      return typeOf(value);
  }
}

const wrap = (text: string) => `${text.length}:${text}`;

function numberIdentity(value: Value): string {
  const parts = partsOfNumber(
    value instanceof Double ? value.value : (value as number | bigint | Decimal128),
  );
  if (parts.kind !== 'finite') return `n${parts.kind}${parts.negative ? '-' : ''}`;
  if (parts.digits === 0n) return 'n0';
  let { digits, exponent } = parts;
  while (digits % 10n === 0n) {
    digits /= 10n;
    exponent++;
  }
  const sign = parts.negative ? '-' : '';
  return exponent >= 0 && exponent < 40
    ? `n${sign}${digits * 10n ** BigInt(exponent)}`
    : `n${sign}${digits}e${exponent}`;
}
