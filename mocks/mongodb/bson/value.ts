import type {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';

/**
 * A BSON double whose value is a whole number in the int32 range. A plain JavaScript number in that range is an
 * int32, any other plain number is a double, so that no type is lost between reading and writing a document.
 */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
  valueOf(): number {
    return this.value;
  }
}

/** The deprecated BSON type `undefined`; a missing field is JavaScript's own undefined and never stored. */
export class BsonUndefined {
  readonly kind = 'undefined';
  static readonly instance = new BsonUndefined();
}

/** A whole encoded document, copied as it is when it is written into another one. */
export class RawDocument {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

export interface Doc {
  [key: string]: Value;
}

/** int32 = number in range, double = other number or Double, int64 = bigint. */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Double
  | Decimal128
  | ObjectId
  | Date
  | Binary
  | Timestamp
  | BSONRegExp
  | BSONSymbol
  | Code
  | DBRef
  | MinKey
  | MaxKey
  | BsonUndefined
  | RawDocument
  | Doc
  | Value[];

const int32Min = -2147483648;
const int32Max = 2147483647;

/** Whether a plain number stands for an int32. Minus zero is a double. */
export function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

/** The double of this value in the form the rest of the server uses. */
export function double(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value;
}

/** The narrowest of int32 and int64 for a whole number. */
export function integer(value: number | bigint): number | bigint {
  if (typeof value === 'number') return isInt32(value) ? value : BigInt(value);
  return value >= BigInt(int32Min) && value <= BigInt(int32Max) ? Number(value) : value;
}

/** A count for a reply: int32 when it fits, otherwise int64. */
export function count(value: number): number | bigint {
  return integer(value);
}

export function isDocument(value: unknown): value is Doc {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export function isNumeric(value: unknown): value is number | bigint | Double | Decimal128 {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof Double ||
    (typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'Decimal128')
  );
}

/** The number a numeric value stands for, as a JavaScript number; undefined for anything else. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Double) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (isNumeric(value)) return Number(value.toString());
  return undefined;
}

/** Deep copy of containers; scalars are immutable here and shared. */
export function clone<T extends Value>(value: T): T {
  if (Array.isArray(value)) return value.map(clone) as T;
  if (isDocument(value)) {
    const copy: Doc = {};
    for (const key of Object.keys(value)) setField(copy, key, clone(value[key] as Value));
    return copy as T;
  }
  return value;
}

/** Sets a field; `__proto__` is a name like any other. */
export function setField(doc: Doc, key: string, value: Value): void {
  if (key === '__proto__')
    Object.defineProperty(doc, key, { value, enumerable: true, configurable: true, writable: true });
  else doc[key] = value;
}

/** An own field of a document, never one of Object.prototype. */
export function getField(doc: Doc, key: string): Value | undefined {
  const value = doc[key];
  if (value === undefined) return undefined;
  if (typeof value === 'function' || key === '__proto__') return Object.hasOwn(doc, key) ? value : undefined;
  return value;
}
