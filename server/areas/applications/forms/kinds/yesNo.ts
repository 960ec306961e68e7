import * as z from 'zod/mini';
import { fieldKind } from '../kind.ts';

/** Yes or no. */
export const yesNo = fieldKind({
  kind: 'yesNo',
  please: '请选择',
  options: z.object({}),
  schema: () => z.boolean({ error: '请选“是”或“否”' }),
});
