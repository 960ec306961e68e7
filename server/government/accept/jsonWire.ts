import type { Clock } from '../../kernel/clock.ts';
import { type GatewayKey, gatewayHeaders } from '../kit/gatewaySignature.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import type { GovernmentHttp } from '../kit/http.ts';
import { isObject, type Json, parseTolerant, pick, pickText } from '../kit/tolerantJson.ts';
import { canonicalJson } from './canonical.ts';
import { acceptRefusal } from './errors.ts';
import type { AcceptWire, ReceiptFields, Sign } from './wire.ts';

/** JSON over the gateway: x-tif headers on every call, an SM2 signature in the body of every change. */
export interface JsonCalls {
  get(target: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Json>;
  /** Signed. */
  post(target: string, body: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<Json>;
  send(target: string, contentType: string, body: Buffer, signal: AbortSignal): Promise<Json>;
}

export function jsonCalls(http: GovernmentHttp, gateway: GatewayKey, clock: Clock, sign: Sign): JsonCalls {
  const send = async (
    method: 'GET' | 'POST',
    target: string,
    signal: AbortSignal,
    contentType?: string,
    body?: Buffer | string,
  ): Promise<Json> => {
    const answer = await http.call({
      method,
      target,
      headers: {
        ...gatewayHeaders(gateway, clock.wall()),
        ...(contentType && { 'content-type': contentType }),
      },
      ...(body !== undefined && { body }),
      signal,
    });
    const value = parseTolerant('accept', answer.text);
    const code = pickText(value, 'code');
    if (!isObject(value) || code !== '0') throw acceptRefusal(code, pickText(value, 'msg'));
    return value;
  };
  return {
    get: (target, query, signal) => send('GET', `${target}?${new URLSearchParams(query).toString()}`, signal),
    post: (target, body, signal) => {
      const signature = { alg: 'SM2withSM3', value: sign(canonicalJson(body)) };
      const text = JSON.stringify({ ...body, signature });
      return send('POST', target, signal, 'application/json; charset=utf-8', text);
    },
    send: (target, contentType, body, signal) => send('POST', target, signal, contentType, body),
  };
}

export function jsonWire(calls: JsonCalls): AcceptWire {
  return {
    submit: async (body, signal) => receiptFrom(await calls.post('/api/submit', body, signal)),
    find: async (ourNumber, signal) => {
      const data = pick(await calls.get('/api/case', { bizNo: ourNumber }, signal), 'data');
      return isObject(data) ? receiptFrom(data) : null;
    },
    supplement: async (body, signal) => void (await calls.post('/api/supplement', body, signal)),
    withdraw: async (sblshShort, reason, signal) =>
      void (await calls.post('/api/withdraw', { sblshShort, reason }, signal)),
    close: async () => {},
  };
}

function receiptFrom(value: Json): ReceiptFields {
  const [sblsh, sblshShort, ywcxmm] = ['sblsh', 'sblshShort', 'ywcxmm'].map((name) => pickText(value, name));
  if (!sblsh || !sblshShort || !ywcxmm)
    throw new GovernmentError('accept', 'down', 'a receipt without its numbers', { code: 'shape' });
  return { sblsh, sblshShort, ywcxmm };
}
