import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Checks a TC3-HMAC-SHA256 signature over the headers that the request names. Null: it is right; otherwise the code with
 * which the provider refuses it. Written from the provider's description alone.
 */
export function refuseSignature(
  request: IncomingMessage,
  body: string,
  keys: { readonly secretId: string; readonly secretKey: string },
  now: Date,
): string | null {
  const header = (name: string): string => String(request.headers[name] ?? '');
  const form =
    /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/sms\/tc3_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;
  const match = form.exec(header('authorization'));
  if (!match) return 'AuthFailure.InvalidAuthorization';
  const [, id, date, names, given] = match as unknown as [string, string, string, string, string];
  if (id !== keys.secretId) return 'AuthFailure.SecretIdNotFound';
  const stamp = Number(header('x-tc-timestamp'));
  if (!Number.isInteger(stamp)) return 'InvalidParameter';
  if (Math.abs(now.getTime() / 1000 - stamp) > 300) return 'AuthFailure.SignatureExpire';
  if (new Date(stamp * 1000).toISOString().slice(0, 10) !== date) return 'AuthFailure.SignatureFailure';
  const list = names.split(';');
  if (!list.includes('content-type') || !list.includes('host')) return 'AuthFailure.SignatureFailure';
  const lines = list.map((name) => `${name}:${header(name).trim().toLowerCase()}\n`).join('');
  const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
  const request3 = `POST\n/\n\n${lines}\n${names}\n${digest(body)}`;
  const text = `TC3-HMAC-SHA256\n${stamp}\n${date}/sms/tc3_request\n${digest(request3)}`;
  let key: Buffer = Buffer.from(`TC3${keys.secretKey}`);
  for (const part of [date, 'sms', 'tc3_request', text])
    key = createHmac('sha256', key).update(part).digest();
  return timingSafeEqual(key, Buffer.from(given, 'hex')) ? null : 'AuthFailure.SignatureFailure';
}
