import * as z from 'zod/mini';
import { isCreditCode } from '../../../../kernel/identifiers/creditCode.ts';
import { codeLike, fieldKind, textThat } from '../kind.ts';

/** 统一社会信用代码 (GB 32100). */
export const uscc = fieldKind({
  kind: 'uscc',
  options: z.object({}),
  tidy: codeLike,
  schema: () => textThat(isCreditCode, '统一社会信用代码不对，请核对 18 位'),
});
