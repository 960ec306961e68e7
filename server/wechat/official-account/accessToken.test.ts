import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import type { Wechat } from '../../../mocks/wechat/server.ts';
import { accountKeys } from '../../testing/accountKeys.ts';
import { useDatabase } from '../../testing/database.ts';
import { accountAt, startTestWechat } from '../../testing/officialAccount.ts';
import { AccessToken, WechatTokenModel } from './accessToken.ts';
import { connectOfficialAccount } from './client.ts';
import { WechatError } from './errors.ts';

const database = useDatabase(test);
let wechat: Wechat;
test.before(async () => {
  wechat = await startTestWechat();
});
test.after.always(() => wechat?.close());
test.beforeEach(() => WechatTokenModel.deleteMany({}));

const tokenPath = '/cgi-bin/stable_token';
const fetches = (): number => wechat.platform.world.quota.used(accountKeys.appid, tokenPath);

test.serial('R9: 20 cold processes ask for a token at once: one fetch', async (t) => {
  wechat.setProfile({ latencyMs: 300 }); // the others really wait
  const before = fetches();
  const script = fileURLToPath(new URL('../../testing/coldToken.ts', import.meta.url));
  const processes = Array.from({ length: 20 }, () => {
    const args = ['--import=tsx', script, database.uri, database.name, wechat.url];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, lines };
  });
  try {
    await Promise.all(processes.map(({ lines }) => lines.next()));
    for (const { child } of processes) child.stdin.write('go\n');
    const tokens = await Promise.all(
      processes.map(async ({ lines }) => (await lines.next()).value as string),
    );
    t.is(new Set(tokens).size, 1);
    t.regex(tokens[0]!, /^88_/);
    t.is(fetches() - before, 1);
    await Promise.all(processes.map(({ child }) => child.exitCode ?? once(child, 'exit')));
  } finally {
    for (const { child } of processes) child.kill('SIGKILL');
    wechat.setProfile({ latencyMs: 0 });
  }
});

test.serial(
  'a dead token is replaced once a call, for all that use it, and the call goes through',
  async (t) => {
    const accounts = [accountAt(wechat.url), accountAt(wechat.url)];
    await Promise.all(accounts.map((each) => each.tags()));
    wechat.platform.world.tokens.revokeAll();
    const before = fetches();
    await Promise.all(accounts.flatMap((each) => [each.tags(), each.tags(), each.tags()]));
    t.is(fetches() - before, 1);
    await Promise.all(accounts.map((each) => each.close()));
  },
);

test.serial(
  'a wrong secret is asked about once, not in a loop, and is told without the secret',
  async (t) => {
    const secret = 'a-wrong-secret-that-nobody-may-read';
    const account = connectOfficialAccount({
      base: wechat.url,
      appid: accountKeys.appid,
      secret,
      miniProgramAppid: 'wx',
    });
    const tries = await Promise.all(
      Array.from({ length: 10 }, () =>
        account.tags().then(
          () => null,
          (error: unknown) => error,
        ),
      ),
    );
    for (const error of tries) {
      t.true(error instanceof WechatError);
      t.is((error as WechatError).kind, 'stop');
      t.notRegex(`${(error as Error).stack} ${JSON.stringify(error)}`, /wrong-secret|access_token=/);
    }
    t.is(wechat.ledger().refusals[`${tokenPath} 40125`], 1);
    await account.close();
  },
);

test.serial('a token is renewed ahead of its end while the old one still serves', async (t) => {
  let now = Date.parse('2026-11-25T00:00:00Z');
  let made = 0;
  const tokens = new AccessToken({
    appid: 'wxahead',
    now: () => new Date(now),
    fetch: async () => ({ token: `token-${++made}`, expiresInSeconds: 7200 }),
  });
  t.is(await tokens.get(), 'token-1');
  now += 7_000_000;
  t.is(await tokens.get(), 'token-1', 'the call does not wait');
  for (let i = 0; i < 100 && (await tokens.get()) === 'token-1'; i++)
    await new Promise((r) => setTimeout(r, 20));
  t.is(await tokens.get(), 'token-2');
  t.is(made, 2);
});

test.serial(
  'a timeout is told as unknown, a refused connection as not sent, neither with the token',
  async (t) => {
    const account = accountAt(wechat.url, { timeoutMs: 300 });
    await account.tags();
    wechat.setProfile({ hold: true, paths: ['/cgi-bin/tags'] });
    const slow = await t.throwsAsync(account.tags(), { instanceOf: WechatError });
    wechat.setProfile({ hold: false, paths: [] });
    t.is(slow!.kind, 'unknown');
    t.is(slow!.message, '/cgi-bin/tags/get: UND_ERR_HEADERS_TIMEOUT');
    await account.close();
    const nobody = accountAt('http://127.0.0.1:9');
    const refused = await t.throwsAsync(nobody.tags(), { instanceOf: WechatError });
    t.is(refused!.kind, 'retry');
    await nobody.close();
  },
);
