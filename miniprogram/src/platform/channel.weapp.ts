import Taro from '@tarojs/taro';
import { recall } from './storage.ts';

export const channel = 'weapp' as const;

/** Where the hall is: the release's ext.json says so, else the constant of the build. */
export function apiBase(): string {
  const ext = Taro.getExtConfigSync() as { apiBase?: unknown } | undefined;
  return typeof ext?.apiBase === 'string' && ext.apiBase !== '' ? ext.apiBase : API_BASE;
}

/** The session as the hall knows it from this channel. */
export function sessionHeaders(): Record<string, string> {
  const token = recall('session');
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
