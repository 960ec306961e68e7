import * as z from 'zod/mini';
import { isEmpty } from './kind.ts';

/** When a field or a material is shown. */
export type Condition =
  | { readonly field: string; readonly is: string | number | boolean }
  | { readonly field: string; readonly in: readonly (string | number | boolean)[] }
  | { readonly field: string; readonly filled: boolean }
  | { readonly situation: string; readonly is: string }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

const scalar = z.union([z.string(), z.number(), z.boolean()]);
export const Condition: z.ZodMiniType<Condition> = z.union([
  z.strictObject({ field: z.string(), is: scalar }),
  z.strictObject({ field: z.string(), in: z.array(scalar) }),
  z.strictObject({ field: z.string(), filled: z.boolean() }),
  z.strictObject({ situation: z.string(), is: z.string() }),
  z.strictObject({ all: z.array(z.lazy(() => Condition)) }),
  z.strictObject({ any: z.array(z.lazy(() => Condition)) }),
  z.strictObject({ not: z.lazy(() => Condition) }),
]);

export interface Facts {
  readonly answers: Readonly<Record<string, unknown>>;
  /** Option by situation code. */
  readonly situation: Readonly<Record<string, string>>;
}

/** A list of several choices `is` what it contains. */
const matches = (value: unknown, wanted: unknown): boolean =>
  Array.isArray(value) ? value.includes(wanted) : value === wanted;

export function holds(condition: Condition | null, facts: Facts): boolean {
  if (condition === null) return true;
  if ('all' in condition) return condition.all.every((each) => holds(each, facts));
  if ('any' in condition) return condition.any.some((each) => holds(each, facts));
  if ('not' in condition) return !holds(condition.not, facts);
  if ('situation' in condition) return facts.situation[condition.situation] === condition.is;
  const value = facts.answers[condition.field];
  if ('filled' in condition) return isEmpty(value) !== condition.filled;
  if ('in' in condition) return condition.in.some((wanted) => matches(value, wanted));
  return matches(value, condition.is);
}

/** The fields a condition looks at. */
export function fieldsOf(condition: Condition | null): string[] {
  if (condition === null) return [];
  if ('all' in condition) return condition.all.flatMap(fieldsOf);
  if ('any' in condition) return condition.any.flatMap(fieldsOf);
  if ('not' in condition) return fieldsOf(condition.not);
  return 'field' in condition ? [condition.field] : [];
}
