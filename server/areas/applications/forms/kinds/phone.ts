import * as z from 'zod/mini';
import { isFixedLine, isMobile } from '../../../../kernel/identifiers/phone.ts';
import { codeLike, fieldKind, textThat } from '../kind.ts';

export const phoneOptions = z.object({ fixedLine: z._default(z.boolean(), false) });

/** A mobile number, or with `fixedLine` also a fixed line. */
export const phone = fieldKind({
  kind: 'phone',
  options: phoneOptions,
  tidy: (raw) => {
    const text = codeLike(raw);
    return typeof text === 'string' ? text.replace(/^(\+86|0086)/, '') : text;
  },
  schema: ({ fixedLine }) =>
    textThat(
      (value) => isMobile(value) || (fixedLine && isFixedLine(value)),
      fixedLine ? '号码不对，请填手机号或带区号的座机' : '手机号不对，请核对 11 位',
    ),
});
