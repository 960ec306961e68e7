import { UUID } from 'bson';
import { CommandError } from '../errors.ts';
import { checkFields, type Handler } from './context.ts';

function checkTransactionCommand(command: Record<string, unknown>, name: string): void {
  if (command['lsid'] === undefined || command['txnNumber'] === undefined) {
    throw new CommandError(263, `${name} must be run within a transaction`);
  }
  if (command['autocommit'] !== false) throw new CommandError(72, `${name} requires autocommit: false`);
}

export const commitTransaction: Handler = async (request) => {
  checkFields(request, new Set(['recoveryToken']));
  checkTransactionCommand(request.command, 'commitTransaction');
  await request.server.sessions.commit(request.command);
  return {};
};

export const abortTransaction: Handler = (request) => {
  checkFields(request, new Set(['recoveryToken']));
  checkTransactionCommand(request.command, 'abortTransaction');
  request.server.sessions.abort(request.command);
  return {};
};

export const endSessions: Handler = (request) => {
  const list = request.command['endSessions'];
  if (!Array.isArray(list)) throw new CommandError(14, "BSON field 'endSessions' must be an array");
  request.server.sessions.end(list);
  return {};
};

export const startSession: Handler = () => ({ id: { id: new UUID() }, timeoutMinutes: 30 });

/** Sessions come to be by their first use; these only have to succeed. */
export const noSessionWork: Handler = () => ({});
