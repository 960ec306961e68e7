import { createHash } from 'node:crypto';
import type { Binary, BSONRegExp, BSONSymbol, Code, DBRef, Decimal128, ObjectId, Timestamp } from 'bson';
import { compareDecimalParts, decimalParts, partsOfNumber } from '../bson/decimal.ts';
import { typeOrder } from '../bson/typeOf.ts';
import { type Doc, Double, type Value } from '../bson/value.ts';

/**
 * Index keys as bytes whose order is MongoDB's order of values. Each component starts with the place of its type
 * and is self-delimiting; a descending component has all its bits inverted.
 */

/** LMDB's own limit is 1978 bytes; the index id, the record id and the mark of a shortened key need room. */
export const maxKeyBytes = 1900;

let buffer = Buffer.allocUnsafe(4096);
let at = 0;

function reserve(size: number): void {
  if (at + size <= buffer.length) return;
  const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + size));
  buffer.copy(larger, 0, 0, at);
  buffer = larger;
}

/** Encodes the components of a compound key; `directions[i]` is 1 or -1. `limit` components at most. */
export function encodeKey(values: Value[], directions: number[], prefix?: Buffer): Buffer {
  at = 0;
  if (prefix) {
    reserve(prefix.length);
    prefix.copy(buffer, 0);
    at = prefix.length;
  }
  const keyStart = at;
  for (let i = 0; i < values.length; i++) {
    const start = at;
    writeComponent(values[i]!);
    if (directions[i] === -1) for (let j = start; j < at; j++) buffer[j] = ~buffer[j]! & 0xff;
  }
  const size = at - keyStart;
  if (size > maxKeyBytes) return shorten(keyStart);
  return Buffer.from(buffer.subarray(0, at));
}

/** One component alone and whole, for the bounds of a scan. */
export function encodeComponent(value: Value, direction: number): Buffer {
  at = 0;
  writeComponent(value);
  if (direction === -1) for (let j = 0; j < at; j++) buffer[j] = ~buffer[j]! & 0xff;
  return Buffer.from(buffer.subarray(0, at));
}

/** So many bytes of a key are always kept as they are, the index id in front included. */
export const keptBytes = 4 + maxKeyBytes - 20;

/** A key too long for LMDB keeps its first bytes and a digest of all: equal keys stay equal, order is kept up to there. */
function shorten(keyStart: number): Buffer {
  const digest = createHash('sha256').update(buffer.subarray(keyStart, at)).digest().subarray(0, 20);
  return Buffer.concat([buffer.subarray(0, keyStart + maxKeyBytes - 20), digest]);
}

export function isShortened(key: Buffer, prefixBytes: number): boolean {
  return key.length - prefixBytes === maxKeyBytes;
}

function writeComponent(value: Value): void {
  const order = typeOrder(value);
  reserve(1);
  buffer[at++] = order;
  writePayload(value, order);
}

function writeText(text: string): void {
  reserve(text.length * 6 + 2);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) {
      const bytes = Buffer.from(text.slice(i), 'utf8');
      for (const byte of bytes) pushEscaped(byte);
      buffer[at++] = 0;
      buffer[at++] = 1;
      return;
    }
    pushEscaped(code);
  }
  buffer[at++] = 0;
  buffer[at++] = 1;
}

function pushEscaped(byte: number): void {
  buffer[at++] = byte;
  if (byte === 0) buffer[at++] = 0xff;
}

function writeRaw(bytes: Uint8Array): void {
  reserve(bytes.length);
  buffer.set(bytes, at);
  at += bytes.length;
}

function writePayload(value: Value, order: number): void {
  switch (order) {
    case 10:
      writeNumber(value);
      return;
    case 15:
      writeText(typeof value === 'string' ? value : (value as BSONSymbol).value);
      return;
    case 20:
      writeObject(value as Doc);
      return;
    case 25:
      for (const item of value as Value[]) writeComponent(item);
      reserve(1);
      buffer[at++] = 0;
      return;
    case 30: {
      const binary = value as Binary;
      const bytes = binary.buffer.subarray(0, binary.position);
      reserve(5);
      buffer.writeUInt32BE(bytes.length, at);
      buffer[at + 4] = binary.sub_type;
      at += 5;
      writeRaw(bytes);
      return;
    }
    case 35:
      writeRaw((value as ObjectId).id);
      return;
    case 40:
      reserve(1);
      buffer[at++] = value ? 1 : 0;
      return;
    case 45: {
      const milliseconds = (value as Date).getTime();
      reserve(8);
      buffer.writeBigUInt64BE(
        BigInt.asUintN(64, BigInt(Number.isNaN(milliseconds) ? 0 : milliseconds)) ^ (1n << 63n),
        at,
      );
      at += 8;
      return;
    }
    case 47:
      reserve(8);
      buffer.writeBigUInt64BE(BigInt.asUintN(64, (value as Timestamp).toBigInt()), at);
      at += 8;
      return;
    case 50:
      writeText((value as BSONRegExp).pattern);
      writeText((value as BSONRegExp).options);
      return;
    case 55:
      writeText((value as DBRef).collection);
      writeRaw((value as DBRef).oid.id);
      return;
    case 60:
    case 65:
      writeText((value as Code).code);
      writeObject(((value as Code).scope ?? {}) as Doc);
      return;
  }
}

