import { timingSafeEqual } from 'node:crypto';
import { hmacSm3 } from '../../kernel/crypto/sm.ts';

/** What the signature covers; the words and files of a callback are not among it, so a query settles them where they differ. */
export interface SignedFields {
  readonly appealNo: string;
  readonly seq: string;
  readonly status: string;
  readonly time: string;
  /** Only where the appeal was merged. */
  readonly masterNo: string | null;
}

/** HMAC-SM3 over `name=value` of the fields that are there, names in order. */
export function callbackSignature(key: string, fields: SignedFields): string {
  const text = Object.entries(fields)
    .filter(([, value]) => value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return hmacSm3(key, text).toString('hex');
}

export function isSignedBy(key: string, fields: SignedFields, sign: string): boolean {
  const expected = Buffer.from(callbackSignature(key, fields));
  const given = Buffer.from(sign.toLowerCase());
  return expected.length === given.length && timingSafeEqual(expected, given);
}
