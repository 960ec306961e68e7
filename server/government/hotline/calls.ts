import type { Clock } from '../../kernel/clock.ts';
import { type GatewayKey, gatewayHeaders } from '../kit/gatewaySignature.ts';
import type { GovernmentHttp } from '../kit/http.ts';
import { isObject, type Json, parseTolerant, pickText } from '../kit/tolerantJson.ts';
import { hotlineRefusal } from './errors.ts';

type Query = Readonly<Record<string, string>>;

/** REST with JSON through the gateway; `{code:0}` is yes. */
export interface HotlineCalls {
  get(path: string, query: Query, signal: AbortSignal): Promise<Json>;
  post(path: string, body: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<Json>;
  /** A file as it is; what it is called goes in the query. */
  send(path: string, query: Query, mime: string, bytes: Buffer, signal: AbortSignal): Promise<Json>;
}

export function hotlineCalls(http: GovernmentHttp, gateway: GatewayKey, clock: Clock): HotlineCalls {
  const call = async (
    method: 'GET' | 'POST',
    target: string,
    signal: AbortSignal,
    sent?: { readonly type: string; readonly body: string | Buffer },
  ): Promise<Json> => {
    const answer = await http.call({
      ...{ method, target, signal },
      headers: { ...gatewayHeaders(gateway, clock.wall()), ...(sent && { 'content-type': sent.type }) },
      ...(sent && { body: sent.body }),
    });
    const value = parseTolerant('hotline', answer.text);
    const code = pickText(value, 'code');
    if (!isObject(value) || code !== '0') throw hotlineRefusal(code, pickText(value, 'msg'));
    return value;
  };
  const withQuery = (path: string, query: Query): string =>
    `${path}?${new URLSearchParams(query).toString()}`;
  return {
    get: (path, query, signal) => call('GET', withQuery(path, query), signal),
    post: (path, body, signal) =>
      call('POST', path, signal, { type: 'application/json; charset=utf-8', body: JSON.stringify(body) }),
    send: (path, query, mime, bytes, signal) =>
      call('POST', withQuery(path, query), signal, { type: mime, body: bytes }),
  };
}
