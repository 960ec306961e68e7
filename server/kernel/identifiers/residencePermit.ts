import { isBirthDate } from './birthDate.ts';
import { mod11x2 } from './checkCharacters.ts';

const homes = { '810000': '香港', '820000': '澳门', '830000': '台湾' } as const;

/** 港澳台居民居住证: 18 digits like a resident id, the place tells where its holder comes from. */
export function isResidencePermit(id: string, today: string): boolean {
  return (
    /^8[123]0000\d{11}[\dX]$/.test(id) &&
    isBirthDate(id.slice(6, 14), today) &&
    mod11x2(id.slice(0, 17)) === id[17]
  );
}

export const homeOf = (id: string): '香港' | '澳门' | '台湾' | null =>
  homes[id.slice(0, 6) as keyof typeof homes] ?? null;

/** 港澳居民来往内地通行证 (H or M and 8 digits, older ones 10) or 台湾居民来往大陆通行证 (8 digits, older 10 and a letter or digit). */
export const isTravelPermit = (text: string): boolean =>
  /^([HM]\d{8}(\d{2})?|\d{8}|\d{10}[0-9A-Z])$/.test(text);
