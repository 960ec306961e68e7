import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'koa';

/** The gateway's check of x-tif headers: what is wrong in its own words, or null. */
export function gatewayRefusal(
  ctx: Context,
  key: { paasId: string; token: string },
  now: Date,
): { code: 'FAIL'; msg: string } | null {
  const [paasId, timestamp, nonce, signature] = ['paasid', 'timestamp', 'nonce', 'signature'].map((name) =>
    ctx.get(`x-tif-${name}`),
  ) as [string, string, string, string];
  if (!paasId || !timestamp || !nonce || !signature)
    return { code: 'FAIL', msg: '鉴权参数不完整，请求不合法。' };
  const wrong = { code: 'FAIL', msg: '鉴权失败，鉴权信息有误。' } as const;
  if (paasId !== key.paasId) return wrong;
  if (!(Math.abs(Math.floor(now.getTime() / 1000) - Number(timestamp)) <= 300)) return wrong;
  const expected = createHash('sha256')
    .update(timestamp + key.token + nonce + timestamp)
    .digest('hex');
  return signature.toLowerCase() === expected ? null : wrong;
}

/** The headers of a call that goes from the government's side to the hall. This sender writes its hex in capitals. */
export function gatewayHeadersOf(key: { paasId: string; token: string }, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const nonce = randomBytes(8).toString('hex');
  const signature = createHash('sha256')
    .update(timestamp + key.token + nonce + timestamp)
    .digest('hex');
  return {
    'x-tif-paasid': key.paasId,
    'x-tif-timestamp': timestamp,
    'x-tif-nonce': nonce,
    'x-tif-signature': signature.toUpperCase(),
  };
}
