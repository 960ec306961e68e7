import * as z from 'zod/mini';
import { fieldKind } from '../kind.ts';

export const attachmentOptions = z.object({
  accept: z._default(z.array(z.enum(['pdf', 'jpg', 'png', 'ofd'])).check(z.minLength(1)), [
    'pdf',
    'jpg',
    'png',
  ]),
  maxMB: z._default(z.number().check(z.minimum(0.1), z.maximum(5)), 5),
  maxFiles: z._default(z.int().check(z.minimum(1), z.maximum(20)), 1),
});

/** Uploaded files, by our ids. */
export const attachment = fieldKind({
  kind: 'attachment',
  please: '请上传',
  options: attachmentOptions,
  schema: ({ maxFiles }) =>
    z
      .array(
        z.string({ error: '请上传文件' }).check(z.regex(/^[0-9A-Z]{26}$/, { error: '请重新上传文件' })),
        {
          error: '请上传文件',
        },
      )
      .check(
        z.refine((value) => value.length <= maxFiles, { error: `最多 ${maxFiles} 个文件` }),
        z.refine((value) => new Set(value).size === value.length, { error: '同一个文件传了两次' }),
      ),
});
