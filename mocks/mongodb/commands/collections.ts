import { equal } from '../bson/compare.ts';
import { encode } from '../bson/encode.ts';
import { asNumber, type Doc, isDocument, type Value } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import type { Collection } from '../storage/catalog.ts';
import { Blocked } from '../storage/environment.ts';
import {
  checkFields,
  type Handler,
  namespace,
  optionalBoolean,
  optionalDocument,
  type Request,
  type Server,
} from './context.ts';

/** A collection's shape waits for open transactions that wrote to it. */
export function awaitWriters(server: Server, collection: Collection): void {
  const writer = server.sessions.writerOf((transaction) => transaction.touches(collection));
  if (writer) throw new Blocked(writer.ended);
}

function noTransaction(request: Request): void {
  if (request.transaction) {
    throw new CommandError(263, `Cannot run '${request.name}' in a multi-document transaction.`);
  }
}

const createFields = new Set([
  'capped',
  'size',
  'max',
  'validator',
  'validationLevel',
  'validationAction',
  'indexOptionDefaults',
  'collation',
  'timeseries',
  'clusteredIndex',
  'viewOn',
  'pipeline',
  'autoIndexId',
  'idIndex',
  'storageEngine',
  'expireAfterSeconds',
  'changeStreamPreAndPostImages',
  'encryptedFields',
  'temp',
  'flags',
]);

export const create: Handler = async (request) => {
  checkFields(request, createFields);
  const { command, server } = request;
  const ns = namespace(request);
  const present = server.engine.catalog.find(ns);
  if (present && Object.keys(command).some((option) => createFields.has(option))) {
    throw new CommandError(48, `Collection ${ns} already exists.`);
  }
  for (const option of [
    'validator',
    'timeseries',
    'clusteredIndex',
    'viewOn',
    'encryptedFields',
    'changeStreamPreAndPostImages',
  ]) {
    if (command[option] !== undefined) throw notImplemented(`create with ${option}`);
  }
  if (optionalBoolean(request, 'capped')) throw notImplemented('create with capped');
  await server.engine.env.write(() => {
    const { catalog } = server.engine;
    const existing = catalog.find(ns);
    if (!existing) return void catalog.create(ns);
    if (!equal(existing.options, {})) throw new CommandError(48, `Collection ${ns} already exists.`);
  });
  return {};
};

export const drop: Handler = async (request) => {
  noTransaction(request);
  checkFields(request, new Set());
  const ns = namespace(request);
  const { engine } = request.server;
  const dropped = await engine.env.write(() => {
    const collection = engine.catalog.find(ns);
    if (!collection) return undefined;
    awaitWriters(request.server, collection);
    engine.catalog.drop(collection);
    return collection.indexes.length;
  });
  // Since 7.0 dropping what is not there succeeds.
  return dropped === undefined ? {} : { nIndexesWas: dropped, ns };
};

export const dropDatabase: Handler = async (request) => {
  noTransaction(request);
  checkFields(request, new Set());
  const { engine } = request.server;
  await engine.env.write(() => {
    const collections = engine.catalog.collectionsOf(request.database);
    for (const collection of collections) awaitWriters(request.server, collection);
    for (const collection of collections) engine.catalog.drop(collection);
  });
  return {};
};

export const listCollections: Handler = async (request) => {
  checkFields(request, new Set(['filter', 'nameOnly', 'authorizedCollections', 'cursor']));
  const filter = compileFilter(optionalDocument(request, 'filter') ?? {});
  const nameOnly = optionalBoolean(request, 'nameOnly');
  const list = request.server.engine.catalog
    .collectionsOf(request.database)
    .map((collection) => collection.info())
    .filter((info) => filter.matches(info))
    .map((info) => (nameOnly ? { name: info['name']!, type: 'collection' } : info));
  return listReply(request, `${request.database}.$cmd.listCollections`, list);
};

export async function listReply(request: Request, ns: string, list: Doc[]): Promise<Doc> {
  const cursor = optionalDocument(request, 'cursor');
  const size = asNumber(cursor?.['batchSize']) ?? list.length + 1;
  let given = 0;
  const source = (function* () {
    for (const doc of list) {
      given++;
      yield encode(doc);
    }
  })();
  const atEnd = () => given >= list.length;
  const { id, batch } = await request.server.cursors.first(ns, source, size, { atEnd });
  return { cursor: { id, ns, firstBatch: batch } };
}

