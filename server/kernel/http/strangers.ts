import type { ZodError } from 'zod';
import { HallError, hallErrors } from './hallError.ts';

/** Errors that are not ours (parser, socket, driver), mapped at this one place so that nothing internal leaks. */
export function explainFault(thrown: unknown): HallError {
  const status = readNumber(thrown, 'status');
  const name = readString(thrown, 'name');
  if (status === 413) return new HallError(hallErrors.tooLarge, { cause: thrown });
  if (status === 400 || status === 415) return new HallError(hallErrors.badInput, { cause: thrown });
  if (name === 'URIError') return new HallError(hallErrors.badInput, { cause: thrown });
  if (name === 'MongoServerSelectionError' || name === 'MongoNetworkError') {
    return new HallError(hallErrors.busy, { cause: thrown });
  }
  return new HallError(hallErrors.fault, { cause: thrown });
}

/** Which fields are wrong, without echoing what was typed. */
export function badInput(error: ZodError, where: string): HallError {
  const fields = error.issues
    .slice(0, 20)
    .map((issue) => ({ field: [where, ...issue.path].join('.'), rule: issue.code }));
  return new HallError(hallErrors.badInput, { details: { fields } });
}

function readNumber(thrown: unknown, key: string): number | undefined {
  const value = (thrown as Record<string, unknown> | null)?.[key];
  return typeof value === 'number' ? value : undefined;
}

function readString(thrown: unknown, key: string): string | undefined {
  const value = (thrown as Record<string, unknown> | null)?.[key];
  return typeof value === 'string' ? value : undefined;
}
