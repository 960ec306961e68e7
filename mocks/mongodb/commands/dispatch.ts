import { asNumber, type Doc, Double, isDocument } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { txnNumber } from '../sessions/sessions.ts';
import type { Request, Server } from './context.ts';
import { adminOnly, handlers, inTransaction, retryable } from './registry.ts';

/** Runs one command and answers, whatever happens, with a reply document. */
export async function dispatch(server: Server, command: Doc, connectionId: number): Promise<Doc> {
  try {
    return { ...(await run(server, command, connectionId)), ok: new Double(1) };
  } catch (error) {
    if (error instanceof CommandError) return { ...error.toReply(), ok: new Double(0) };
    console.error(error);
    return { ...new CommandError(1, `internal error: ${String(error)}`).toReply(), ok: new Double(0) };
  }
}

const isCommand = (name: string): boolean => handlers.has(name);

async function run(server: Server, command: Doc, connectionId: number): Promise<Doc> {
  const [name] = Object.keys(command);
  if (name === undefined) throw new CommandError(59, "no such command: ''");
  const handler = handlers.get(name);
  if (!handler) throw new CommandError(59, `no such command: '${name}'`);
  const database = command['$db'];
  if (typeof database !== 'string' || database === '')
    throw new CommandError(40571, 'OP_MSG requests require a $db argument');
  if (/[/\\. "$*<>:|?\0]/.test(database) || Buffer.byteLength(database) >= 64) {
    throw new CommandError(73, `Invalid database name: '${database}'`);
  }
  if (adminOnly.has(name) && database !== 'admin')
    throw new CommandError(13, `${name} may only be run against the admin database.`);
  checkGeneric(name, command);
  const request: Request = {
    server,
    name,
    command,
    database,
    connectionId,
    transaction: undefined,
    isCommand,
  };
  if (name === 'commitTransaction' || name === 'abortTransaction') return handler(request);
  if (command['autocommit'] !== undefined || command['startTransaction'] !== undefined) {
    if (!inTransaction.has(name)) {
      throw new CommandError(263, `Cannot run '${name}' in a multi-document transaction.`);
    }
    if (name === 'count')
      throw new CommandError(
        263,
        "Cannot run 'count' in a multi-document transaction. Please see http://dochub.mongodb.org/core/transaction-count for a recommended alternative.",
      );
    request.transaction = server.sessions.transactionOf(command);
  }
  try {
    return await handler(request);
  } catch (error) {
    // A failed statement ends its transaction; the client is told by the next one.
    if (request.transaction) server.sessions.abortOpen(request.transaction);
    throw error;
  }
}

const readConcerns = new Set(['local', 'available', 'majority', 'linearizable', 'snapshot']);

/** Fields any command may carry, checked once for all. */
function checkGeneric(name: string, command: Doc): void {
  const version = command['apiVersion'];
  if (version !== undefined && version !== '1') throw new CommandError(322, `API version must be "1"`);
  const limit = asNumber(command['maxTimeMS']);
  if (limit !== undefined && limit < 0)
    throw new CommandError(2, `${limit} value for maxTimeMS is out of range`);
  const concern = command['readConcern'];
  if (isDocument(concern ?? null)) {
    const level = (concern as Doc)['level'];
    if (level !== undefined && (typeof level !== 'string' || !readConcerns.has(level))) {
      throw new CommandError(
        9,
        `Enumeration value '${String(level)}' for field 'readConcern.level' is not a valid value.`,
      );
    }
  }
  if (command['txnNumber'] === undefined) return;
  if (command['lsid'] === undefined)
    throw new CommandError(72, 'Transaction number requires a session ID to also be specified');
  if (txnNumber(command) < 0n) throw new CommandError(72, 'Transaction number cannot be negative');
  if (command['autocommit'] === undefined && !retryable.has(name)) {
    throw new CommandError(
      50768,
      `txnNumber may only be provided for multi-document transactions and retryable write commands. autocommit:false was not provided, and ${name} is not a retryable write command.`,
    );
  }
}
