import * as z from 'zod/mini';
import { isResidentId } from '../../../../kernel/identifiers/residentId.ts';
import { codeLike, fieldKind, textThat } from '../kind.ts';

/** 居民身份证号码, 18 characters with its check (GB 11643). */
export const idNumber = fieldKind({
  kind: 'idNumber',
  options: z.object({}),
  tidy: codeLike,
  schema: (_, { today }) => textThat((value) => isResidentId(value, today), '身份证号码不对，请核对 18 位'),
});
