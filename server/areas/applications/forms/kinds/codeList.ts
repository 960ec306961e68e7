import * as z from 'zod/mini';
import { fieldKind, textThat } from '../kind.ts';

export const codeListOptions = z.object({
  codes: z.array(z.object({ code: z.string(), label: z.string() })).check(z.minLength(1), z.maxLength(2000)),
});

/** One of a long list that is searched, e.g. the trades of GB/T 4754. */
export const codeList = fieldKind({
  kind: 'codeList',
  please: '请选择',
  options: codeListOptions,
  schema: ({ codes }) => textThat((value) => codes.some((each) => each.code === value), '请从列表里选一项'),
});
