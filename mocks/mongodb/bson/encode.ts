import type { Binary, BSONRegExp, BSONSymbol, Code, DBRef, Decimal128, ObjectId, Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { typeOf } from './typeOf.ts';
import { type Doc, Double, isDocument, isInt32, RawDocument, type Value } from './value.ts';

const maxDepth = 200;

/** A buffer that grows, with a position. One is shared by all encodings that do not nest in time. */
class Writer {
  bytes: Buffer;
  at = 0;
  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size);
  }
  reserve(size: number): void {
    if (this.at + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.at + size));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}

const keepSize = 1 << 20;
let shared = new Writer(1 << 16);

/** Encodes a document. Fields whose value is undefined are left out. */
export function encode(doc: Doc): Buffer {
  const writer = shared;
  writer.at = 0;
  writeDocument(writer, doc, 0);
  const result = Buffer.from(writer.bytes.subarray(0, writer.at));
  if (writer.bytes.length > keepSize) shared = new Writer(1 << 16);
  return result;
}

function writeDocument(writer: Writer, doc: Doc, depth: number): void {
  if (depth > maxDepth) throw new CommandError(15, 'Document exceeds the nesting limit');
  const start = writer.at;
  writer.reserve(5);
  writer.at += 4;
  for (const key in doc) {
    const value = doc[key];
    if (value === undefined) continue;
    writeElement(writer, key, value, depth);
  }
  writer.reserve(1);
  writer.bytes[writer.at++] = 0;
  writer.bytes.writeInt32LE(writer.at - start, start);
}

function writeArray(writer: Writer, list: Value[], depth: number): void {
  if (depth > maxDepth) throw new CommandError(15, 'Document exceeds the nesting limit');
  const start = writer.at;
  writer.reserve(5);
  writer.at += 4;
  for (let i = 0; i < list.length; i++) writeElement(writer, String(i), list[i] ?? null, depth);
  writer.reserve(1);
  writer.bytes[writer.at++] = 0;
  writer.bytes.writeInt32LE(writer.at - start, start);
}

function writeName(writer: Writer, type: number, name: string): void {
  writer.reserve(2 + name.length * 3);
  const { bytes } = writer;
  bytes[writer.at++] = type;
  let at = writer.at;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code > 127) {
      at = writer.at + bytes.utf8Write(name, writer.at);
      break;
    }
    if (code === 0) throw new CommandError(2, 'Field names must not contain null bytes');
    bytes[at++] = code;
  }
  bytes[at++] = 0;
  writer.at = at;
}

function writeString(writer: Writer, text: string): void {
  writer.reserve(5 + text.length * 3);
  const { bytes } = writer;
  const size = bytes.utf8Write(text, writer.at + 4);
  bytes.writeInt32LE(size + 1, writer.at);
  writer.at += 4 + size;
  bytes[writer.at++] = 0;
}

function writeCString(writer: Writer, text: string): void {
  writer.reserve(1 + text.length * 3);
  writer.at += writer.bytes.utf8Write(text, writer.at);
  writer.bytes[writer.at++] = 0;
}

function writeDouble(writer: Writer, name: string, value: number): void {
  writeName(writer, 0x01, name);
  writer.reserve(8);
  writer.bytes.writeDoubleLE(value, writer.at);
  writer.at += 8;
}

function writeInt64(writer: Writer, type: number, name: string, value: bigint): void {
  writeName(writer, type, name);
  writer.reserve(8);
  writer.bytes.writeBigInt64LE(BigInt.asIntN(64, value), writer.at);
  writer.at += 8;
}

function writeBytes(writer: Writer, bytes: Uint8Array): void {
  writer.reserve(bytes.length);
  writer.bytes.set(bytes, writer.at);
  writer.at += bytes.length;
}

