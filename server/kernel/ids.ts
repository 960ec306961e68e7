import { randomBytes, randomInt } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford base 32: no I, L, O, U to misread

/** A sortable unguessable id, 26 characters: 10 of time, 16 of chance (the ULID layout). */
export function newId(now = Date.now()): string {
  let time = '';
  for (let rest = now, i = 0; i < 10; i++) {
    time = alphabet[rest % 32]! + time;
    rest = Math.floor(rest / 32);
  }
  return time + Array.from(randomBytes(16), (byte) => alphabet[byte % 32]).join('');
}

/** A secret for sessions and links: 256 bits, URL-safe. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** `length` random decimal digits. */
export const newDigits = (length: number): string => Array.from({ length }, () => randomInt(10)).join('');
