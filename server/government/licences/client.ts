import { parseLicenceId } from '../../kernel/identifiers/licenceId.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { GovernmentHttp } from '../kit/http.ts';
import type { Actor, SystemGate } from '../kit/systemGate.ts';
import { isObject, type Json, parseTolerant, pick, pickList, pickText } from '../kit/tolerantJson.ts';
import { licenceRefusal } from './errors.ts';
import { checkFrom, contentFrom, summaryFrom } from './mapping.ts';
import type { LicenceAsker, LicenceSystem } from './port.ts';

const system = 'licences';
const root = '/license-app/v1';

export interface LicenceKeys {
  readonly appKey: string;
  readonly appSecret: string;
  readonly account: string;
  readonly password: string;
}

export interface LicenceOptions {
  readonly base: string;
  readonly keys: LicenceKeys;
  readonly gate: SystemGate;
  /** Who we are to the owners of the licences. */
  readonly operator: { readonly division: string; readonly divisionCode: string };
}

export function createLicenceSystem(options: LicenceOptions): LicenceSystem & { close(): Promise<void> } {
  const { gate, keys, operator } = options;
  const http = new GovernmentHttp(system, options.base);
  let token: string | null = null;
  let loggingIn: Promise<string> | null = null;

  const send = async (
    method: 'GET' | 'POST',
    target: string,
    signal: AbortSignal,
    body?: unknown,
  ): Promise<Json> => {
    const answer = await http.call({
      method,
      target: root + target,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
      }),
      signal,
    });
    return good(parseTolerant(system, answer.text));
  };

  /** One log-in at a time, whoever needs it. */
  const logIn = (signal: AbortSignal): Promise<string> => {
    const { appKey, appSecret, account, password } = keys;
    loggingIn ??= send('POST', '/security/login', signal, {
      app_key: appKey,
      app_secret: appSecret,
      account,
      password,
    })
      .then((answer) => {
        token = pickText(answer, 'access_token');
        if (token === null)
          throw new GovernmentError(system, 'down', 'a log-in without a token', { code: 'shape' });
        return token;
      })
      .finally(() => {
        loggingIn = null;
      });
    return loggingIn;
  };

  /** With a token; an expired one (which may look like SUCCESS without data) is renewed once. */
  const call = async (
    method: 'GET' | 'POST',
    target: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
    body?: unknown,
  ): Promise<Json> => {
    const once = async (access: string): Promise<Json> => {
      const all = new URLSearchParams({ ...query, access_token: access });
      const answer = await send(method, `${target}?${all.toString()}`, signal, body);
      const data = pick(answer, 'data');
      if (data === undefined || data === null)
        throw new GovernmentError(system, 'down', 'success without data', { code: 'noData' });
      return data;
    };
    const known = token ?? (await logIn(signal));
    try {
      return await once(known);
    } catch (error) {
      if (!(error instanceof GovernmentError) || !['noData', 'E_TOKEN'].includes(error.code)) throw error;
      if (token === known) token = null;
      return once(token ?? (await logIn(signal)));
    }
  };

  const audited = (
    asker: LicenceAsker,
  ): { actor: Actor; purpose: string; matterCode: string; args: Record<string, string> } => ({
    actor: asker.actor,
    purpose: `办理${asker.purpose.matterName}`,
    matterCode: asker.purpose.matterCode,
    args: { ourNumber: asker.purpose.ourNumber, consent: asker.consent.textVersion },
  });

  const client: LicenceSystem & { close(): Promise<void> } = {
    async held(asker) {
      refuseWithoutConsent(asker);
      const { value } = await gate.call({
        ...audited(asker),
        operation: 'held',
        repeatable: true,
        run: async (signal) => {
          const { holder, purpose, consent } = asker;
          const data = await call('POST', '/license/auth', {}, signal, {
            identity_type: holder.idType,
            identity_number: holder.idNumber,
            service_item_code: purpose.matterCode,
            service_item_name: purpose.matterName,
            biz_num: purpose.ourNumber,
            operator: {
              account: keys.account,
              role: 'system',
              division: operator.division,
              division_code: operator.divisionCode,
            },
            authorization: { text_version: consent.textVersion, given_at: consent.givenAt.toISOString() },
          });
          if (!Array.isArray(data))
            throw new GovernmentError(system, 'down', 'no list of licences came', { code: 'shape' });
          return (data as readonly Json[]).flatMap(summaryFrom);
        },
      });
      return value;
    },

    async read(authCode, asker) {
      refuseWithoutConsent(asker);
      const { value } = await gate.call({
        ...audited(asker),
        operation: 'read',
        repeatable: true,
        run: async (signal) =>
          contentFrom(await call('GET', '/license/get_license', opening(authCode, asker), signal)),
      });
      return value;
    },

    async archive(authCode, asker) {
      refuseWithoutConsent(asker);
      const { value } = await gate.call({
        ...audited(asker),
        operation: 'archive',
        repeatable: true,
        run: async (signal) => {
          const data = await call('GET', '/license/archive', opening(authCode, asker), signal);
          const [name, bytes] = [pickText(data, 'file_name'), pickText(data, 'file_data')];
          if (!name || !bytes)
            throw new GovernmentError(system, 'down', 'an archive without its file', { code: 'shape' });
          return { name, bytes: Buffer.from(bytes, 'base64') };
        },
      });
      return value;
    },

    async verify(code, actor) {
      // A national id tells by its check character that it cannot exist: that question is not sent.
      if (code.startsWith('1.2.156.3005.2.') && parseLicenceId(code) === null)
        throw new GovernmentError(system, 'refused', 'the licence id fails its check', {
          code: 'badId',
          notSent: true,
        });
      const { value } = await gate.call({
        operation: 'verify',
        actor,
        purpose: '核验电子证照',
        args: { code: `…${code.slice(-6)}` },
        repeatable: true,
        run: async (signal) =>
          checkFrom(await call('GET', '/license/verify', { license_code: code }, signal)),
      });
      return value;
    },

    close: () => http.close(),
  };
  gate.offerProbe('核验一个不存在的证照', () => client.verify('TRIAL000000', { kind: 'system' }));
  return client;
}

const opening = (authCode: string, { purpose }: LicenceAsker): Record<string, string> => ({
  auth_code: authCode,
  service_item_code: purpose.matterCode,
});

/** PIPL and the owners' rule: without the holder's word no call leaves. */
function refuseWithoutConsent({ consent }: LicenceAsker): void {
  if (consent.textVersion !== '' && !Number.isNaN(consent.givenAt.getTime())) return;
  throw new GovernmentError(system, 'refused', 'the holder has not agreed', {
    code: 'noConsent',
    notSent: true,
  });
}

function good(answer: Json): Json {
  if (!isObject(answer)) throw new GovernmentError(system, 'down', 'no object came', { code: 'shape' });
  if (pickText(answer, 'ack_code') === 'SUCCESS') return answer;
  const [first] = pickList(answer, 'errors');
  throw licenceRefusal(pickText(first, 'code'), pickText(first, 'message'));
}
