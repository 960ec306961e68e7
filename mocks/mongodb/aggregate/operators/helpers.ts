import { typeOf } from '../../bson/typeOf.ts';
import { asNumber, type Doc, isDocument, isNumeric, type Value } from '../../bson/value.ts';
import { CommandError, failedToParse } from '../../errors.ts';
import type { Compiler, Evaluate } from '../expression.ts';

export function isNullish(value: Value | undefined): value is null | undefined {
  return value === undefined || value === null || typeOf(value) === 'undefined';
}

export function typeName(value: Value | undefined): string {
  return value === undefined ? 'missing' : typeOf(value);
}

/** The named arguments of an operator that takes a document. */
export function named(
  op: string,
  value: Value,
  compiler: Compiler,
  required: string[],
  optional: string[] = [],
): Record<string, Evaluate | undefined> {
  if (!isDocument(value)) throw failedToParse(`${op} only supports an object as its argument`);
  for (const key of Object.keys(value)) {
    if (!required.includes(key) && !optional.includes(key))
      throw failedToParse(`${op} found an unknown argument: ${key}`);
  }
  const compiled: Record<string, Evaluate | undefined> = {};
  for (const key of required) {
    if (value[key] === undefined) throw failedToParse(`${op} requires '${key}' to be specified`);
  }
  for (const key of [...required, ...optional]) {
    if (value[key] !== undefined) compiled[key] = compiler.compile(value[key]);
  }
  return compiled;
}

export function documentArgument(op: string, value: Value): Doc {
  if (!isDocument(value)) throw failedToParse(`${op} only supports an object as its argument`);
  return value;
}

export function numberOr(value: Value | undefined, code: number, message: string): number {
  if (value === undefined || !isNumeric(value)) throw new CommandError(code, message);
  return asNumber(value)!;
}

/** A whole number argument such as an index. */
export function integerOr(value: Value | undefined, code: number, message: string): number {
  const number = value === undefined || !isNumeric(value) ? undefined : asNumber(value);
  if (number === undefined || !Number.isInteger(number)) throw new CommandError(code, message);
  return number;
}
