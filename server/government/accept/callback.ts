import type { Middleware } from 'koa';
import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { sm2Verify } from '../../kernel/crypto/sm2.ts';
import { type GatewayKey, isFromGateway } from '../kit/gatewaySignature.ts';
import { rawBody } from '../kit/rawBody.ts';
import { eventFromRow } from '../progress/fromRow.ts';
import { canonicalJson } from './canonical.ts';
import type { AcceptCallback } from './port.ts';

const Callback = z.object({
  bizNo: z.string().max(64),
  seq: z.number().int(),
  table: z.string().max(40),
  row: z.record(z.string().max(60), z.string().max(20_000)),
  sign: z.string().max(200),
});

export interface AcceptCallbackOptions {
  readonly gateway: GatewayKey;
  /** Theirs, SM2, 130 hex digits. */
  readonly theirPublicKey: string;
  readonly clock: Clock;
  /** Keeps the event; resolves when it is safe. Called again for what they send again. */
  readonly onEvent: (callback: AcceptCallback) => Promise<void>;
  /** Keeps a row that is of no table or time we know. */
  readonly onUnread: (table: string, row: Readonly<Record<string, string>>) => Promise<void>;
}

export const acceptCallbackPath = '/government/accept/callback';

/**
 * `POST /government/accept/callback`: mount it before the body parser. 401 for what the gateway did not sign, 400 for a body that is
 * not theirs; `{"code":0}` only once the event is kept, so that whatever goes wrong is sent again.
 */
export function acceptCallback(options: AcceptCallbackOptions): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== acceptCallbackPath || ctx.method !== 'POST') return next();
    if (!isFromGateway(options.gateway, ctx.headers, options.clock.wall())) {
      ctx.status = 401;
      ctx.body = { code: 401, msg: '鉴权失败' };
      return;
    }
    const parsed = Callback.safeParse(asJson((await rawBody(ctx, 256 * 1024))?.toString('utf8')));
    if (!parsed.success || !isSigned(options.theirPublicKey, parsed.data)) {
      ctx.status = 400;
      ctx.body = { code: 400, msg: '报文或签名无效' };
      return;
    }
    const { bizNo, table, row } = parsed.data;
    const event = eventFromRow(table, row);
    if (event) await options.onEvent({ ourNumber: bizNo, event });
    else await options.onUnread(table, row);
    ctx.status = 200;
    ctx.body = { code: 0, msg: 'success' };
  };
}

function isSigned(publicKey: string, { sign, ...rest }: z.output<typeof Callback>): boolean {
  return sm2Verify(publicKey, Buffer.from(canonicalJson(rest)), Buffer.from(sign, 'base64'), 'raw');
}

function asJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return null;
  }
}
