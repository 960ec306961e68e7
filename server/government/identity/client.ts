import { Agent, request } from 'undici';
import type { Clock } from '../../kernel/clock.ts';
import { type GatewayKey, gatewayHeaders } from '../kit/gatewaySignature.ts';
import { IdentityError } from './errors.ts';
import { accountFrom } from './mapping.ts';
import type { IdentityPlatform } from './port.ts';

export interface IdentityClientOptions {
  /** Up to and without `/tif/sso`, e.g. https://tyrz.gd.gov.cn */
  readonly base: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Signs the one-off exchange, which goes through the gateway. */
  readonly gateway: GatewayKey;
  readonly clock: Clock;
  /** Requirement 五.6: a query answers within 5 s. */
  readonly timeoutMs?: number;
}

const pages = '/tif/sso/connect/page/oauth2';

/** The platform over HTTP. The client secret and the codes travel in the query; no error of ours repeats an address. */
export function createIdentityPlatform(options: IdentityClientOptions): IdentityPlatform {
  const { base, clientId, clientSecret, gateway, clock } = options;
  const timeout = options.timeoutMs ?? 5000;
  const agent = new Agent({
    connect: { timeout },
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connections: 16,
  });

  const ask = async (method: 'GET' | 'POST', target: string, body?: unknown): Promise<unknown> => {
    let status: number;
    let text: string;
    try {
      const answer = await request(`${base}${target}`, {
        method,
        dispatcher: agent,
        signal: AbortSignal.timeout(timeout),
        headers: {
          accept: 'application/json',
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', ...gatewayHeaders(gateway, clock.wall()) }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      });
      status = answer.statusCode;
      text = await answer.body.text();
    } catch (error) {
      const code = (error as { code?: unknown; name?: unknown }).code ?? (error as { name?: unknown }).name;
      throw new IdentityError('down', String(code), 'no answer'); // no cause: it may hold the address
    }
    if (status >= 500) throw new IdentityError('down', `HTTP ${status}`, `HTTP ${status}`);
    return checked(parsed(text));
  };

  const userInformation = async (token: string): Promise<unknown> =>
    ask('GET', `${pages}/tokeninfo?${new URLSearchParams({ access_token: token })}`);

  return {
    authorizeAddress(redirectUri) {
      const query = new URLSearchParams({
        service: 'initService',
        response_type: 'code',
        client_id: clientId,
        scope: 'all',
        redirect_uri: redirectUri,
      });
      return `${base}${pages}/authorize?${query}`;
    },
    async exchange(code, redirectUri) {
      const query = new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret,
        code,
        scope: 'all',
        grant_type: 'authorization_code',
        redirect_uri: redirectUri,
      });
      const { access_token: token } = (await ask('GET', `${pages}/access_token?${query}`)) as Record<
        string,
        unknown
      >;
      if (typeof token !== 'string' || token === '')
        throw new IdentityError('down', 'shape', 'no access token');
      return accountFrom(await userInformation(token));
    },
    async exchangeOneOff(code) {
      return accountFrom(await ask('POST', '/ebus/tif/sso/connect/page/oneoffcode2yrzuserinfo', { code }));
    },
  };
}

/** An outage often comes as a page with status 200. */
function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new IdentityError('down', 'not JSON', 'the answer is not JSON');
}

const kinds: Record<string, IdentityError['kind']> = {
  invalid_grant: 'codeUsed',
  invalid_token: 'codeUsed',
  redirect_uri_mismatch: 'refused',
  invalid_client: 'refused',
  account_frozen: 'frozen',
  FAIL: 'refused',
};

/** Refusals come with status 200: `{error, error_description}` of OAuth, `{code: "FAIL", msg}` of the gateway. */
function checked(answer: Record<string, unknown>): unknown {
  const code = answer['error'] ?? (answer['code'] === 'FAIL' ? 'FAIL' : undefined);
  if (code === undefined) return answer;
  throw new IdentityError(
    kinds[String(code)] ?? 'down',
    String(code).slice(0, 40),
    String(code).slice(0, 40),
  );
}
