import { type ClosableOfficialAccount, connectOfficialAccount } from '../wechat/official-account/client.ts';
import { accountKeys, programKeys } from './accountKeys.ts';

/** The hall's own client of the official account, pointed at a stand-in. */
export const accountAt = (
  base: string,
  options: { timeoutMs?: number; connections?: number; now?: () => Date } = {},
): ClosableOfficialAccount =>
  connectOfficialAccount({
    base,
    appid: accountKeys.appid,
    secret: accountKeys.secret,
    miniProgramAppid: programKeys.appid,
    ...options,
  });
