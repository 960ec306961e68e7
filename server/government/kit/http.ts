import { Pool } from 'undici';
import { decodeText } from './encoding.ts';
import { GovernmentError } from './governmentError.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** As they came, for what is no text. */
  readonly bytes: Uint8Array;
}

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  /** Path and query, after the base's own path. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly signal?: AbortSignal;
}

/** Before a byte went out: the peer certainly did nothing. */
const notSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * HTTP to one government system: bytes decoded whatever their labels say, silence and 5xx made into GovernmentError. Addresses
 * and bodies may hold secrets and personal data, so no error repeats them or carries the cause.
 */
export class GovernmentHttp {
  private readonly pool: Pool;
  private readonly prefix: string;

  constructor(
    private readonly system: string,
    base: string,
    options: { readonly connections?: number; readonly timeoutMs?: number } = {},
  ) {
    const url = new URL(base);
    this.prefix = url.pathname.replace(/\/$/, '');
    const timeout = options.timeoutMs ?? 20_000; // the gate's own limit comes first; this one is for sockets left behind
    this.pool = new Pool(url.origin, {
      connections: options.connections ?? 16,
      connect: { timeout: Math.min(timeout, 5000) },
      headersTimeout: timeout,
      bodyTimeout: timeout,
      keepAliveTimeout: 20_000,
    });
  }

  async call({ method, target, headers, body, signal }: HttpCall): Promise<HttpAnswer> {
    try {
      const answer = await this.pool.request({
        method,
        path: this.prefix + target,
        headers: { accept: '*/*', ...headers },
        ...(body !== undefined && { body }),
        ...(signal && { signal }),
      });
      const contentType = String(answer.headers['content-type'] ?? '');
      const bytes = new Uint8Array(await answer.body.arrayBuffer());
      if (answer.statusCode >= 500) {
        throw new GovernmentError(this.system, 'down', `HTTP ${answer.statusCode}`, {
          code: `HTTP ${answer.statusCode}`,
        });
      }
      return {
        status: answer.statusCode,
        contentType,
        bytes,
        // Read only where it is wanted: a file of megabytes is no text.
        get text() {
          return decodeText(bytes, contentType);
        },
      };
    } catch (error) {
      if (error instanceof GovernmentError) throw error;
      if (signal?.aborted) throw new GovernmentError(this.system, 'slow', 'no answer in time');
      const code = String((error as { code?: unknown }).code ?? 'no answer');
      throw new GovernmentError(this.system, 'down', 'no answer', { code, notSent: notSent.has(code) });
    }
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
