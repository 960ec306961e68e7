import { isBirthDate } from './birthDate.ts';
import { mod11x2 } from './checkCharacters.ts';
import { maskMiddle } from './mask.ts';

/**
 * 居民身份证号 (GB 11643): 6 of place, 8 of birth, 3 in sequence, a check character. The place is not looked up: codes are
 * retired (440183 was 增城市) and stay on cards. 15-digit ids are no documents since 2013. Give upper case (`normaliseId`).
 * @param today `YYYY-MM-DD`: nobody is born later.
 */
export function isResidentId(id: string, today: string): boolean {
  return (
    /^[1-6]\d{16}[\dX]$/.test(id) &&
    isBirthDate(id.slice(6, 14), today) &&
    mod11x2(id.slice(0, 17)) === id[17]
  );
}

/** As people type it: blanks, full-width digits, a small x. */
export const normaliseId = (typed: string): string =>
  typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** `YYYY-MM-DD`. Also right for the permits that share the layout. */
export const birthDateOf = (id: string): string =>
  `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;

export const sexOf = (id: string): 'male' | 'female' => (Number(id[16]) % 2 === 1 ? 'male' : 'female');

/** Full years on a day. */
export function ageOn(id: string, day: string): number {
  const birth = birthDateOf(id);
  return Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (day.slice(5) < birth.slice(5) ? 1 : 0);
}

/** The owner's own view: 「440***********0019」. */
export const maskId = (id: string): string => maskMiddle(id, 3, 4);

/** What others may see: 「4****************9」. */
export const maskIdForOthers = (id: string): string => maskMiddle(id, 1, 1);
