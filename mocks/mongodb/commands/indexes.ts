import { equal } from '../bson/compare.ts';
import { decode } from '../bson/decode.ts';
import { show } from '../bson/show.ts';
import { typeOf } from '../bson/typeOf.ts';
import { asNumber, type Doc, isDocument, type Value } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { type Collection, prefixOf } from '../storage/catalog.ts';
import { duplicateKey, type Engine, putKey, uniqueOwner } from '../storage/engine.ts';
import { Index } from '../storage/indexDefinition.ts';
import { awaitWriters, listReply } from './collections.ts';
import { checkCollation, checkFields, type Handler, namespace } from './context.ts';

const maxIndexes = 64;
const specFields = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'background',
  'expireAfterSeconds',
  'partialFilterExpression',
  'hidden',
  'collation',
  'ns',
]);
/** Options of other index kinds, which are refused by name. */
const absentFields = new Set([
  'storageEngine',
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'bucketSize',
  'wildcardProjection',
  'clustered',
  'prepareUnique',
]);

export const createIndexes: Handler = async (request) => {
  checkFields(request, new Set(['indexes', 'ignoreUnknownIndexOptions', 'commitQuorum']));
  const { indexes } = request.command;
  if (!Array.isArray(indexes))
    throw new CommandError(40414, "BSON field 'createIndexes.indexes' is missing but a required field");
  if (indexes.length === 0) throw new CommandError(2, 'Must specify at least one index to create');
  const specs = indexes.map((spec) => checkSpec(spec));
  const ns = namespace(request);
  const { engine } = request.server;
  return engine.env.write((): Doc => {
    const existed = engine.catalog.find(ns);
    if (existed && !request.transaction) awaitWriters(request.server, existed);
    const fresh: Index[] = [];
    const before = existed?.indexes.length ?? 1;
    for (const spec of specs) if (!existed || !alreadyThere(existed, spec)) fresh.push(new Index(0, spec));
    if (existed && fresh.length === 0) {
      return {
        numIndexesBefore: before,
        numIndexesAfter: before,
        note: 'all indexes already exist',
        commitQuorum: 'votingMembers',
      };
    }
    if (existed && request.transaction) {
      throw new CommandError(
        263,
        `Cannot create new indexes on existing collection ${ns} in a multi-document transaction.`,
      );
    }
    if (before + fresh.length > maxIndexes)
      throw new CommandError(
        67,
        `add index fails, too many indexes for ${ns} key:${show(fresh[0]!.keyPattern)}`,
      );
    const collection = existed ?? engine.catalog.create(ns);
    const built: Index[] = [];
    try {
      for (const { spec } of fresh) {
        if (alreadyThere(collection, spec)) continue;
        const index = new Index(engine.catalog.nextId(), spec);
        built.push(index);
        build(engine, collection, index);
        index.since = ++engine.shapeSequence;
        collection.indexes.push(index);
      }
    } catch (error) {
      // All or none of the indexes of a command are made.
      collection.indexes = collection.indexes.filter((index) => !built.includes(index));
      for (const index of built) engine.catalog.markForPurge(index.id);
      engine.catalog.save(collection);
      throw error;
    }
    engine.catalog.save(collection);
    return {
      numIndexesBefore: before,
      numIndexesAfter: collection.indexes.length,
      createdCollectionAutomatically: !existed,
      commitQuorum: 'votingMembers',
    };
  });
};

