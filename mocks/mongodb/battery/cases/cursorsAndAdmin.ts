import { Long } from 'bson';
import { aggregate, find, insert, reading, writing } from '../batteryCase.ts';

const docs = Array.from({ length: 7 }, (_, i) => ({ _id: i, n: i % 3 }));
const more = (batchSize?: number) => ({
  getMore: '$$cursor',
  collection: 'c',
  ...(batchSize ? { batchSize } : {}),
});
const sorted = { sort: { _id: 1 } };

export const cursors = reading('cursors', { docs }, [
  ['batch by batch', [find({}, { ...sorted, batchSize: 3 }), more(3), more(3)]],
  ['an exact batch leaves the cursor open', [find({}, { ...sorted, batchSize: 7 }), more()]],
  ['a larger batch exhausts it', [find({}, { ...sorted, batchSize: 8 })]],
  ['a first batch of nothing', [find({}, { ...sorted, batchSize: 0 }), more()]],
  ['getMore without a size takes the rest', [find({}, { ...sorted, batchSize: 2 }), more()]],
  ['limit below the batch', [find({}, { ...sorted, limit: 2, batchSize: 5 })]],
  ['limit across batches', [find({}, { ...sorted, limit: 5, batchSize: 3 }), more(3)]],
  ['limit equal to the batch exhausts', [find({}, { ...sorted, limit: 3, batchSize: 3 })]],
  [
    'an aggregate in batches',
    [aggregate([{ $sort: { _id: 1 } }], { cursor: { batchSize: 4 } }), more(2), more(2)],
  ],
  [
    'killCursors',
    [find({}, { ...sorted, batchSize: 2 }), { killCursors: 'c', cursors: ['$$cursor'] }, more()],
    ['ok'],
  ],
  ['killCursors of an unknown one', [{ killCursors: 'c', cursors: [Long.fromString('123456789')] }]],
  ['getMore of an unknown one', [{ getMore: Long.fromString('123456789'), collection: 'c' }]],
  ['getMore of cursor zero', [{ getMore: Long.ZERO, collection: 'c' }]],
  [
    'getMore for another collection',
    [find({}, { ...sorted, batchSize: 2 }), { getMore: '$$cursor', collection: 'other' }],
    ['ok'],
  ],
  ['getMore needs a long', [{ getMore: 'x', collection: 'c' }]],
  ['getMore after the end', [find({}, { ...sorted, batchSize: 6 }), more(), more()], ['ok']],
  ['listIndexes in batches', [{ listIndexes: 'c', cursor: { batchSize: 1 } }]],
  [
    'noCursorTimeout and comment are allowed',
    [find({}, { ...sorted, noCursorTimeout: true, comment: 'x', limit: 1 })],
  ],
  ['readConcern majority', [find({}, { ...sorted, readConcern: { level: 'majority' }, limit: 1 })]],
  ['readConcern local', [find({}, { ...sorted, readConcern: { level: 'local' }, limit: 1 })]],
  ['readConcern unknown is refused', [find({}, { readConcern: { level: 'nothing' } })]],
  [
    'allowDiskUse and maxTimeMS are allowed',
    [find({}, { ...sorted, allowDiskUse: true, maxTimeMS: 60_000, limit: 1 })],
  ],
]);

const names = { listCollections: 1, nameOnly: true };
const pick = ['ok'];

