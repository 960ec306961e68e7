import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { accountKeys, programKeys } from '../../testing/accountKeys.ts';
import { freePort } from '../../testing/freePort.ts';

/** The stand-in of WeChat as a process of its own, so that its work is not counted as ours. */
export interface Platform {
  readonly url: string;
  profile(changes: object): Promise<void>;
  /** How many messages with these words people got, and how often each. */
  received(words: string): Promise<{ messages: number; perPerson: Record<string, number> }>;
  close(): Promise<void>;
}

export async function startPlatform(): Promise<Platform> {
  const main = fileURLToPath(new URL('../../../mocks/wechat/main.ts', import.meta.url));
  const port = await freePort();
  const child = spawn(process.execPath, ['--import=tsx', main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      WECHAT_PORT: String(port),
      WECHAT_OA_APPID: accountKeys.appid,
      WECHAT_OA_SECRET: accountKeys.secret,
      WECHAT_OA_TOKEN: accountKeys.token,
      WECHAT_OA_AES_KEY: accountKeys.aesKey,
      WECHAT_MP_APPID: programKeys.appid,
      WECHAT_MP_SECRET: programKeys.secret,
    },
  });
  await once(createInterface({ input: child.stdout }), 'line');
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    profile: async (changes) => {
      const answer = await fetch(`${url}/__mock/wechat/profile`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(changes),
      });
      if (!answer.ok) throw new Error(`the stand-in answered ${answer.status}`);
    },
    received: async (words) => {
      const answer = await fetch(`${url}/__mock/wechat/ledger?contains=${encodeURIComponent(words)}`);
      const { campaigns } = (await answer.json()) as {
        campaigns: { messages: number; perPerson: Record<string, number> }[];
      };
      return campaigns[0] ?? { messages: 0, perPerson: {} };
    },
    close: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
