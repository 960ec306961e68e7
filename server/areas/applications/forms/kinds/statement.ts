import * as z from 'zod/mini';
import { fieldKind } from '../kind.ts';

export const statementOptions = z.object({
  /** What is promised. */
  text: z.string().check(z.minLength(1), z.maxLength(3000)),
  textVersion: z.string(),
});

/** A promise that is signed by agreeing: `{ agreed: true, textVersion }`. The version that was shown is kept with the case. */
export const statement = fieldKind({
  kind: 'statement',
  please: '请阅读并同意',
  options: statementOptions,
  schema: ({ textVersion }) =>
    z.object(
      {
        agreed: z.literal(true, { error: '请阅读后勾选' }),
        textVersion: z.literal(textVersion, { error: '内容已更新，请重新阅读后勾选' }),
      },
      { error: '请阅读后勾选' },
    ),
});
