import type { Middleware } from 'koa';
import type { Clock } from '../../kernel/clock.ts';
import { type GatewayKey, isFromGateway } from '../kit/gatewaySignature.ts';
import { rawBody } from '../kit/rawBody.ts';
import { isObject, type Json, parseTolerant, pickText } from '../kit/tolerantJson.ts';
import { isSignedBy } from './callbackSignature.ts';
import { eventFromWire } from './mapping.ts';
import type { AppealCallback } from './port.ts';

export interface HotlineCallbackOptions {
  readonly gateway: GatewayKey;
  /** Shared with the platform, HMAC-SM3. */
  readonly key: string;
  readonly clock: Clock;
  /** Keeps what came, readable or not; resolves when it is safe. `takeEvents.ts` has it. */
  readonly keep: (raw: Json, appealNumber: string) => Promise<void>;
  /** Told of each event after it is kept, again for what is sent again. */
  readonly onEvent?: (callback: AppealCallback) => Promise<void>;
}

export const hotlineCallbackPath = '/government/hotline/callback';

/**
 * `POST /government/hotline/callback`: mount it before the body parser. 401 for what the gateway did not sign, 400 for a body that is
 * not theirs; `{"code":0}` only once the event is kept, so that whatever goes wrong is sent again.
 */
export function hotlineCallback(options: HotlineCallbackOptions): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== hotlineCallbackPath || ctx.method !== 'POST') return next();
    if (!isFromGateway(options.gateway, ctx.headers, options.clock.wall())) {
      ctx.status = 401;
      ctx.body = { code: 401, msg: '鉴权失败' };
      return;
    }
    const raw = asJson((await rawBody(ctx, 256 * 1024))?.toString('utf8'));
    const appealNumber = signedNumber(options.key, raw);
    if (raw === null || appealNumber === null) {
      ctx.status = 400;
      ctx.body = { code: 400, msg: '报文或签名无效' };
      return;
    }
    await options.keep(raw, appealNumber);
    const event = eventFromWire(appealNumber, raw);
    if (event) await options.onEvent?.({ event });
    ctx.status = 200;
    ctx.body = { code: 0, msg: 'success' };
  };
}

/** The appeal a genuine callback is about. */
function signedNumber(key: string, raw: Json): string | null {
  if (!isObject(raw)) return null;
  const [appealNo, seq, status, time, sign] = ['appealNo', 'seq', 'status', 'time', 'sign'].map((name) =>
    pickText(raw, name),
  );
  if (!appealNo || !seq || !status || !time || !sign || !/^\w{6,32}$/.test(appealNo)) return null;
  const fields = { appealNo, seq, status, time, masterNo: pickText(raw, 'masterNo') };
  return isSignedBy(key, fields, sign) ? appealNo : null;
}

function asJson(text: string | undefined): Json {
  try {
    return parseTolerant('hotline', text ?? '');
  } catch {
    return null;
  }
}
