import Taro from '@tarojs/taro';
import type { SignedIn } from '../../../server/areas/people/contract.ts';
import { apiBase } from './channel.weapp.ts';
import { send } from './http.ts';
import { forget, remember } from './storage.ts';

let running: Promise<boolean> | undefined;

/**
 * Signs in with WeChat, without asking. Pages that need it at the same moment share one sign-in.
 * Answers whether it worked; throws `Unreachable` when the hall does not answer.
 */
export function signIn(_options: { asked?: boolean } = {}): Promise<boolean> {
  running ??= exchangeCode().finally(() => {
    running = undefined;
  });
  return running;
}

async function exchangeCode(): Promise<boolean> {
  const { code } = await Taro.login();
  const answer = await send({
    method: 'POST',
    url: `${apiBase()}/api/sign-in/mini-program`,
    headers: {},
    body: { code },
  });
  if (answer.status !== 200) {
    forget('session');
    return false;
  }
  remember('session', (answer.body as SignedIn).token);
  return true;
}
