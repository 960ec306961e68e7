import { decode, documentEnd } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { type Doc, RawDocument, type Value } from '../bson/value.ts';

export const opReply = 1;
export const opQuery = 2004;
export const opMessage = 2013;
export const maxMessageBytes = 48_000_000;

const checksumPresent = 1;
const moreToCome = 2;
/** Flag bits 0-15 must be understood; of those only these two are. */
const unknownRequired = 0xffff & ~(checksumPresent | moreToCome);

/** The bytes are not a message this server can answer; the connection is closed. */
export class ProtocolError extends Error {}

export interface Message {
  requestId: number;
  command: Doc;
  /** The client waits for no reply. */
  silent: boolean;
  /** It came as OP_QUERY and is answered with OP_REPLY. */
  legacy: boolean;
}

const rawArrays = new Set(['documents']);

/** Takes a whole message (header included) apart. */
export function parseMessage(bytes: Buffer): Message {
  const requestId = bytes.readInt32LE(4);
  const opcode = bytes.readInt32LE(12);
  if (opcode === opMessage) return parseOpMessage(bytes, requestId);
  if (opcode === opQuery) return parseOpQuery(bytes, requestId);
  throw new ProtocolError(`opcode ${opcode} is not supported`);
}

function parseOpMessage(bytes: Buffer, requestId: number): Message {
  if (bytes.length < 21) throw new ProtocolError('message is too short');
  const flags = bytes.readUInt32LE(16);
  if (flags & unknownRequired) throw new ProtocolError(`flag bits ${flags} are not supported`);
  const end = flags & checksumPresent ? bytes.length - 4 : bytes.length;
  let at = 20;
  let body: Doc | undefined;
  const sequences: [string, Value[]][] = [];
  while (at < end) {
    const kind = bytes[at++];
    if (kind === 0) {
      if (body) throw new ProtocolError('message has two bodies');
      const stop = documentEnd(bytes, at, end);
      // The documents of an insert stay encoded: they are stored as they came.
      const insert = bytes[at + 4] === 2 && bytes.latin1Slice(at + 5, at + 12) === 'insert\0';
      body = decode(bytes, at, insert ? { rawArrays } : {});
      at = stop;
    } else if (kind === 1) {
      const { name, documents, next } = parseSequence(bytes, at, end);
      sequences.push([name, documents]);
      at = next;
    } else throw new ProtocolError(`section kind ${kind} is not supported`);
  }
  if (!body || at !== end) throw new ProtocolError('message has no body or runs over its end');
  for (const [name, documents] of sequences) {
    if (body[name] !== undefined) throw new ProtocolError(`duplicate field ${name}`);
    body[name] = documents;
  }
  return { requestId, command: body, silent: (flags & moreToCome) !== 0, legacy: false };
}

function parseSequence(
  bytes: Buffer,
  start: number,
  limit: number,
): { name: string; documents: Value[]; next: number } {
  if (limit - start < 5) throw new ProtocolError('section is too short');
  const size = bytes.readInt32LE(start);
  const end = start + size;
  if (size < 5 || end > limit) throw new ProtocolError('section length is out of range');
  const stop = bytes.indexOf(0, start + 4);
  if (stop < 0 || stop >= end) throw new ProtocolError('section name is not terminated');
  const documents: Value[] = [];
  let at = stop + 1;
  while (at < end) {
    const next = documentEnd(bytes, at, end);
    documents.push(new RawDocument(bytes.subarray(at, next)));
    at = next;
  }
  return { name: bytes.utf8Slice(start + 4, stop), documents, next: end };
}

/** Only the handshake still comes as OP_QUERY, on `admin.$cmd`. */
function parseOpQuery(bytes: Buffer, requestId: number): Message {
  const stop = bytes.indexOf(0, 20);
  if (stop < 0 || bytes.length < stop + 14) throw new ProtocolError('OP_QUERY is too short');
  const namespace = bytes.utf8Slice(20, stop);
  if (!namespace.endsWith('.$cmd')) throw new ProtocolError('OP_QUERY is only supported for the handshake');
  const command = decode(bytes, stop + 9);
  return { requestId, command: { ...command, $db: namespace.slice(0, -5) }, silent: false, legacy: true };
}

let nextReply = 1;

export function formatReply(reply: Doc, message: Pick<Message, 'requestId' | 'legacy'>): Buffer {
  const body = encode(reply);
  const head = Buffer.alloc(message.legacy ? 36 : 21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(nextReply++ & 0x7fffffff, 4);
  head.writeInt32LE(message.requestId, 8);
  head.writeInt32LE(message.legacy ? opReply : opMessage, 12);
  if (message.legacy) {
    head.writeInt32LE(8, 16);
    head.writeInt32LE(1, 32);
  }
  return Buffer.concat([head, body]);
}
