import { mod11Organisation } from './checkCharacters.ts';

/** 组织机构代码 (GB 11714): 8 characters and a check, with or without the hyphen before it. */
export function isOrganisationCode(code: string): boolean {
  const plain = code.replace(/^(.{8})-(.)$/, '$1$2');
  return /^[0-9A-Z]{8}[0-9X]$/.test(plain) && mod11Organisation(plain.slice(0, 8)) === plain[8];
}
