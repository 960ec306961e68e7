import { alphabet31, mod31 } from './checkCharacters.ts';
import { maskMiddle } from './mask.ts';
import { isOrganisationCode } from './organisationCode.ts';

const shape = new RegExp(`^[${alphabet31}]{2}\\d{6}[${alphabet31}]{10}$`);

/**
 * 统一社会信用代码 (GB 32100): department, kind, 6 of place, an organisation code with a check of its own, a check
 * character. Departments and kinds are not listed: new ones appear (only 1, 5, 9 and Y are common).
 */
export function isCreditCode(code: string): boolean {
  return shape.test(code) && isOrganisationCode(code.slice(8, 17)) && mod31(code.slice(0, 17)) === code[17];
}

/** 「9144**********0111」 */
export const maskCreditCode = (code: string): string => maskMiddle(code, 4, 4);
