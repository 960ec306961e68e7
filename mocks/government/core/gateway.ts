import { createHash } from 'node:crypto';
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
