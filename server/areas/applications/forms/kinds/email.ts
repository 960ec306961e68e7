import * as z from 'zod/mini';
import { fieldKind, plain } from '../kind.ts';

/** An e-mail address. */
export const email = fieldKind({
  kind: 'email',
  options: z.object({}),
  tidy: plain,
  schema: () =>
    z
      .string({ error: '请填邮箱' })
      .check(
        z.regex(z.regexes.email, { error: '邮箱不对，请核对' }),
        z.maxLength(120, { error: '邮箱太长' }),
      ),
});
