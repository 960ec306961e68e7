import { ObjectId, Timestamp } from 'bson';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { typeOf } from '../bson/typeOf.ts';
import { type Doc, isDocument, RawDocument, type Value } from '../bson/value.ts';
import { badValue, CommandError } from '../errors.ts';
import type { Access } from '../storage/engine.ts';
import { checkFields, type Handler, namespace, type Request } from './context.ts';
import { ensureCollection } from './ensureCollection.ts';
import { retried, runStatements, writeConcernError, writeErrors } from './writeStatements.ts';

export const maxDocumentBytes = 16 * 1024 * 1024;
const maxBatch = 100_000;
const fields = new Set(['documents', 'ordered', 'bypassDocumentValidation', 'collation']);

export const insert: Handler = async (request) => {
  checkFields(request, fields);
  const { documents } = request.command;
  if (!Array.isArray(documents))
    throw new CommandError(40414, "BSON field 'insert.documents' is missing but a required field");
  checkBatch(documents.length);
  const ns = namespace(request);
  checkWritable(ns);
  request.server.counters.inserts += documents.length;
  if (request.transaction) await ensureCollection(request.server, ns);
  const outcomes = await runStatements(
    request,
    documents.length,
    request.command['ordered'] !== false,
    (i, access) => insertOne(request, access, ns, documents[i]!),
  );
  const errors = writeErrors(outcomes);
  return {
    n: outcomes.length - errors.length,
    ...(errors.length > 0 ? { writeErrors: errors as Value[] } : {}),
    ...retried(outcomes),
    ...writeConcernError(request),
  };
};

/** Names the server keeps for itself, and names no collection can have. */
export function checkWritable(ns: string): void {
  const name = ns.slice(ns.indexOf('.') + 1);
  if (name.startsWith('system.') && name !== 'system.js')
    throw new CommandError(73, `cannot write to '${ns}'`);
  if (name.includes('$')) throw new CommandError(73, `Invalid namespace specified '${ns}'`);
}

export function checkBatch(size: number): void {
  if (size < 1 || size > maxBatch) {
    throw new CommandError(
      16,
      `Write batch sizes must be between 1 and ${maxBatch}. Got ${size} operations.`,
    );
  }
}

export function insertOne(request: Request, access: Access, ns: string, given: Value): Doc {
  const { doc, bytes } = prepareInsert(given);
  const { catalog } = request.server.engine;
  access.insert(catalog.findOrCreate(ns), bytes, doc);
  return { n: 1 };
}

/** Checks a document and puts its _id first, as MongoDB stores it. */
export function prepareInsert(given: Value): { doc: Doc; bytes: Buffer } {
  let doc: Doc;
  let bytes: Buffer | undefined;
  if (given instanceof RawDocument) {
    bytes = given.bytes;
    doc = decode(bytes);
  } else if (isDocument(given)) doc = given;
  else
    throw new CommandError(
      14,
      `BSON field 'insert.documents.0' is the wrong type '${typeOf(given)}', expected type 'object'`,
    );
  const id = doc['_id'];
  checkId(id);
  const [first] = Object.keys(doc);
  let stored = doc;
  if (first !== '_id') {
    stored = { _id: id === undefined ? new ObjectId() : id, ...doc };
    bytes = undefined;
  }
  for (const key of Object.keys(stored)) {
    const value = stored[key]!;
    if (key === '_id' || typeof value !== 'object' || value === null || typeOf(value) !== 'timestamp')
      continue;
    // An empty timestamp asks the server for the time.
    if ((value as Timestamp).toBigInt() !== 0n) continue;
    stored = { ...stored, [key]: new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }) };
    bytes = undefined;
  }
  const encoded = bytes ?? encode(stored);
  if (encoded.length > maxDocumentBytes) {
    throw badValue(
      `object to insert too large. size in bytes: ${encoded.length}, max size: ${maxDocumentBytes}`,
    );
  }
  // The bytes of a message are freed with it; what is stored must not keep all of it alive.
  return { doc: stored, bytes: encoded };
}

export function checkId(id: Value | undefined): void {
  if (id === undefined) return;
  const type = typeOf(id);
  if (type === 'array' || type === 'regex' || type === 'undefined') {
    throw new CommandError(53, `The '_id' value cannot be of type ${type}`);
  }
  if (isDocument(id)) {
    const bad = Object.keys(id).find((key) => key.startsWith('$'));
    if (bad)
      throw new CommandError(
        52,
        `_id fields may not contain '$'-prefixed fields: ${bad} is not valid for storage.`,
      );
  }
}
