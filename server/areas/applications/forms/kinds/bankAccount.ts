import * as z from 'zod/mini';
import { codeLike, fieldKind, plain, textThat } from '../kind.ts';

/** The check digit of card numbers (ISO/IEC 7812, Luhn). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    sum += at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

export const bankAccountOptions = z.object({ cardOnly: z._default(z.boolean(), true) });

/** `{ holder, bank, number }`; a card's number has its check digit, a firm's account only a length. */
export const bankAccount = fieldKind({
  kind: 'bankAccount',
  options: bankAccountOptions,
  tidy: (raw) => {
    if (typeof raw !== 'object' || raw === null) return raw;
    const { holder, bank, number } = raw as Record<string, unknown>;
    return { holder: plain(holder), bank: plain(bank), number: codeLike(number) };
  },
  schema: ({ cardOnly }) =>
    z.object(
      {
        holder: textThat((value) => value.length >= 2 && value.length <= 60, '请填户名'),
        bank: textThat((value) => value.length >= 2 && value.length <= 60, '请填开户银行'),
        number: textThat(
          (value) => (cardOnly ? /^\d{16,19}$/.test(value) && passesLuhn(value) : /^\d{8,30}$/.test(value)),
          '银行账号不对，请核对',
        ),
      },
      { error: '请填银行账户' },
    ),
});
