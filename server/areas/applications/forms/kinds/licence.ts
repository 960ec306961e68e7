import * as z from 'zod/mini';
import { fieldKind } from '../kind.ts';

export const licenceOptions = z.object({ licenceType: z.string().check(z.minLength(1)) });

/** An e-licence of the applicant's: `{ code, name }`. Whether they hold it is asked of the licence service by the server. */
export const licence = fieldKind({
  kind: 'licence',
  please: '请选择',
  options: licenceOptions,
  schema: () =>
    z.object(
      {
        code: z.string({ error: '请选择电子证照' }).check(z.minLength(8), z.maxLength(120)),
        name: z.string({ error: '请选择电子证照' }).check(z.maxLength(80)),
      },
      { error: '请选择电子证照' },
    ),
});
