import * as z from 'zod/mini';
import { fieldKind } from '../kind.ts';

export const noticeOptions = z.object({ text: z.string().check(z.minLength(1), z.maxLength(1000)) });

/** A word of help between the fields. */
export const notice = fieldKind({
  kind: 'notice',
  asks: false,
  options: noticeOptions,
  schema: () => z.undefined(),
});
