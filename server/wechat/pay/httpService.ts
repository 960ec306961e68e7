import { Pool } from 'undici';
import { kindOf, PayError } from './errors.ts';
import { type PlatformKeys, signatureFault } from './verifier.ts';

/** The host wechatpay-node-v3 writes into every address and strips before it signs. */
const libraryHost = 'https://api.mch.weixin.qq.com';

export interface HttpSettings {
  /** Scheme and host, e.g. https://api.mch.weixin.qq.com */
  readonly base: string;
  readonly keys: PlatformKeys;
  readonly timeoutMs: number;
  /** Wall time, for the freshness of answers. */
  readonly now: () => Date;
}

interface Answer {
  readonly status: number;
  readonly data: never;
}

/**
 * The library's transport, made by us: a time limit, the host from the configuration, the signature of every answer
 * checked, and failures as `PayError`s that carry neither the request nor its headers.
 */
export class PayHttp {
  private readonly pool: Pool;
  constructor(private readonly settings: HttpSettings) {
    const { timeoutMs } = settings;
    this.pool = new Pool(settings.base, {
      connections: 32,
      connect: { timeout: timeoutMs },
    });
  }

  get(url: string, headers: Record<string, string>): Promise<Answer> {
    return this.call('GET', url, headers);
  }

  post(url: string, params: unknown, headers: Record<string, string>): Promise<Answer> {
    // Byte for byte what the library signed.
    return this.call('POST', url, headers, JSON.stringify(params));
  }

  upload(): Promise<Answer> {
    throw new PayError('refused', 'uploads are not used', 'upload');
  }

  end(): Promise<void> {
    return this.pool.close();
  }

  private async call(
    method: 'GET' | 'POST',
    url: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answer> {
    if (!url.startsWith(libraryHost)) throw new PayError('refused', 'foreign address', 'call');
    const target = url.slice(libraryHost.length);
    const operation = `${method} ${nameOf(target)}`;
    const isFile = target.startsWith('/v3/billdownload/');
    // Asked for unpacked: undici does not unpack, and the signature is over the plain text.
    const { 'Accept-Encoding': _, ...rest } = headers;
    let status: number;
    let answered: Record<string, string | string[] | undefined>;
    let bytes: Buffer;
    try {
      const answer = await this.pool.request({
        method,
        path: target,
        headers: rest,
        signal: AbortSignal.timeout(this.settings.timeoutMs),
        ...(body !== undefined && { body }),
      });
      status = answer.statusCode;
      answered = answer.headers;
      bytes = Buffer.from(await answer.body.arrayBuffer());
    } catch (error) {
      // Nothing is attached: the cause may hold the address, the body and the Authorization header.
      const code = (error as { code?: unknown }).code;
      throw new PayError('unknown', typeof code === 'string' ? code : 'no answer', operation);
    }
    if (status < 200 || status > 299) throw refusal(status, bytes, operation);
    if (isFile) return { status, data: bytes as never };
    const text = bytes.toString('utf8');
    const fault = signatureFault(answered, text, this.settings.keys, this.settings.now());
    if (fault) throw new PayError('unknown', `the answer’s signature: ${fault}`, operation, status);
    return { status, data: (text === '' ? {} : JSON.parse(text)) as never };
  }
}

/** The path without the numbers in it. */
function nameOf(target: string): string {
  return target.split('?', 1)[0]!.replace(/(out-trade-no|id|refunds)\/[^/]+/, '$1/…');
}

function refusal(status: number, bytes: Buffer, operation: string): PayError {
  let code = `HTTP ${status}`;
  try {
    const value = JSON.parse(bytes.toString('utf8')) as { code?: unknown };
    if (typeof value.code === 'string') code = value.code.slice(0, 60);
  } catch {
    // a page of a gateway: its status has to do
  }
  return new PayError(kindOf(status, code), code, operation, status);
}