export const collections = writing('collections', { docs: docs.slice(0, 2) }, [
  ['create', [{ create: 'fresh' }, { listCollections: 1, filter: { name: 'fresh' } }]],
  ['create what is there is refused', [{ create: 'c', capped: true, size: 4096 }]],
  ['create what is there with the same options', [{ create: 'c' }]],
  ['create with an unknown option is refused', [{ create: 'fresh', nothing: true }]],
  ['create with a bad name is refused', [{ create: 'a$b' }]],
  ['create with an empty name is refused', [{ create: '' }]],
  ['create with a dot at the start is refused', [{ create: '.a' }]],
  [
    'names with dots are fine',
    [{ create: 'agenda.jobs' }, { listCollections: 1, nameOnly: true, filter: { name: /^agenda/ } }],
  ],
  ['list names', [{ create: 'fresh' }, { ...names, authorizedCollections: false }], 'unordered'],
  ['list by a filter', [{ create: 'fresh' }, { ...names, filter: { name: { $in: ['fresh', 'x'] } } }]],
  ['list none', [{ ...names, filter: { name: 'nothing' } }]],
  ['drop', [{ drop: 'c' }, names]],
  ['drop what is not there', [{ drop: 'nothing' }]],
  ['rename', [{ renameCollection: '$$database.c', to: '$$database.d', $on: 'admin' }, names, { count: 'd' }]],
  [
    'rename onto another is refused',
    [{ create: 'd' }, { renameCollection: '$$database.c', to: '$$database.d', $on: 'admin' }],
  ],
  [
    'rename onto another with dropTarget',
    [
      { create: 'd' },
      { renameCollection: '$$database.c', to: '$$database.d', dropTarget: true, $on: 'admin' },
      names,
    ],
  ],
  [
    'rename what is not there',
    [{ renameCollection: '$$database.nothing', to: '$$database.d', $on: 'admin' }],
  ],
  ['dropDatabase', [{ dropDatabase: 1 }, names]],
  ['collMod of nothing', [{ collMod: 'c' }]],
  ['collMod of what is not there', [{ collMod: 'nothing' }]],
  [
    'an index survives emptying',
    [
      { createIndexes: 'c', indexes: [{ key: { n: 1 }, name: 'n_1' }] },
      { delete: 'c', deletes: [{ q: {}, limit: 0 }] },
      { listIndexes: 'c' },
    ],
  ],
  [
    'drop takes its indexes',
    [
      { createIndexes: 'c', indexes: [{ key: { n: 1 }, name: 'n_1' }] },
      { drop: 'c' },
      insert([{ _id: 1 }]),
      { listIndexes: 'c' },
    ],
  ],
  [
    'listDatabases by name',
    [{ listDatabases: 1, nameOnly: true, filter: { name: '$$database' }, $on: 'admin' }],
  ],
  ['collStats', [{ collStats: 'c' }], ['ns', 'count', 'nindexes', 'capped']],
  ['dbStats', [{ dbStats: 1 }], ['db', 'objects']],
  ['$collStats count', [aggregate([{ $collStats: { count: {} } }, { $project: { count: 1, ns: 1 } }])]],
  ['$indexStats names', [aggregate([{ $indexStats: {} }, { $project: { name: 1, key: 1 } }])]],
]);

export const commands = reading('commands', { docs: docs.slice(0, 2) }, [
  ['ping', { ping: 1, $on: 'admin' }],
  ['an unknown command', { nothing: 1 }],
  ['an unknown command on admin', { nothing: 1, $on: 'admin' }],
  ['the name of a command is case-sensitive', { Find: 'c', filter: {} }],
  [
    'hello',
    { hello: 1, $on: 'admin' },
    [
      'isWritablePrimary',
      'maxBsonObjectSize',
      'maxMessageSizeBytes',
      'maxWriteBatchSize',
      'logicalSessionTimeoutMinutes',
      'minWireVersion',
      'maxWireVersion',
      'readOnly',
    ],
  ],
  ['isMaster', { isMaster: 1, $on: 'admin' }, ['ismaster', 'maxBsonObjectSize', 'maxWireVersion']],
  ['ismaster with helloOk', { ismaster: 1, helloOk: true, $on: 'admin' }, ['helloOk', 'ismaster']],
  ['connectionStatus', { connectionStatus: 1, $on: 'admin' }, ['ok']],
  ['getParameter', { getParameter: 1, featureCompatibilityVersion: 1, $on: 'admin' }, pick],
  ['hostInfo', { hostInfo: 1, $on: 'admin' }, pick],
  ['serverStatus', { serverStatus: 1, $on: 'admin' }, pick],
  ['buildInfo', { buildInfo: 1, $on: 'admin' }, ['maxBsonObjectSize', 'bits']],
  ['endSessions', { endSessions: ['A'], $on: 'admin' }],
  ['refreshSessions', { refreshSessions: [], $on: 'admin' }, pick],
  ['startSession', { startSession: 1, $on: 'admin' }, ['timeoutMinutes']],
  ['getLog', { getLog: 'startupWarnings', $on: 'admin' }, pick],
  ['whatsmyuri', { whatsmyuri: 1, $on: 'admin' }, pick],
  ['getCmdLineOpts', { getCmdLineOpts: 1, $on: 'admin' }, pick],
  ['listCommands', { listCommands: 1, $on: 'admin' }, pick],
  ['currentOp', { currentOp: 1, $on: 'admin' }, pick],
  ['renameCollection only on admin', { renameCollection: 'a.b', to: 'a.c' }],
  ['listDatabases only on admin', { listDatabases: 1 }],
  ['apiVersion 1', { ping: 1, apiVersion: '1' }],
  ['apiVersion 2 is refused', { ping: 1, apiVersion: '2' }],
  ['a database name with a space is refused', { ping: 1, $on: 'a b' }],
  ['find on a bad database name', { find: 'c', filter: {}, $on: 'a.b' }],
  ['maxTimeMS negative is refused', find({}, { maxTimeMS: -1 })],
]);
