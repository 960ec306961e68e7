import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The server's settings for WeChat Pay, from the keys its stand-in made at its first start. */
export function paySettings(directory: string, url: string): Record<string, string> {
  const keys = JSON.parse(readFileSync(path.join(directory, 'pay-keys.json'), 'utf8')) as {
    mchid: string;
    apiV3Key: string;
    merchant: { serial: string };
    publicKey: { id: string };
  };
  return {
    WECHAT_PAY_BASE: url,
    WECHAT_PAY_MCHID: keys.mchid,
    WECHAT_PAY_SERIAL: keys.merchant.serial,
    WECHAT_PAY_API_V3_KEY: keys.apiV3Key,
    WECHAT_PAY_KEY_FILE: path.join(directory, 'merchant-key.pem'),
    WECHAT_PAY_CERTIFICATE_FILE: path.join(directory, 'merchant-cert.pem'),
    WECHAT_PAY_PLATFORM_KEY_ID: keys.publicKey.id,
    WECHAT_PAY_PLATFORM_KEY_FILE: path.join(directory, 'platform-public-key.pem'),
  };
}
