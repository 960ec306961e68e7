import { hostname, totalmem } from 'node:os';
import { storageStats } from '../aggregate/stages/stats.ts';
import { count, type Doc, double, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Collection } from '../storage/catalog.ts';
import { checkFields, type Handler, namespace } from './context.ts';
import { version } from './handshake.ts';

export const serverStatus: Handler = ({ server }) => {
  const memory = process.memoryUsage();
  const uptime = (Date.now() - server.started.getTime()) / 1000;
  return {
    host: server.address,
    version,
    process: 'mongodb-stand-in',
    pid: BigInt(process.pid),
    uptime: double(uptime),
    uptimeMillis: BigInt(Math.round(uptime * 1000)),
    localTime: new Date(),
    connections: {
      current: server.connections.size,
      available: 1_000_000,
      totalCreated: server.connections.size,
    },
    opcounters: {
      insert: BigInt(server.counters.inserts),
      query: BigInt(server.counters.queries),
      update: BigInt(server.counters.updates),
      delete: BigInt(server.counters.deletes),
      getmore: BigInt(server.counters.getmores),
      command: BigInt(server.counters.commands),
    },
    mem: { bits: 64, resident: Math.round(memory.rss / 1048576), virtual: 0, supported: true },
    metrics: { cursor: { open: { total: BigInt(server.cursors.size) } } },
    transactions: { currentOpen: BigInt(server.sessions.openTransactions) },
    repl: {
      setName: server.setName,
      hosts: [server.address],
      primary: server.address,
      me: server.address,
      isWritablePrimary: true,
      secondary: false,
    },
    storageEngine: { name: 'lmdb', supportsCommittedReads: true, persistent: true, readOnly: false },
  };
};

function sizes(collections: Collection[]) {
  const objects = collections.reduce((sum, each) => sum + each.count, 0);
  const bytes = collections.reduce((sum, each) => sum + each.bytes, 0);
  return { objects, bytes };
}

export const collStats: Handler = (request) => {
  checkFields(request, new Set(['scale']));
  const ns = namespace(request);
  const collection = request.server.engine.catalog.find(ns);
  return { ns, ...storageStats(collection) };
};

export const dbStats: Handler = (request) => {
  checkFields(request, new Set(['scale', 'freeStorage']));
  const collections = request.server.engine.catalog.collectionsOf(request.database);
  const { objects, bytes } = sizes(collections);
  return {
    db: request.database,
    collections: BigInt(collections.length),
    views: 0n,
    objects: BigInt(objects),
    avgObjSize: double(objects > 0 ? bytes / objects : 0),
    dataSize: double(bytes),
    storageSize: double(bytes),
    indexes: BigInt(collections.reduce((sum, each) => sum + each.indexes.length, 0)),
    indexSize: double(0),
    totalSize: double(bytes),
    scaleFactor: 1n,
  };
};

export const connectionStatus: Handler = () => ({
  authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
});

export const hostInfo: Handler = () => ({
  system: {
    currentTime: new Date(),
    hostname: hostname(),
    cpuAddrSize: 64,
    memSizeMB: BigInt(Math.floor(totalmem() / 1048576)),
    numCores: 1,
  },
  os: { type: process.platform, name: process.platform, version: '' },
  extra: {},
});

const parameters: Doc = {
  featureCompatibilityVersion: { version: '7.0' },
  transactionLifetimeLimitSeconds: 60,
  ttlMonitorEnabled: true,
};

export const getParameter: Handler = (request) => {
  const wanted = request.command['getParameter'];
  if (wanted === '*' || (isDocument(wanted ?? null) && (wanted as Doc)['allParameters'] === true))
    return { ...parameters };
  const found: Doc = {};
  for (const [name, value] of Object.entries(parameters))
    if (request.command[name] !== undefined) found[name] = value;
  if (Object.keys(found).length === 0) throw new CommandError(72, 'no option found to get');
  return found;
};

export const getCmdLineOpts: Handler = () => ({ argv: ['mongodb-stand-in'], parsed: {} });

export const getLog: Handler = (request) => {
  if (request.command['getLog'] === '*') return { names: ['global', 'startupWarnings'] };
  return { totalLinesWritten: 0, log: [] };
};

export const replSetGetStatus: Handler = ({ server }) => ({
  set: server.setName,
  date: new Date(),
  myState: 1,
  term: 1n,
  members: [
    {
      _id: 0,
      name: server.address,
      health: double(1),
      state: 1,
      stateStr: 'PRIMARY',
      uptime: 1,
      self: true,
    } as Value,
  ],
});

export const replSetGetConfig: Handler = ({ server }) => ({
  config: {
    _id: server.setName,
    version: 1,
    term: 1n,
    members: [{ _id: 0, host: server.address, priority: double(1), votes: 1 }],
    settings: {},
  },
});

export const getDefaultRWConcern: Handler = () => ({
  defaultReadConcern: { level: 'local' },
  defaultWriteConcern: { w: 'majority', wtimeout: 0 },
});

export const validate: Handler = (request) => {
  const ns = namespace(request);
  const collection = request.server.engine.catalog.find(ns);
  if (!collection) throw new CommandError(26, `Collection '${ns}' does not exist to validate.`);
  return {
    ns,
    nrecords: count(collection.count),
    nIndexes: collection.indexes.length,
    valid: true,
    warnings: [],
    errors: [],
  };
};

export const whatsMyUri: Handler = ({ connectionId }) => ({ you: `127.0.0.1:${connectionId}` });

/** Commands here run to their end in one go, so there is never one in progress to show. */
export const currentOp: Handler = () => ({ inprog: [] });
