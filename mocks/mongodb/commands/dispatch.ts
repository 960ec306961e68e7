import { type Doc, Double } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Request, Server } from './context.ts';
import { handlers, inTransaction } from './registry.ts';

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
  const request: Request = { server, name, command, database, connectionId, transaction: undefined };
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
