import { isBirthDate } from './birthDate.ts';
import { mod11x2 } from './checkCharacters.ts';

/**
 * 外国人永久居留身份证. Cards since December 2023: 9, 2 of the accepting province, 3 of nationality (ISO 3166 numeric),
 * 8 of birth, 3 in sequence, check. Older cards, still valid: three letters and 12 digits.
 */
export function isPermanentResidenceId(id: string, today: string): boolean {
  if (/^[A-Z]{3}\d{12}$/.test(id)) return true;
  return (
    /^9\d{16}[\dX]$/.test(id) && isBirthDate(id.slice(6, 14), today) && mod11x2(id.slice(0, 17)) === id[17]
  );
}
