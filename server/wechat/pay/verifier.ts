import { createVerify, type KeyObject } from 'node:crypto';
import type { NoticeHeaders } from './port.ts';

/** An answer or a notice may be this old, and this far ahead. WeChat's own limit. */
const freshMs = 5 * 60_000;
const scheme = 'WECHATPAY2-SHA256-RSA2048';

/** Keys that may sign for WeChat Pay, by serial (certificates) or id (微信支付公钥). */
export type PlatformKeys = ReadonlyMap<string, KeyObject>;

/** Why a signature does not hold, or null when it does. Never fetches anything: only known keys count. */
export function signatureFault(
  headers: NoticeHeaders,
  rawBody: string,
  keys: PlatformKeys,
  now: Date,
): string | null {
  const one = (name: string): string => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
  };
  const timestamp = one('wechatpay-timestamp');
  const nonce = one('wechatpay-nonce');
  const signature = one('wechatpay-signature');
  const serial = one('wechatpay-serial');
  const type = one('wechatpay-signature-type');
  if (!timestamp || !nonce || !signature || !serial) return 'headers are missing';
  if (type && type !== scheme) return 'unknown kind of signature';
  if (!/^\d{10}$/.test(timestamp)) return 'no timestamp';
  if (Math.abs(now.getTime() - Number(timestamp) * 1000) > freshMs) return 'stale';
  // WeChat probes receivers with signatures that begin so and must be refused.
  if (signature.startsWith('WECHATPAY/SIGNTEST/')) return 'probe';
  const key = keys.get(serial) ?? keys.get(serial.toUpperCase());
  if (!key) return 'unknown serial';
  const text = `${timestamp}\n${nonce}\n${rawBody}\n`;
  return createVerify('sha256').update(text).verify(key, signature, 'base64') ? null : 'does not verify';
}
