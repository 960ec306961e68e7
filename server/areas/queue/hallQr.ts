import { createHmac, timingSafeEqual } from 'node:crypto';

const prefix = 'ZCH1';

const sign = (hallId: string, secret: string): string =>
  createHmac('sha256', secret).update(`${prefix}.${hallId}`).digest('base64url').slice(0, 22);

/** What the check-in poster of a hall says: `ZCH1.<hallId>.<signature>`. */
export const hallQrText = (hallId: string, secret: string): string =>
  `${prefix}.${hallId}.${sign(hallId, secret)}`;

/** The hall a poster stands in, or null where it is not ours. */
export function readHallQr(text: string, secret: string): string | null {
  const [head, hallId, signature, rest] = text.trim().split('.');
  if (head !== prefix || !hallId || !signature || rest !== undefined) return null;
  const expected = Buffer.from(sign(hallId, secret));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected) ? hallId : null;
}
