import * as z from 'zod/mini';
import { fieldKind } from '../kind.ts';

export const calculatedOptions = z.object({
  /** `sum` of numbers or money; `count` of rows of a table; `column` adds up a column of a table. */
  sum: z._default(z.array(z.string()), []),
  count: z._default(z.nullable(z.string()), null),
  column: z._default(z.nullable(z.object({ table: z.string(), key: z.string() })), null),
  unit: z._default(z.nullable(z.string()), null),
});

const add = (values: readonly unknown[]): number =>
  values.reduce<number>((sum, each) => sum + (typeof each === 'number' ? each : 0), 0);

/** Works the value out of the other tidied answers; what somebody sends for it is not looked at. */
export function calculate(
  options: z.output<typeof calculatedOptions>,
  answers: Readonly<Record<string, unknown>>,
): number {
  const rowsOf = (key: string): readonly unknown[] => (Array.isArray(answers[key]) ? answers[key] : []);
  if (options.count !== null) return rowsOf(options.count).length;
  const { column } = options;
  if (column)
    return add(rowsOf(column.table).map((row) => (row as Record<string, unknown> | null)?.[column.key]));
  return add(options.sum.map((key) => answers[key]));
}

/** A figure the form works out by itself. */
export const calculated = fieldKind({
  kind: 'calculated',
  asks: false,
  options: calculatedOptions,
  schema: () => z.number(),
});