export const listDatabases: Handler = (request) => {
  checkFields(request, new Set(['filter', 'nameOnly', 'authorizedDatabases']));
  const filter = compileFilter(optionalDocument(request, 'filter') ?? {});
  const sizes = new Map<string, number>();
  for (const collection of request.server.engine.catalog.all()) {
    sizes.set(collection.database, (sizes.get(collection.database) ?? 0) + collection.bytes);
  }
  const databases = [...sizes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]): Doc => ({ name, sizeOnDisk: BigInt(bytes), empty: false }))
    .filter((each) => filter.matches(each));
  if (optionalBoolean(request, 'nameOnly'))
    return { databases: databases.map(({ name }): Value => ({ name: name! })) };
  const total = databases.reduce((sum, each) => sum + Number(each['sizeOnDisk']), 0);
  return { databases, totalSize: BigInt(total), totalSizeMb: BigInt(Math.floor(total / 1048576)) };
};

export const renameCollection: Handler = async (request) => {
  noTransaction(request);
  checkFields(request, new Set(['to', 'dropTarget']));
  const from = request.command['renameCollection'];
  const { to } = request.command;
  if (typeof from !== 'string' || typeof to !== 'string')
    throw new CommandError(14, "BSON field 'renameCollection.to' is the wrong type, expected type 'string'");
  const { engine } = request.server;
  await engine.env.write(() => {
    const source = engine.catalog.find(from);
    if (!source) throw new CommandError(26, `Source collection ${from} does not exist`);
    if (from === to) throw new CommandError(20, "Can't rename a collection to itself");
    awaitWriters(request.server, source);
    const target = engine.catalog.find(to);
    if (target && !optionalBoolean(request, 'dropTarget'))
      throw new CommandError(48, 'target namespace exists');
    if (target) engine.catalog.drop(target);
    engine.catalog.rename(source, to);
  });
  return {};
};

export const collMod: Handler = async (request) => {
  noTransaction(request);
  checkFields(
    request,
    new Set([
      'index',
      'validator',
      'validationLevel',
      'validationAction',
      'expireAfterSeconds',
      'changeStreamPreAndPostImages',
    ]),
  );
  const { command, server } = request;
  for (const option of Object.keys(command)) {
    if (
      [
        'validator',
        'validationLevel',
        'validationAction',
        'expireAfterSeconds',
        'changeStreamPreAndPostImages',
      ].includes(option)
    )
      throw notImplemented(`collMod with ${option}`);
  }
  const change = optionalDocument(request, 'index');
  return server.engine.env.write((): Doc => {
    const collection = server.engine.catalog.find(namespace(request));
    if (!collection) throw new CommandError(26, `ns does not exist`);
    if (!change) return {};
    const index = collection.indexes.find((each) =>
      change['name'] !== undefined
        ? each.name === change['name']
        : isDocument(change['keyPattern'] ?? null) && equal(each.keyPattern, change['keyPattern']!),
    );
    if (!index)
      throw new CommandError(
        27,
        `cannot find index ${String(change['name'])} for ns ${collection.namespace}`,
      );
    const reply: Doc = {};
    const seconds = asNumber(change['expireAfterSeconds']);
    if (seconds !== undefined) {
      if (index.expireAfterSeconds !== undefined)
        reply['expireAfterSeconds_old'] = BigInt(index.expireAfterSeconds);
      index.spec['expireAfterSeconds'] = change['expireAfterSeconds']!;
      reply['expireAfterSeconds_new'] = BigInt(seconds);
    }
    if (typeof change['hidden'] === 'boolean') {
      reply['hidden_old'] = index.hidden;
      index.hidden = change['hidden'];
      if (index.hidden) index.spec['hidden'] = true;
      else delete index.spec['hidden'];
      reply['hidden_new'] = index.hidden;
    }
    if (change['unique'] !== undefined || change['prepareUnique'] !== undefined)
      throw notImplemented('collMod to a unique index');
    server.engine.catalog.save(collection);
    return reply;
  });
};
