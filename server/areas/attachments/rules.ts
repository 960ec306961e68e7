/** Limits of 综合受理: 5 MB a file, 20 files a case, names up to 100 bytes in GBK and without emoji. */
export const maxBytes = 5 * 1024 * 1024;
export const maxFiles = 20;
export const partSize = 256 * 1024;

export const partsOf = (size: number): number => Math.ceil(size / partSize);

/** How long part `number` of a file must be. */
export const lengthOfPart = (size: number, number: number): number =>
  Math.min(partSize, size - number * partSize);

/** Two bytes a character outside ASCII: what GBK takes. */
const gbkBytes = (name: string): number =>
  [...name].reduce((sum, sign) => sum + (sign < '\u0080' ? 1 : 2), 0);

/** No folders, no control characters, nothing outside the plane that GBK knows. */
export const isGoodName = (name: string): boolean =>
  name.trim() !== '' &&
  !name.startsWith('.') &&
  gbkBytes(name) <= 100 &&
  !/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Extended_Pictographic}]/u.test(name) &&
  [...name].every((sign) => sign.length === 1);

export type KindOfFile = 'pdf' | 'jpg' | 'png' | 'ofd';