function checkSpec(given: Value): Doc {
  if (!isDocument(given)) throw new CommandError(14, "The elements of the 'indexes' array must be objects");
  for (const field of Object.keys(given)) {
    if (absentFields.has(field)) throw notImplemented(`index option ${field}`);
    if (!specFields.has(field))
      throw new CommandError(
        197,
        `The field '${field}' is not valid for an index specification. Specification: ${show(given)}`,
      );
  }
  checkCollation(given['collation']);
  const { key, name } = given;
  if (!isDocument(key ?? null))
    throw new CommandError(9, "The 'key' field is a required property of an index specification");
  if (typeof name !== 'string' || name === '')
    throw new CommandError(9, "The 'name' field is a required property of an index specification");
  const pattern = key as Doc;
  const paths = Object.keys(pattern);
  if (paths.length === 0) throw new CommandError(67, 'Index keys cannot be an empty object');
  if (paths.length > 32) throw new CommandError(67, 'Index key pattern too large');
  for (const path of paths) {
    const direction = pattern[path]!;
    if (typeof direction === 'string') {
      if (['text', '2d', '2dsphere', 'hashed'].includes(direction))
        throw notImplemented(`index type ${direction}`);
      throw new CommandError(67, `Unknown index plugin '${direction}'`);
    }
    const number = asNumber(direction);
    if (number === undefined)
      throw new CommandError(
        67,
        `Values in v:2 index key pattern cannot be of type ${typeOf(direction)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
      );
    if (number === 0 || Number.isNaN(number))
      throw new CommandError(67, `Values in the index key pattern cannot be 0.`);
    if (path === '' || path.split('.').includes(''))
      throw new CommandError(67, 'Index keys cannot contain an empty field.');
    if (path.startsWith('$') || path.includes('.$')) {
      if (path.includes('$**')) throw notImplemented('wildcard index');
      throw new CommandError(67, `Index key contains an illegal field name: field name starts with '$'.`);
    }
    if (path.includes('$**')) throw notImplemented('wildcard index');
  }
  const partial = given['partialFilterExpression'];
  if (partial !== undefined) {
    if (!isDocument(partial))
      throw new CommandError(14, "The field 'partialFilterExpression' must be an object");
    checkPartial(partial);
    if (given['sparse'] === true)
      throw new CommandError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  }
  const seconds = given['expireAfterSeconds'];
  if (seconds !== undefined) {
    const number = asNumber(seconds);
    if (number === undefined)
      throw new CommandError(
        67,
        `TTL index 'expireAfterSeconds' option must be numeric, but received a type of '${typeOf(seconds)}'.`,
      );
    if (number < 0 || number > 2147483647)
      throw new CommandError(
        67,
        `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different number than ${number}.`,
      );
    if (paths.length > 1)
      throw new CommandError(
        67,
        'TTL indexes are single-field indexes, compound indexes do not support TTL.',
      );
    if (paths[0] === '_id')
      throw new CommandError(
        197,
        `The field 'expireAfterSeconds' is not valid for an _id index specification.`,
      );
  }
  const spec: Doc = { v: 2, key: pattern, name };
  for (const field of [
    'unique',
    'sparse',
    'expireAfterSeconds',
    'partialFilterExpression',
    'hidden',
    'background',
  ]) {
    const value = given[field];
    if (value === undefined || (value === false && field !== 'background')) continue;
    spec[field] =
      field === 'unique' || field === 'sparse' || field === 'hidden' ? asNumber(value) !== 0 : value;
  }
  if (paths.length === 1 && paths[0] === '_id') spec['name'] = '_id_';
  return spec;
}

const partialOps = new Set([
  '$eq',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$exists',
  '$type',
  '$in',
  '$and',
  '$or',
  '$not',
]);

function checkPartial(filter: Doc): void {
  for (const [key, value] of Object.entries(filter)) {
    if (key === '$and' || key === '$or') {
      for (const part of Array.isArray(value) ? value : []) if (isDocument(part)) checkPartial(part);
      continue;
    }
    if (key.startsWith('$')) throw new CommandError(67, `Unsupported expression in partial index: ${key}`);
    if (!isDocument(value)) continue;
    for (const [op, operand] of Object.entries(value)) {
      if (!op.startsWith('$')) break;
      if (!partialOps.has(op) || op === '$not' || (op === '$exists' && operand === false)) {
        throw new CommandError(67, `Expression not supported in partial index: ${show(filter)}`);
      }
    }
  }
  compileFilter(filter);
}

/** The same index again is no error; the same name or keys with other properties is. */
function alreadyThere(collection: Collection, spec: Doc): boolean {
  const name = spec['name'] as string;
  const key = spec['key'] as Doc;
  if (name === '_id_') return true;
  const same = (index: Index) =>
    sameKey(index.keyPattern, key) &&
    equal(index.spec['partialFilterExpression'] ?? null, spec['partialFilterExpression'] ?? null) &&
    index.unique === (spec['unique'] === true) &&
    index.sparse === (spec['sparse'] === true);
  for (const index of collection.indexes) {
    const ttl = equal(index.spec['expireAfterSeconds'] ?? null, spec['expireAfterSeconds'] ?? null);
    if (index.name === name) {
      if (same(index) && ttl) return true;
      if (same(index)) {
        throw new CommandError(
          85,
          `An equivalent index already exists with the same name but different options. Requested index: ${show(spec)}, existing index: ${show(index.spec)}`,
        );
      }
      throw new CommandError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${show(spec)}, existing index: ${show(index.spec)}`,
      );
    }
    if (same(index)) {
      if (!ttl) {
        throw new CommandError(
          85,
          `An equivalent index already exists with a different name and options. Requested index: ${show(spec)}, existing index: ${show(index.spec)}`,
        );
      }
      throw new CommandError(85, `Index already exists with a different name: ${index.name}`);
    }
    if (
      sameKey(index.keyPattern, key) &&
      equal(index.spec['partialFilterExpression'] ?? null, spec['partialFilterExpression'] ?? null) &&
      index.sparse === (spec['sparse'] === true) &&
      !index.isId
    ) {
    }
  }
  return false;
}

