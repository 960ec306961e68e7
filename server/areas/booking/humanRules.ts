import { createHash } from 'node:crypto';

/** Zero bits at the front of SHA-256 of `salt:nonce`. */
export function leadingZeroBits(salt: string, nonce: string): number {
  const hash = createHash('sha256').update(`${salt}:${nonce}`).digest();
  let bits = 0;
  for (const byte of hash) {
    if (byte === 0) {
      bits += 8;
      continue;
    }
    return bits + Math.clz32(byte) - 24;
  }
  return bits;
}

/** 「 苹 果。」 and 「苹果」 are the same answer. */
export const plainAnswer = (text: string): string => text.replace(/[\s\p{P}]/gu, '').toLowerCase();
