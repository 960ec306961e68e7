import type { Doc } from '../bson/value.ts';
import { aggregate } from './aggregate.ts';
import {
  collMod,
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  renameCollection,
} from './collections.ts';
import type { Handler } from './context.ts';
import { count, distinct } from './count.ts';
import { deleteCommand } from './delete.ts';
import {
  collStats,
  connectionStatus,
  currentOp,
  dbStats,
  getCmdLineOpts,
  getDefaultRWConcern,
  getLog,
  getParameter,
  hostInfo,
  replSetGetConfig,
  replSetGetStatus,
  serverStatus,
  whatsMyUri,
} from './diagnostics.ts';
import { explain } from './explain.ts';
import { find, getMore, killCursors } from './find.ts';
import { findAndModify } from './findAndModify.ts';
import { buildInfo, hello, ping } from './handshake.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { insert } from './insert.ts';
import {
  abortTransaction,
  commitTransaction,
  endSessions,
  noSessionWork,
  startSession,
} from './transactions.ts';
import { update } from './update.ts';

/** All commands, by the names clients use. */
export const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['hello', hello],
  ['isMaster', hello],
  ['ismaster', hello],
  ['ping', ping],
  ['buildInfo', buildInfo],
  ['buildinfo', buildInfo],
  ['insert', insert],
  ['find', find],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['update', update],
  ['delete', deleteCommand],
  ['findAndModify', findAndModify],
  ['findandmodify', findAndModify],
  ['aggregate', aggregate],
  ['count', count],
  ['distinct', distinct],
  ['explain', explain],
  ['create', create],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['renameCollection', renameCollection],
  ['collMod', collMod],
  ['listCollections', listCollections],
  ['listDatabases', listDatabases],
  ['createIndexes', createIndexes],
  ['dropIndexes', dropIndexes],
  ['deleteIndexes', dropIndexes],
  ['listIndexes', listIndexes],
  ['commitTransaction', commitTransaction],
  ['abortTransaction', abortTransaction],
  ['endSessions', endSessions],
  ['startSession', startSession],
  ['whatsmyuri', whatsMyUri],
  ['listCommands', listCommands],
  ['currentOp', currentOp],
  ['refreshSessions', noSessionWork],
  ['serverStatus', serverStatus],
  ['collStats', collStats],
  ['dbStats', dbStats],
  ['dbstats', dbStats],
  ['connectionStatus', connectionStatus],
  ['hostInfo', hostInfo],
  ['getParameter', getParameter],
  ['getCmdLineOpts', getCmdLineOpts],
  ['getLog', getLog],
  ['replSetGetStatus', replSetGetStatus],
  ['replSetGetConfig', replSetGetConfig],
  ['getDefaultRWConcern', getDefaultRWConcern],
]);

/** Answers with their names alone. */
function listCommands(): Doc {
  const commands: Doc = {};
  for (const name of handlers.keys())
    commands[name] = { help: '', requiresAuth: false, secondaryOk: true, adminOnly: adminOnly.has(name) };
  return { commands };
}

/** Commands of the admin database. */
export const adminOnly: ReadonlySet<string> = new Set([
  'listDatabases',
  'renameCollection',
  'replSetGetStatus',
  'replSetGetConfig',
  'getParameter',
  'getCmdLineOpts',
  'getLog',
  'currentOp',
  'getDefaultRWConcern',
  'commitTransaction',
  'abortTransaction',
]);

/** Commands that may carry a number for retrying. */
export const retryable: ReadonlySet<string> = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
  'bulkWrite',
  'aggregate',
]);

/** Commands that may run inside a multi-document transaction. */
export const inTransaction: ReadonlySet<string> = new Set([
  'insert',
  'find',
  'getMore',
  'killCursors',
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
  'aggregate',
  'distinct',
  'count',
  'create',
  'createIndexes',
  'bulkWrite',
]);
