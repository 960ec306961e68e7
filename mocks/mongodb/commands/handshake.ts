import { ObjectId } from 'bson';
import type { Doc } from '../bson/value.ts';
import type { Handler, Server } from './context.ts';
import { maxDocumentBytes } from './insert.ts';

export const version = '7.0.15';
const maxMessageBytes = 48_000_000;
const electionId = new ObjectId('7fffffff0000000000000001');

/** What a client learns first: the primary of a one-node replica set, so that sessions and transactions are on. */
export function helloReply(server: Server, connectionId: number, legacy: boolean): Doc {
  return {
    helloOk: true,
    ...(legacy ? { ismaster: true } : { isWritablePrimary: true }),
    secondary: false,
    hosts: [server.address],
    setName: server.setName,
    setVersion: 1,
    primary: server.address,
    me: server.address,
    electionId,
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
  };
}

export const hello: Handler = (request) =>
  helloReply(request.server, request.connectionId, request.name !== 'hello');

export const ping: Handler = () => ({});

export const buildInfo: Handler = () => ({
  version,
  gitVersion: 'lmdb',
  modules: ['lmdb'],
  allocator: 'system',
  javascriptEngine: 'none',
  sysInfo: 'deprecated',
  versionArray: [7, 0, 15, 0],
  bits: 64,
  debug: false,
  maxBsonObjectSize: maxDocumentBytes,
  storageEngines: ['lmdb'],
});