function writeObject(doc: Doc): void {
  for (const name of Object.keys(doc)) {
    const value = doc[name]!;
    const order = typeOrder(value);
    reserve(1);
    buffer[at++] = order;
    writeText(name);
    writePayload(value, order);
  }
  reserve(1);
  buffer[at++] = 0;
}

/**
 * Numbers of all four types in one order: the largest double not above the value (NaN first), then, where the value
 * is not that double itself, how far above it lies as a fraction of the gap to the next double.
 */
function writeNumber(value: Value): void {
  const plain = value instanceof Double ? value.value : value;
  reserve(24);
  if (typeof plain === 'number') {
    writeDoubleBits(plain, 0n);
    return;
  }
  if (typeof plain === 'bigint') {
    let lower = Number(plain);
    if (BigInt(lower) > plain) lower = nextDown(lower);
    const difference = plain - BigInt(lower);
    if (difference === 0n) {
      writeDoubleBits(lower, 0n);
      return;
    }
    const gap = BigInt(nextUp(lower)) - BigInt(lower);
    writeDoubleBits(lower, (difference << fractionBits) / gap);
    return;
  }
  writeDecimal(plain as Decimal128);
}

const fractionBits = 104n;

function writeDecimal(value: Decimal128): void {
  const parts = decimalParts(value);
  if (parts.kind === 'nan') {
    writeDoubleBits(Number.NaN, 0n);
    return;
  }
  let lower = Number(value.toString());
  if (parts.kind === 'infinity') {
    writeDoubleBits(lower, 0n);
    return;
  }
  // Decimals beyond the doubles sort next to the largest double or to infinity, by their own magnitude.
  if (lower === Number.POSITIVE_INFINITY) lower = Number.MAX_VALUE;
  while (compareDecimalParts(partsOfNumber(lower), parts) > 0) lower = nextDown(lower);
  if (lower === Number.NEGATIVE_INFINITY || compareDecimalParts(partsOfNumber(lower), parts) === 0) {
    writeDoubleBits(lower, lower === Number.NEGATIVE_INFINITY ? (1n << fractionBits) - magnitude(parts) : 0n);
    return;
  }
  const upper = nextUp(lower);
  if (upper === Number.POSITIVE_INFINITY) {
    writeDoubleBits(lower, magnitude(parts));
    return;
  }
  const low = partsOfNumber(lower);
  const high = partsOfNumber(upper);
  const exponent = Math.min(low.exponent, high.exponent, parts.exponent);
  const scale = (p: typeof low) => (p.negative ? -p.digits : p.digits) * 10n ** BigInt(p.exponent - exponent);
  const fraction = ((scale(parts) - scale(low)) << fractionBits) / (scale(high) - scale(low));
  writeDoubleBits(lower, fraction === 0n ? 1n : fraction);
}

function magnitude(parts: { digits: bigint; exponent: number }): bigint {
  const digits = parts.digits.toString();
  const scaled = BigInt(digits.padEnd(36, '0').slice(0, 36)) >> 32n;
  return (BigInt(digits.length + parts.exponent) << 88n) | (scaled & ((1n << 88n) - 1n));
}

const bits = new DataView(new ArrayBuffer(8));

function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  bits.setFloat64(0, value);
  const raw = bits.getBigInt64(0);
  bits.setBigInt64(0, value > 0 ? raw + 1n : raw - 1n);
  return bits.getFloat64(0);
}

function nextDown(value: number): number {
  return -nextUp(-value);
}

function writeDoubleBits(value: number, fraction: bigint): void {
  if (Number.isNaN(value)) {
    buffer.fill(0, at, at + 9);
    at += 9;
    return;
  }
  const start = at;
  buffer.writeDoubleBE(value === 0 ? 0 : value, start);
  // The usual trick: flip all bits of negatives and the sign bit of the others, so that bytes order as numbers.
  if (buffer[start]! & 0x80) for (let i = 0; i < 8; i++) buffer[start + i] = ~buffer[start + i]! & 0xff;
  else buffer[start]! |= 0x80;
  at += 8;
  if (fraction === 0n) {
    buffer[at++] = 0;
    return;
  }
  buffer[at++] = 1;
  const hex = fraction.toString(16).padStart(28, '0').slice(-28);
  at += buffer.write(hex, at, 'hex');
}
