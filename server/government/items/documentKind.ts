import type { DocumentKind } from './port.ts';

const starts = (bytes: Uint8Array, ...magic: readonly number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte);

/**
 * What a paper is, by its first bytes: the source's labels are not to be trusted, and a login page in HTML is no form. Null for
 * anything that is not handed on.
 */
export function documentKind(bytes: Uint8Array): DocumentKind | null {
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) return 'pdf';
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47)) return 'png';
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'oldOffice';
  if (!starts(bytes, 0x50, 0x4b, 0x03, 0x04)) return null;
  const names = new TextDecoder('latin1').decode(bytes);
  if (names.includes('word/document.xml')) return 'word';
  return names.includes('xl/workbook.xml') ? 'excel' : null;
}