function writeElement(writer: Writer, name: string, value: Value, depth: number): void {
  switch (typeof value) {
    case 'string':
      writeName(writer, 0x02, name);
      writeString(writer, value);
      return;
    case 'number':
      if (!isInt32(value)) {
        writeDouble(writer, name, value);
        return;
      }
      writeName(writer, 0x10, name);
      writer.reserve(4);
      writer.bytes.writeInt32LE(value, writer.at);
      writer.at += 4;
      return;
    case 'boolean':
      writeName(writer, 0x08, name);
      writer.reserve(1);
      writer.bytes[writer.at++] = value ? 1 : 0;
      return;
    case 'bigint':
      writeInt64(writer, 0x12, name, value);
      return;
  }
  if (value === null) {
    writeName(writer, 0x0a, name);
    return;
  }
  if (value instanceof RawDocument) {
    writeName(writer, 0x03, name);
    writeBytes(writer, value.bytes);
    return;
  }
  if (Array.isArray(value)) {
    writeName(writer, 0x04, name);
    writeArray(writer, value, depth + 1);
    return;
  }
  if (isDocument(value)) {
    writeName(writer, 0x03, name);
    writeDocument(writer, value, depth + 1);
    return;
  }
  if (value instanceof Date) {
    writeInt64(writer, 0x09, name, dateMilliseconds(value));
    return;
  }
  if (value instanceof Double) {
    writeDouble(writer, name, value.value);
    return;
  }
  writeRare(writer, name, value, depth);
}

function dateMilliseconds(date: Date): bigint {
  const milliseconds = date.getTime();
  return Number.isNaN(milliseconds) ? 0n : BigInt(milliseconds);
}

function writeRare(writer: Writer, name: string, value: Value, depth: number): void {
  switch (typeOf(value)) {
    case 'objectId':
      writeName(writer, 0x07, name);
      writeBytes(writer, (value as ObjectId).id);
      return;
    case 'decimal':
      writeName(writer, 0x13, name);
      writeBytes(writer, (value as Decimal128).bytes);
      return;
    case 'binData': {
      const binary = value as Binary;
      const content = binary.buffer.subarray(0, binary.position);
      const old = binary.sub_type === 2;
      writeName(writer, 0x05, name);
      writer.reserve(9);
      writer.bytes.writeInt32LE(content.length + (old ? 4 : 0), writer.at);
      writer.bytes[writer.at + 4] = binary.sub_type;
      writer.at += 5;
      if (old) {
        writer.bytes.writeInt32LE(content.length, writer.at);
        writer.at += 4;
      }
      writeBytes(writer, content);
      return;
    }
    case 'timestamp':
      writeInt64(writer, 0x11, name, (value as Timestamp).toBigInt());
      return;
    case 'regex': {
      const regex = value as BSONRegExp;
      writeName(writer, 0x0b, name);
      writeCString(writer, regex.pattern);
      writeCString(writer, regex.options);
      return;
    }
    case 'symbol':
      writeName(writer, 0x0e, name);
      writeString(writer, (value as BSONSymbol).value);
      return;
    case 'javascript':
      writeName(writer, 0x0d, name);
      writeString(writer, (value as Code).code);
      return;
    case 'javascriptWithScope': {
      const code = value as Code;
      writeName(writer, 0x0f, name);
      const start = writer.at;
      writer.reserve(4);
      writer.at += 4;
      writeString(writer, code.code);
      writeDocument(writer, (code.scope ?? {}) as Doc, depth + 1);
      writer.bytes.writeInt32LE(writer.at - start, start);
      return;
    }
    case 'dbPointer': {
      const reference = value as DBRef;
      writeName(writer, 0x0c, name);
      writeString(writer, reference.collection);
      writeBytes(writer, reference.oid.id);
      return;
    }
    case 'minKey':
      writeName(writer, 0xff, name);
      return;
    case 'maxKey':
      writeName(writer, 0x7f, name);
      return;
    case 'undefined':
      writeName(writer, 0x06, name);
      return;
    default:
      throw new CommandError(1, `cannot encode a value of type ${typeOf(value)}`);
  }
}
