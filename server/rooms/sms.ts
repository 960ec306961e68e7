import type { Config } from '../config.ts';
import { connectSms, type SmsClient } from '../sms/client.ts';

/** The SMS provider, when it is configured whole; null: notices end with WeChat's channels. */
export function openSms(config: Config): SmsClient | null {
  const { SMS_SECRET_ID: secretId, SMS_SECRET_KEY: secretKey, SMS_APP: app } = config;
  if (!secretId || !secretKey || !app) return null;
  return connectSms({ base: config.SMS_BASE, secretId, secretKey, app, signature: config.SMS_SIGNATURE });
}
