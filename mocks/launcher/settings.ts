import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sm2 } from 'sm-crypto-v2';

export const root = path.resolve(import.meta.dirname, '../..');

/** Where everything that must survive a restart lives; `npm run reset` removes it. */
export const dataDir = (environment = process.env): string =>
  path.resolve(root, environment['DATA_DIR'] ?? '.data');

/** Ports follow PORT, so that two halls can run side by side. */
export interface Ports {
  readonly hall: number;
  readonly wechat: number;
  readonly pay: number;
  readonly government: number;
  readonly store: number;
  readonly clamd: number;
  readonly sms: number;
}

export function portsFrom(environment: Record<string, string | undefined>): Ports {
  const hall = Number(environment['PORT'] ?? 3000);
  if (!Number.isInteger(hall) || hall < 1 || hall > 65_000) {
    throw new Error(
      `PORT is "${environment['PORT']}": give a number between 1 and 65000, or leave it out for 3000`,
    );
  }
  return {
    ...{ hall, wechat: hall + 1, pay: hall + 2, government: hall + 3, store: hall + 4 },
    ...{ clamd: hall + 5, sms: hall + 6 },
  };
}

type Keys = Record<string, string>;

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** The secrets the hall and its stand-ins share, made at the first start and kept with the data. None is in the repository. */
export function sharedKeys(directory: string): Keys {
  const file = path.join(directory, 'keys.json');
  const kept: Keys = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Keys) : {};
  const [hall, accept] = [sm2.generateKeyPairHex(), sm2.generateKeyPairHex()];
  const fresh: Keys = {
    HALL_SM2_PRIVATE_KEY: hall.privateKey,
    HALL_SM2_PUBLIC_KEY: hall.publicKey,
    ACCEPT_PRIVATE_KEY: accept.privateKey,
    ACCEPT_PUBLIC_KEY: accept.publicKey,
    LICENCES_APP_KEY: `zc-${hex(4)}`,
    LICENCES_APP_SECRET: hex(16),
    LICENCES_ACCOUNT: 'zc-hall',
    LICENCES_PASSWORD: hex(12),
    SMS_SECRET_ID: `zc-${hex(8)}`,
    SMS_SECRET_KEY: hex(16),
    SMS_APP: '1400000001',
    WECHAT_OA_APPID: `wx${hex(8)}`,
    WECHAT_OA_SECRET: hex(16),
    WECHAT_OA_TOKEN: hex(8),
    WECHAT_OA_AES_KEY: randomBytes(32).toString('base64').slice(0, 43),
    WECHAT_MP_APPID: `wx${hex(8)}`,
    WECHAT_MP_SECRET: hex(16),
    IDENTITY_CLIENT_ID: `zc-${hex(6)}`,
    IDENTITY_CLIENT_SECRET: hex(16),
    GATEWAY_PAAS_ID: `zc-${hex(4)}`,
    GATEWAY_TOKEN: hex(16),
    HOTLINE_KEY: hex(16),
    NONTAX_UNIT: '118',
    NONTAX_PASSWORD: hex(8),
    FIELD_KEY: hex(16),
    SIGNING_KEY: hex(32),
    INDEX_KEY: hex(32),
  };
  const keys = { ...fresh, ...kept };
  if (Object.keys(keys).length !== Object.keys(kept).length) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  }
  return keys;
}

/** `HALL_CLOCK=2026-12-31T23:00` (Beijing time) makes the hall live at that moment; empty = now. */
export function clockOffset(text: string | undefined, now = Date.now()): number {
  if (!text) return 0;
  const zoned = /([zZ]|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}+08:00`;
  const at = Date.parse(zoned);
  if (Number.isNaN(at)) {
    throw new Error(`HALL_CLOCK is "${text}": write a Beijing time like 2026-12-31T23:00, or leave it out`);
  }
  return at - now;
}
