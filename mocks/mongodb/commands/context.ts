import type { Socket } from 'node:net';
import { typeOf } from '../bson/typeOf.ts';
import { asNumber, type Doc, isDocument, type Value } from '../bson/value.ts';
import { CommandError, notImplemented } from '../errors.ts';
import type { Cursors } from '../sessions/cursors.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { OpenTransaction } from '../sessions/transaction.ts';
import type { Engine } from '../storage/engine.ts';

/** What all commands can reach. */
export interface Server {
  engine: Engine;
  cursors: Cursors;
  sessions: Sessions;
  setName: string;
  address: string;
  started: Date;
  connections: Set<Socket>;
  counters: {
    inserts: number;
    queries: number;
    updates: number;
    deletes: number;
    getmores: number;
    commands: number;
  };
}

/** One command as it arrived. */
export interface Request {
  server: Server;
  name: string;
  command: Doc;
  database: string;
  connectionId: number;
  /** Set when the command runs inside a multi-document transaction. */
  transaction: OpenTransaction | undefined;
  /** Whether there is a command of this name: for commands that carry another one. */
  isCommand: (name: string) => boolean;
}

export type Handler = (request: Request) => Doc | Promise<Doc>;

/** Fields any command may carry. */
const common = new Set([
  '$db',
  'lsid',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'stmtId',
  'stmtIds',
  'writeConcern',
  'readConcern',
  '$readPreference',
  '$clusterTime',
  'maxTimeMS',
  'comment',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  '$audit',
  '$client',
  '$configServerState',
  'mayBypassWriteBlocking',
  '$oplogQueryData',
  'databaseVersion',
  'bypassEmptyTsReplacement',
]);

/** Refuses fields nobody knows (40415), so that a misspelt or unsupported option never passes silently. */
export function checkFields(request: Request, known: ReadonlySet<string>): void {
  for (const key of Object.keys(request.command)) {
    if (key === request.name || known.has(key) || common.has(key)) continue;
    throw new CommandError(40415, `BSON field '${request.name}.${key}' is an unknown field.`);
  }
  checkCollation(request.command['collation']);
}

/** Only the simple binary order of strings is supported. */
export function checkCollation(collation: Value | undefined): void {
  if (collation === undefined || collation === null) return;
  if (isDocument(collation) && (Object.keys(collation).length === 0 || collation['locale'] === 'simple'))
    return;
  throw notImplemented('collation');
}

export function collectionName(request: Request): string {
  const name = request.command[request.name];
  if (typeof name !== 'string') {
    throw new CommandError(2, `collection name has invalid type ${typeOf(name ?? null)}`);
  }
  if (name === '' || name.includes('\0'))
    throw new CommandError(73, `Invalid namespace specified '${request.database}.${name}'`);
  return name;
}

export function namespace(request: Request): string {
  return `${request.database}.${collectionName(request)}`;
}

export function optionalDocument(request: Request, field: string): Doc | undefined {
  const value = request.command[field];
  if (value === undefined || value === null) return undefined;
  if (!isDocument(value)) {
    throw new CommandError(
      14,
      `BSON field '${request.name}.${field}' is the wrong type '${typeOf(value)}', expected type 'object'`,
    );
  }
  return value;
}

export function optionalCount(request: Request, field: string): number | undefined {
  const value = request.command[field];
  if (value === undefined || value === null) return undefined;
  const number = asNumber(value);
  if (number === undefined) {
    throw new CommandError(
      14,
      `BSON field '${field}' is the wrong type '${typeOf(value)}', expected types '[long, int, decimal, double]'`,
    );
  }
  if (number < 0)
    throw new CommandError(51024, `BSON field '${field}' value must be >= 0, actual value '${number}'`);
  return Math.trunc(number);
}

export function optionalBoolean(request: Request, field: string): boolean {
  const value = request.command[field];
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  const number = asNumber(value);
  if (number === undefined) {
    throw new CommandError(
      14,
      `BSON field '${request.name}.${field}' is the wrong type '${typeOf(value)}', expected types '[bool, long, int, decimal, double']`,
    );
  }
  return number !== 0;
}

/** `let` of the command, as variables for expressions. */
export function letVariables(request: Request): Map<string, Value | undefined> {
  const variables = new Map<string, Value | undefined>();
  const given = optionalDocument(request, 'let');
  for (const [name, value] of Object.entries(given ?? {})) variables.set(name, value);
  return variables;
}
