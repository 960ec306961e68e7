import * as z from 'zod/mini';
import { count, fieldKind, plain } from '../kind.ts';

export const longTextOptions = z.object({
  minLength: z._default(count.limit(0, 2000), 0),
  maxLength: z._default(count.limit(1, 5000), 500),
});

/** Several lines of text. */
export const longText = fieldKind({
  kind: 'longText',
  options: longTextOptions,
  tidy: plain,
  schema: ({ minLength, maxLength }) =>
    z.string({ error: '请填写文字' }).check(
      z.refine((value) => [...value].length >= minLength, { error: `至少填 ${minLength} 个字` }),
      z.refine((value) => [...value].length <= maxLength, { error: `最多填 ${maxLength} 个字` }),
    ),
});
