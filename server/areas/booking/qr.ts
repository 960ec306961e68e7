import { createHmac, timingSafeEqual } from 'node:crypto';

const prefix = 'ZCQ1';

const sign = (bookingId: string, key: string): string =>
  createHmac('sha256', key).update(`${prefix}.${bookingId}`).digest('base64url').slice(0, 22);

/** What the booking's QR code says: `ZCQ1.<bookingId>.<signature>`. It holds nothing about the person. */
export const qrTextOf = (bookingId: string, key: string): string =>
  `${prefix}.${bookingId}.${sign(bookingId, key)}`;

/** The booking a QR text names, or null where it was not written by this hall. */
export function readQr(text: string, key: string): string | null {
  const [head, bookingId, signature, rest] = text.trim().split('.');
  if (head !== prefix || !bookingId || !signature || rest !== undefined) return null;
  const expected = Buffer.from(sign(bookingId, key));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected) ? bookingId : null;
}
