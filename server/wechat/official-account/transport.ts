import { Pool } from 'undici';
import { classOf, WechatError } from './errors.ts';

export interface TransportOptions {
  /** Scheme and host of the platform, e.g. https://api.weixin.qq.com */
  readonly base: string;
  readonly connections?: number;
  /** For the connection, and again for the answer. */
  readonly timeoutMs?: number;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly target: string;
  readonly body?: string | Buffer | undefined;
  /** JSON, unless said otherwise. */
  readonly contentType?: string | undefined;
}

const notSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** HTTP to one WeChat host: time limits, WeChat's errors made into `WechatError`, nothing secret in any of them. */
export class Transport {
  private readonly pool: Pool;
  constructor(options: TransportOptions) {
    const timeout = options.timeoutMs ?? 5000;
    this.pool = new Pool(options.base, {
      connections: options.connections ?? 32,
      connect: { timeout },
      headersTimeout: timeout,
      bodyTimeout: timeout,
      keepAliveTimeout: 20_000,
    });
  }

  async call({ method, target, body, contentType }: Call): Promise<Record<string, unknown>> {
    const path = target.split('?', 1)[0]!;
    let status: number;
    let text: string;
    try {
      const answer = await this.pool.request({
        method,
        path: target,
        headers: { 'content-type': contentType ?? 'application/json', accept: 'application/json' },
        ...(body !== undefined && { body }),
      });
      status = answer.statusCode;
      text = await answer.body.text();
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      // The cause is not attached: it may hold the address with the token, or the body with a person's data.
      const kind = typeof code === 'string' && notSent.has(code) ? 'retry' : 'unknown';
      throw new WechatError(null, kind, path, typeof code === 'string' ? code : 'no answer');
    }
    if (status < 200 || status > 299) throw new WechatError(null, 'unknown', path, `HTTP ${status}`);
    return checked(path, parsed(path, text));
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}

/** WeChat's ids are 64-bit numbers: they are kept as text, since a JavaScript number would round them. */
function parsed(path: string, text: string): Record<string, unknown> {
  const safe = text.replace(/"(msg_?id|msg_data_id|menuid|publish_id)"\s*:\s*(\d+)/gi, '"$1":"$2"');
  try {
    const value: unknown = JSON.parse(safe);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new WechatError(null, 'unknown', path, 'the answer is not JSON');
}

function checked(path: string, answer: Record<string, unknown>): Record<string, unknown> {
  const { errcode, errmsg, ...extra } = answer;
  if (typeof errcode !== 'number' || errcode === 0) return answer;
  const words = typeof errmsg === 'string' ? errmsg : '';
  const rid = /rid:\s*([\w-]+)/.exec(words)?.[1] ?? null;
  throw new WechatError(errcode, classOf(errcode), path, `${errcode} ${scrubbed(words)}`, rid, extra);
}

/** WeChat's texts name openids, tokens and addresses; our errors do not. */
const scrubbed = (text: string): string =>
  text
    .replace(/\s*rid:.*$/, '')
    .replace(/https?:\/\/\S+/g, '')
    .replace(/[\w-]{24,}/g, '***')
    .slice(0, 200)
    .trim();
