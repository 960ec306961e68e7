import * as z from 'zod/mini';
import { fieldKind } from '../kind.ts';

export const tableOptions = z.object({
  /** Fields as in a form; tables in tables are not allowed. Read by `definition.ts`. */
  columns: z.array(z.record(z.string(), z.unknown())).check(z.minLength(1), z.maxLength(12)),
  minRows: z._default(z.int().check(z.minimum(0)), 0),
  maxRows: z._default(z.int().check(z.minimum(1), z.maximum(50)), 20),
});

/** Rows of fields. The cells are judged one by one in `validate.ts`. */
export const table = fieldKind({
  kind: 'table',
  please: '请添加',
  options: tableOptions,
  schema: ({ minRows, maxRows }) =>
    z.array(z.record(z.string(), z.unknown(), { error: '请填写这一行' }), { error: '请添加内容' }).check(
      z.refine((value) => value.length >= minRows, { error: `至少填 ${minRows} 行` }),
      z.refine((value) => value.length <= maxRows, { error: `最多填 ${maxRows} 行` }),
    ),
});
