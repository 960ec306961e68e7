import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Our name and secret at the provincial gateway. */
export interface GatewayKey {
  readonly paasId: string;
  readonly token: string;
}

/** The gateway refuses a timestamp further away than this. */
export const gatewayToleranceSeconds = 300;

const digest = (token: string, timestamp: string, nonce: string): string =>
  createHash('sha256').update(`${timestamp}${token}${nonce}${timestamp}`).digest('hex');

/** The x-tif headers of one call. `now` is the wall clock; the timestamp is in seconds. */
export function gatewayHeaders(
  key: GatewayKey,
  now: Date,
  nonce: string = randomBytes(16).toString('hex'),
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return {
    'x-tif-paasid': key.paasId,
    'x-tif-timestamp': timestamp,
    'x-tif-nonce': nonce,
    'x-tif-signature': digest(key.token, timestamp, nonce),
  };
}

/**
 * Whether a call that came to us through the gateway is genuine. Some senders write the hex in capitals.
 * Must hold before `x-tif-uid` and its like are believed.
 */
export function isFromGateway(
  key: GatewayKey,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  now: Date,
): boolean {
  const of = (name: string): string => {
    const value = headers[`x-tif-${name}`];
    return typeof value === 'string' ? value : '';
  };
  const timestamp = of('timestamp');
  if (of('paasid') !== key.paasId || of('nonce') === '' || !/^\d{10}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > gatewayToleranceSeconds) return false;
  const expected = Buffer.from(digest(key.token, timestamp, of('nonce')));
  const given = Buffer.from(of('signature').toLowerCase());
  return expected.length === given.length && timingSafeEqual(expected, given);
}
