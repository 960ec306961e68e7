import { randomBytes } from 'node:crypto';
import { startClamd } from '../../mocks/clamd/server.ts';
import { startGovernment } from '../../mocks/government/server.ts';
import { startWechat } from '../../mocks/wechat/server.ts';
import { newSm2Pair } from '../kernel/crypto/sm2.ts';
import { freePort } from './freePort.ts';
import { startPayOutside, type WechatPay } from './payOutside.ts';

/** The world around the hall in this process: the stand-ins, and the settings that make a server use them. */
export interface Outside {
  readonly wechat: Awaited<ReturnType<typeof startWechat>>;
  readonly government: Awaited<ReturnType<typeof startGovernment>>;
  readonly clamd: Awaited<ReturnType<typeof startClamd>>;
  /** WeChat Pay, for tests that asked for it. */
  readonly pay: WechatPay | null;
  /** The port the hall must listen on: WeChat's events and the phone page go there. */
  readonly hallPort: number;
  readonly hallUrl: string;
  /** The whole environment of a server process, but for MONGODB_URI and MONGODB_DATABASE. */
  readonly environment: Record<string, string>;
  close(): Promise<void>;
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** Starts the stand-ins on free ports with keys made for this run; WeChat Pay only when asked for, its keys take time. */
export async function startOutside({ pay: wantsPay = false } = {}): Promise<Outside> {
  const hallPort = await freePort();
  const hallUrl = `http://127.0.0.1:${hallPort}`;
  const officialAccount = {
    appid: `wx${hex(8)}`,
    secret: hex(16),
    token: hex(8),
    aesKey: randomBytes(32).toString('base64').slice(0, 43),
  };
  const miniProgram = { appid: `wx${hex(8)}`, secret: hex(16) };
  const identity = { clientId: `zc-${hex(6)}`, clientSecret: hex(16) };
  const gateway = { paasId: `zc-${hex(4)}`, token: hex(16) };
  const hallKey = newSm2Pair();
  const nontax = { unit: '118', password: hex(8) };
  const licences = { appKey: hex(4), appSecret: hex(8), account: 'zc-hall', password: hex(8) };
  const hotline = { key: hex(16) };
  const paying = wantsPay ? await startPayOutside([miniProgram.appid, officialAccount.appid]) : null;
  const [clamd, wechat, government] = await Promise.all([
    startClamd(),
    startWechat({
      ...{ officialAccount, miniProgram, hallUrl, payUrl: paying?.pay.url },
      callbackUrl: `${hallUrl}/wechat/callback`,
    }),
    startGovernment({
      identity,
      gateway,
      hallUrl,
      accept: { hallPublicKey: hallKey.publicKey },
      licences,
      nontax,
      hotline,
    }),
  ]);
  // The places of the demo are the hall's own; the city gives as many and holds none back.
  government.booking.capacity = 500;
  government.booking.others = false;
  const environment = {
    PORT: String(hallPort),
    PUBLIC_URL: hallUrl,
    WECHAT_API_BASE: wechat.url,
    WECHAT_OPEN_BASE: wechat.url,
    WECHAT_OA_APPID: officialAccount.appid,
    WECHAT_OA_SECRET: officialAccount.secret,
    WECHAT_OA_TOKEN: officialAccount.token,
    WECHAT_OA_AES_KEY: officialAccount.aesKey,
    WECHAT_MP_APPID: miniProgram.appid,
    WECHAT_MP_SECRET: miniProgram.secret,
    IDENTITY_BASE: `${government.url}/identity`,
    CLAMD_ADDRESS: `${clamd.host}:${clamd.port}`,
    ITEMS_BASE: `${government.url}/items`,
    BOOKING_BASE: `${government.url}/booking`,
    FINES_BASE: `${government.url}/fines`,
    UTILITIES_BASE: `${government.url}/utilities`,
    NONTAX_BASE: `${government.url}/nontax`,
    NONTAX_UNIT: nontax.unit,
    NONTAX_PASSWORD: nontax.password,
    ...paying?.environment,
    ACCEPT_BASE: `${government.url}/accept`,
    ACCEPT_PUBLIC_KEY: government.accept.publicKey,
    HALL_SM2_PRIVATE_KEY: hallKey.privateKey,
    PROGRESS_BASE: `${government.url}/progress`,
    LICENCES_BASE: `${government.url}/licences`,
    LICENCES_APP_KEY: licences.appKey,
    LICENCES_APP_SECRET: licences.appSecret,
    LICENCES_ACCOUNT: licences.account,
    LICENCES_PASSWORD: licences.password,
    HOTLINE_BASE: `${government.url}/hotline`,
    HOTLINE_KEY: hotline.key,
    GOVERNMENT_HOURS: 'ignored',
    IDENTITY_CLIENT_ID: identity.clientId,
    IDENTITY_CLIENT_SECRET: identity.clientSecret,
    GATEWAY_PAAS_ID: gateway.paasId,
    GATEWAY_TOKEN: gateway.token,
    FIELD_KEY: hex(16),
    SIGNING_KEY: hex(32),
    INDEX_KEY: hex(32),
    DEMO: '1',
  };
  return {
    wechat,
    government,
    clamd,
    pay: paying?.pay ?? null,
    hallPort,
    hallUrl,
    environment,
    close: async () => {
      await Promise.all([wechat.close(), government.close(), clamd.close(), paying?.close()]);
    },
  };
}
