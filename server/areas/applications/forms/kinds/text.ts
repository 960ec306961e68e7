import * as z from 'zod/mini';
import { count, fieldKind, plain } from '../kind.ts';

export const textOptions = z.object({
  minLength: z._default(count.limit(0, 200), 0),
  maxLength: z._default(count.limit(1, 200), 60),
});

/** One line of text. */
export const text = fieldKind({
  kind: 'text',
  options: textOptions,
  tidy: plain,
  schema: ({ minLength, maxLength }) =>
    z.string({ error: '请填写文字' }).check(
      z.refine((value) => [...value].length >= minLength, { error: `至少填 ${minLength} 个字` }),
      z.refine((value) => [...value].length <= maxLength, { error: `最多填 ${maxLength} 个字` }),
      z.refine((value) => !value.includes('\n'), { error: '请填在一行里' }),
    ),
});
