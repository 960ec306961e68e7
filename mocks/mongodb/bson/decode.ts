import {
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
import { CommandError } from '../errors.ts';
import { BsonUndefined, type Doc, Double, isInt32, RawDocument, setField, type Value } from './value.ts';

/** Deeper documents are refused, as in MongoDB (its limit for stored documents is 180 internal levels, 100 for clients). */
const maxDepth = 180;

const malformed = (what: string) => new CommandError(22, `Invalid BSON: ${what}`);

export interface DecodeOptions {
  /** Only these top-level fields are decoded; the others are skipped. */
  only?: ReadonlySet<string>;
  /** Elements of these top-level arrays stay encoded (the `documents` of an insert). */
  rawArrays?: ReadonlySet<string>;
}

/** Decodes one document that starts at `start`; checks every length, so that hostile bytes end in an error (22). */
export function decode(bytes: Buffer, start = 0, options: DecodeOptions = {}): Doc {
  const end = documentEnd(bytes, start, bytes.length);
  return readDocument(bytes, start, end, 0, options);
}

/** Checks a document's length word against the bytes there are; returns where the document ends. */
export function documentEnd(bytes: Buffer, start: number, limit: number): number {
  if (limit - start < 5) throw malformed('document is too short');
  const size = bytes.readInt32LE(start);
  if (size < 5 || size > limit - start) throw malformed(`document length ${size} is out of range`);
  if (bytes[start + size - 1] !== 0) throw malformed('document does not end with a zero byte');
  return start + size;
}

interface Reader {
  bytes: Buffer;
  at: number;
}

function readDocument(
  bytes: Buffer,
  start: number,
  end: number,
  depth: number,
  options?: DecodeOptions,
): Doc {
  if (depth > maxDepth)
    throw new CommandError(15, `Document exceeds the nesting limit of ${maxDepth} levels`);
  const doc: Doc = {};
  const reader: Reader = { bytes, at: start + 4 };
  const last = end - 1;
  const only = options?.only;
  const rawArrays = options?.rawArrays;
  while (reader.at < last) {
    const type = bytes[reader.at++]!;
    const name = readCString(reader, last);
    if (only !== undefined && !only.has(name)) {
      reader.at = skipValue(bytes, type, reader.at, last);
      continue;
    }
    if (rawArrays !== undefined && type === 4 && rawArrays.has(name)) {
      setField(doc, name, readRawArray(reader, last));
      continue;
    }
    const value = readValue(reader, type, last, depth);
    if (name === '__proto__') setField(doc, name, value);
    else doc[name] = value;
  }
  if (reader.at !== last) throw malformed('element runs past the end of its document');
  return doc;
}

function readArray(bytes: Buffer, start: number, end: number, depth: number): Value[] {
  if (depth > maxDepth)
    throw new CommandError(15, `Document exceeds the nesting limit of ${maxDepth} levels`);
  const list: Value[] = [];
  const reader: Reader = { bytes, at: start + 4 };
  const last = end - 1;
  while (reader.at < last) {
    const type = bytes[reader.at++]!;
    const stop = bytes.indexOf(0, reader.at);
    if (stop < 0 || stop >= last) throw malformed('field name is not terminated');
    reader.at = stop + 1;
    list.push(readValue(reader, type, last, depth));
  }
  if (reader.at !== last) throw malformed('element runs past the end of its array');
  return list;
}

function readRawArray(reader: Reader, limit: number): Value[] {
  const { bytes } = reader;
  const end = documentEnd(bytes, reader.at, limit);
  const list: Value[] = [];
  const inner: Reader = { bytes, at: reader.at + 4 };
  while (inner.at < end - 1) {
    const type = bytes[inner.at++]!;
    readCString(inner, end - 1);
    if (type !== 3) throw new CommandError(14, 'Each element of the array must be an object');
    const stop = documentEnd(bytes, inner.at, end - 1);
    list.push(new RawDocument(bytes.subarray(inner.at, stop)));
    inner.at = stop;
  }
  reader.at = end;
  return list;
}

function readCString(reader: Reader, limit: number): string {
  const { bytes, at } = reader;
  let stop = at;
  let high = 0;
  while (stop < limit) {
    const byte = bytes[stop]!;
    if (byte === 0) break;
    high |= byte;
    stop++;
  }
  if (stop >= limit) throw malformed('field name is not terminated');
  reader.at = stop + 1;
  return high < 128 ? bytes.latin1Slice(at, stop) : bytes.utf8Slice(at, stop);
}

function need(reader: Reader, size: number, limit: number): number {
  const at = reader.at;
  if (size < 0 || size > limit - at) throw malformed('value runs past the end of its document');
  reader.at = at + size;
  return at;
}

function readString(reader: Reader, limit: number): string {
  const { bytes } = reader;
  const size = bytes.readInt32LE(need(reader, 4, limit));
  if (size < 1) throw malformed('string has no terminator');
  const at = need(reader, size, limit);
  if (bytes[at + size - 1] !== 0) throw malformed('string is not terminated');
  // Short strings are decoded here: a call into the runtime costs more than the loop.
  if (size <= 24) {
    let text = '';
    for (let i = at; i < at + size - 1; i++) {
      const byte = bytes[i]!;
      if (byte > 127) return bytes.utf8Slice(at, at + size - 1);
      text += String.fromCharCode(byte);
    }
    return text;
  }
  return bytes.utf8Slice(at, at + size - 1);
}

function readValue(reader: Reader, type: number, limit: number, depth: number): Value {
  const { bytes } = reader;
  switch (type) {
    case 0x01: {
      const value = bytes.readDoubleLE(need(reader, 8, limit));
      return isInt32(value) ? new Double(value) : value;
    }
    case 0x02:
      return readString(reader, limit);
    case 0x03: {
      const start = reader.at;
      const end = documentEnd(bytes, start, limit);
      reader.at = end;
      return readDocument(bytes, start, end, depth + 1);
    }
    case 0x04: {
      const start = reader.at;
      const end = documentEnd(bytes, start, limit);
      reader.at = end;
      return readArray(bytes, start, end, depth + 1);
    }
    case 0x05: {
      const size = bytes.readInt32LE(need(reader, 4, limit));
      const subtype = bytes[need(reader, 1, limit)]!;
      let at = need(reader, size, limit);
      const stop = at + size;
      if (subtype === 2) {
        if (size < 4) throw malformed('old binary is too short');
        at += 4;
      }
      return new Binary(Buffer.from(bytes.subarray(at, stop)), subtype);
    }
    case 0x06:
      return BsonUndefined.instance;
    case 0x07: {
      const at = need(reader, 12, limit);
      return new ObjectId(Uint8Array.prototype.slice.call(bytes, at, at + 12));
    }
    case 0x08: {
      const byte = bytes[need(reader, 1, limit)]!;
      if (byte > 1) throw malformed('boolean is neither 0 nor 1');
      return byte === 1;
    }
    case 0x09:
      return new Date(Number(bytes.readBigInt64LE(need(reader, 8, limit))));
    case 0x0a:
      return null;
    case 0x0b: {
      const pattern = readCString(reader, limit);
      return new BSONRegExp(pattern, readCString(reader, limit));
    }
    case 0x0c: {
      const name = readString(reader, limit);
      const at = need(reader, 12, limit);
      return new DBRef(name, new ObjectId(Uint8Array.prototype.slice.call(bytes, at, at + 12)));
    }
    case 0x0d:
      return new Code(readString(reader, limit));
    case 0x0e:
      return new BSONSymbol(readString(reader, limit));
    case 0x0f: {
      need(reader, 4, limit);
      const text = readString(reader, limit);
      const start = reader.at;
      const end = documentEnd(bytes, start, limit);
      reader.at = end;
      return new Code(text, readDocument(bytes, start, end, depth + 1));
    }
    case 0x10:
      return bytes.readInt32LE(need(reader, 4, limit));
    case 0x11:
      return new Timestamp(bytes.readBigUInt64LE(need(reader, 8, limit)));
    case 0x12:
      return bytes.readBigInt64LE(need(reader, 8, limit));
    case 0x13: {
      const at = need(reader, 16, limit);
      return new Decimal128(Uint8Array.prototype.slice.call(bytes, at, at + 16));
    }
    case 0xff:
      return new MinKey();
    case 0x7f:
      return new MaxKey();
    default:
      throw malformed(`unknown element type 0x${type.toString(16)}`);
  }
}

function skipValue(bytes: Buffer, type: number, at: number, limit: number): number {
  let size: number;
  switch (type) {
    case 0x01:
    case 0x09:
    case 0x11:
    case 0x12:
      size = 8;
      break;
    case 0x02:
    case 0x0d:
    case 0x0e:
      size = limit - at < 4 ? -1 : 4 + bytes.readInt32LE(at);
      break;
    case 0x03:
    case 0x04:
    case 0x0f:
      size = limit - at < 4 ? -1 : bytes.readInt32LE(at);
      break;
    case 0x05:
      size = limit - at < 4 ? -1 : 5 + bytes.readInt32LE(at);
      break;
    case 0x06:
    case 0x0a:
    case 0xff:
    case 0x7f:
      size = 0;
      break;
    case 0x07:
      size = 12;
      break;
    case 0x08:
      size = 1;
      break;
    case 0x0b: {
      const first = bytes.indexOf(0, at);
      const second = bytes.indexOf(0, first + 1);
      size = first < 0 || second < 0 ? -1 : second + 1 - at;
      break;
    }
    case 0x0c:
      size = limit - at < 4 ? -1 : 4 + bytes.readInt32LE(at) + 12;
      break;
    case 0x10:
      size = 4;
      break;
    case 0x13:
      size = 16;
      break;
    default:
      throw malformed(`unknown element type 0x${type.toString(16)}`);
  }
  if (size < 0 || size > limit - at) throw malformed('value runs past the end of its document');
  return at + size;
}
