import type { Clock } from '../../kernel/clock.ts';
import { type GatewayKey, gatewayHeaders } from '../kit/gatewaySignature.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { GovernmentHttp } from '../kit/http.ts';
import type { SystemGate } from '../kit/systemGate.ts';
import { isObject, type Json, parseTolerant, pickText } from '../kit/tolerantJson.ts';
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
  readonly gate: SystemGate;
  readonly clock: Clock;
}

const system = 'identity';
const pages = '/tif/sso/connect/page/oauth2';
const reachableMs = 15_000;

/** The platform over HTTP. The client secret and the codes travel in the query; no error of ours repeats an address. */
export function createIdentityPlatform(options: IdentityClientOptions): IdentityPlatform {
  const { base, clientId, clientSecret, gateway, gate, clock } = options;
  const http = new GovernmentHttp(system, base);
  let reachedAt = Number.NEGATIVE_INFINITY;

  const get = async (target: string, signal: AbortSignal): Promise<Json> =>
    checked((await http.call({ method: 'GET', target, signal })).text);

  const asked = async <T>(
    operation: string,
    personId: string,
    repeatable: boolean,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    try {
      const actor = { kind: 'citizen', id: personId } as const;
      return (await gate.call({ operation, actor, purpose: '实名认证', repeatable, run })).value;
    } catch (error) {
      throw explained(error);
    }
  };

  const authorizeTarget = (redirectUri: string): string =>
    `${pages}/authorize?${new URLSearchParams({
      service: 'initService',
      response_type: 'code',
      client_id: clientId,
      scope: 'all',
      redirect_uri: redirectUri,
    })}`;

  const client: IdentityPlatform = {
    authorizeAddress: (redirectUri) => `${base}${authorizeTarget(redirectUri)}`,

    async ensureReachable(personId) {
      if (clock.monotonic() - reachedAt < reachableMs) return;
      await asked('reach', personId, true, (signal) =>
        http.call({ method: 'GET', target: authorizeTarget('https://unused.invalid/'), signal }),
      );
      reachedAt = clock.monotonic();
    },

    async exchange(code, redirectUri, personId) {
      const query = new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret,
        code,
        scope: 'all',
        grant_type: 'authorization_code',
        redirect_uri: redirectUri,
      });
      const token = await asked('accessToken', personId, false, async (signal) => {
        const value = pickText(await get(`${pages}/access_token?${query}`, signal), 'access_token');
        if (value === null) throw new GovernmentError(system, 'down', 'no access token', { code: 'shape' });
        return value;
      });
      const information = new URLSearchParams({ access_token: token });
      return asked('userInformation', personId, true, async (signal) =>
        accountFrom(await get(`${pages}/tokeninfo?${information}`, signal)),
      );
    },

    exchangeOneOff: (code, personId) =>
      asked('oneOff', personId, false, async (signal) => {
        const answer = await http.call({
          method: 'POST',
          target: '/ebus/tif/sso/connect/page/oneoffcode2yrzuserinfo',
          headers: { 'content-type': 'application/json', ...gatewayHeaders(gateway, clock.wall()) },
          body: JSON.stringify({ code }),
          signal,
        });
        return accountFrom(checked(answer.text));
      }),
  };
  gate.offerProbe('用一个不存在的登录码换取信息', () => client.exchangeOneOff('000000', 'trial'));
  return client;
}

const kinds: Readonly<Record<string, IdentityError['kind']>> = {
  invalid_grant: 'codeUsed',
  invalid_token: 'codeUsed',
  redirect_uri_mismatch: 'refused',
  invalid_client: 'refused',
  account_frozen: 'frozen',
  FAIL: 'refused',
};

/** Refusals come with status 200: `{error, error_description}` of OAuth, `{code: "FAIL", msg}` of the gateway. */
function checked(text: string): Json {
  const answer = parseTolerant(system, text);
  if (!isObject(answer)) throw new GovernmentError(system, 'down', 'no object came', { code: 'shape' });
  const code = pickText(answer, 'error') ?? (pickText(answer, 'code') === 'FAIL' ? 'FAIL' : null);
  if (code === null) return answer;
  const known = code in kinds;
  throw new GovernmentError(system, known ? 'refused' : 'down', code.slice(0, 40), {
    code: code.slice(0, 40),
  });
}

function explained(error: unknown): unknown {
  if (!(error instanceof GovernmentError)) return error;
  const kind = error.kind === 'refused' ? (kinds[error.code] ?? 'down') : 'down';
  return new IdentityError(kind, error.code, error.code);
}