function sameKey(a: Doc, b: Doc): boolean {
  const names = Object.keys(a);
  const others = Object.keys(b);
  return (
    names.length === others.length &&
    names.every((name, i) => name === others[i] && equal(a[name]!, b[name]!))
  );
}

function build(engine: Engine, collection: Collection, index: Index): void {
  const range = { start: collection.prefix, end: prefixOf(collection.id + 1) };
  for (const { key, value } of engine.env.records.getRange(range)) {
    const record = (key as Buffer).readUIntBE(4, 6);
    const made = index.keysFor(decode(value));
    made.keys.forEach((indexKey, i) => {
      if (index.unique) {
        const taken = uniqueOwner(engine, indexKey);
        if (taken !== undefined && taken !== record) throw duplicateKey(collection, index, made.values[i]!);
      }
      putKey(engine, index, indexKey, record);
    });
    noteShapeOf(index, made);
  }
}

function noteShapeOf(index: Index, made: { multikey: boolean[]; shortened: boolean }): void {
  made.multikey.forEach((is, i) => {
    if (is) index.multikey[i] = true;
  });
  if (made.shortened) index.shortened = true;
}

export const dropIndexes: Handler = async (request) => {
  if (request.transaction)
    throw new CommandError(263, `Cannot run 'dropIndexes' in a multi-document transaction.`);
  checkFields(request, new Set(['index']));
  const wanted = request.command['index'];
  const { engine } = request.server;
  const ns = namespace(request);
  return engine.env.write((): Doc => {
    const collection = engine.catalog.find(ns);
    if (!collection) throw new CommandError(26, `ns not found ${ns}`);
    awaitWriters(request.server, collection);
    const before = collection.indexes.length;
    const doomed =
      wanted === '*'
        ? collection.indexes.slice(1)
        : namesOf(wanted).map((name) => oneIndex(collection, name));
    for (const index of doomed) engine.catalog.markForPurge(index.id);
    collection.indexes = collection.indexes.filter((index) => !doomed.includes(index));
    engine.catalog.save(collection);
    return wanted === '*'
      ? { nIndexesWas: before, msg: 'non-_id indexes dropped for collection' }
      : { nIndexesWas: before };
  });
};

const namesOf = (wanted: Value | undefined): Value[] => (Array.isArray(wanted) ? wanted : [wanted ?? null]);

function oneIndex(collection: Collection, wanted: Value): Index {
  const index = collection.indexes.find((each) =>
    typeof wanted === 'string'
      ? each.name === wanted
      : isDocument(wanted) && sameKey(each.keyPattern, wanted),
  );
  if (!index) {
    if (typeof wanted === 'string') throw new CommandError(27, `index not found with name [${wanted}]`);
    throw new CommandError(27, `can't find index with key: ${show(wanted)}`);
  }
  if (index.isId) throw new CommandError(72, 'cannot drop _id index');
  return index;
}

export const listIndexes: Handler = async (request) => {
  checkFields(request, new Set(['cursor']));
  const ns = namespace(request);
  const collection = request.server.engine.catalog.find(ns);
  if (!collection) throw new CommandError(26, `ns does not exist: ${ns}`);
  return listReply(
    request,
    ns,
    collection.indexes.map((index) => index.toSpec()),
  );
};
