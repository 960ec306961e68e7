import { type Document, EJSON, ObjectId } from 'bson';
import type { Comparison } from './batteryCase.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** Fields that tell about the server's clock and replication, not about the answer. */
const volatileFields = new Set([
  '$clusterTime',
  'operationTime',
  'opTime',
  'electionId',
  'localTime',
  'recoveryToken',
]);
const errorFields = ['ok', 'code', 'codeName', 'errorLabels', 'keyPattern', 'keyValue'];
const DUPLICATE_KEY = 11000;
const ONE_DAY_MS = 86_400_000;

/**
 * A reply as plain JSON in which everything that a second run would answer differently (generated ids, the time, the
 * name of the database of this run) is replaced by a word. The texts of errors are dropped, as MongoDB promises codes
 * and not words, except for duplicate keys, where libraries read the index name out of the text.
 */
export function normaliseReply(reply: Document, database: string, compare: Comparison): Json {
  const text = EJSON.stringify(reply, { relaxed: false }).replaceAll(database, 'battery');
  const plain = settle(JSON.parse(text) as Json) as JsonObject;
  for (const field of volatileFields) delete plain[field];
  plain['ok'] = numberOf(plain['ok'] ?? null);
  if (plain['ok'] === 0) return pick(withoutText(plain), [...errorFields, 'errmsg']);
  if (compare === 'index') return { index: indexOfPlan(plain) };
  for (const field of ['writeErrors', 'writeConcernError']) {
    const errors = plain[field];
    if (Array.isArray(errors)) plain[field] = errors.map((one) => withoutText(one as JsonObject));
  }
  const cursor = plain['cursor'] as JsonObject | undefined;
  if (cursor) {
    cursor['id'] = numberOf(cursor['id'] ?? null) === 0 ? 'exhausted' : 'open';
    delete cursor['atClusterTime'];
    if (compare === 'unordered') {
      for (const batch of ['firstBatch', 'nextBatch']) {
        const documents = cursor[batch];
        if (Array.isArray(documents))
          documents.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      }
    }
    plain['cursor'] = sortKeys(cursor);
  }
  if (compare === 'unordered' && Array.isArray(plain['values'])) {
    plain['values'].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return Array.isArray(compare) ? pick(plain, ['ok', ...compare]) : sortKeys(plain);
}

function settle(value: Json): Json {
  if (Array.isArray(value)) return value.map(settle);
  if (value === null || typeof value !== 'object') return value;
  const oid = value['$oid'];
  if (typeof oid === 'string')
    return isRecent(new ObjectId(oid).getTimestamp().getTime()) ? '<generated id>' : value;
  const date = value['$date'];
  if (date !== undefined) return isRecent(numberOf(date)) ? '<now>' : value;
  const timestamp = value['$timestamp'];
  if (timestamp !== undefined) {
    return isRecent(1000 * Number((timestamp as JsonObject)['t'])) ? '<now timestamp>' : value;
  }
  const binary = value['$binary'] as JsonObject | undefined;
  if (binary?.['subType'] === '04') return '<uuid>';
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, settle(inner)]));
}

function isRecent(milliseconds: number): boolean {
  return Math.abs(Date.now() - milliseconds) < ONE_DAY_MS;
}

function withoutText(error: JsonObject): JsonObject {
  const { errmsg, ...rest } = error;
  const code = numberOf(error['code'] ?? null);
  delete rest['errInfo'];
  const text = code === DUPLICATE_KEY ? /E11000.*$/s.exec(String(errmsg))?.[0] : undefined;
  return sortKeys(text === undefined ? rest : { ...rest, errmsg: text });
}

/** The name of the first index met in the winning plan; both plan formats of MongoDB 7 are understood. */
function indexOfPlan(explained: JsonObject): Json {
  const found = firstOf(explained, 'winningPlan');
  if (found === undefined) return 'no plan';
  const name = firstOf(found, 'indexName');
  if (name !== undefined) return name;
  return JSON.stringify(found).includes('"IDHACK"') ? '_id_' : (stageOf(found) ?? 'no index');
}

function stageOf(plan: Json): string | undefined {
  const text = JSON.stringify(plan);
  return /"(COLLSCAN|EOF)"/.exec(text)?.[1];
}

function firstOf(value: Json, field: string): Json | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (!Array.isArray(value) && value[field] !== undefined) return value[field];
  for (const inner of Object.values(value)) {
    const found = firstOf(inner, field);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Numbers arrive in extended JSON: `{ "$numberInt": "1" }`. */
function numberOf(value: Json): number {
  if (typeof value === 'number') return value;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return Number.NaN;
  return Number(value['$numberInt'] ?? value['$numberLong'] ?? value['$numberDouble']);
}

function pick(from: JsonObject, fields: readonly string[]): JsonObject {
  const kept: JsonObject = {};
  for (const field of fields) if (from[field] !== undefined) kept[field] = from[field];
  return sortKeys(kept);
}

/** The order of a reply's own fields is not part of the protocol; the order inside documents is, and stays. */
function sortKeys(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
