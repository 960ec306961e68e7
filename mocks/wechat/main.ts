import { startWechat } from './server.ts';

/** The stand-in as a program. Settings come from the environment; see README.md. */
function need(name: string): string {
  const value = process.env[name];
  if (!value) {
    console.error(`WeChat stand-in: ${name} is not set`);
    process.exit(1);
  }
  return value;
}

// The demo's clock: the hall refuses pushes whose timestamp is not of its own time.
const clockOffset = Number(process.env['HALL_CLOCK_OFFSET_MS'] ?? 0);

const wechat = await startWechat({
  port: Number(process.env['WECHAT_PORT'] ?? 3001),
  host: process.env['WECHAT_HOST'],
  dir: process.env['WECHAT_DIR'] || undefined,
  officialAccount: {
    appid: need('WECHAT_OA_APPID'),
    secret: need('WECHAT_OA_SECRET'),
    token: need('WECHAT_OA_TOKEN'),
    aesKey: need('WECHAT_OA_AES_KEY'),
  },
  miniProgram: { appid: need('WECHAT_MP_APPID'), secret: need('WECHAT_MP_SECRET') },
  callbackUrl: process.env['WECHAT_CALLBACK_URL'] || undefined,
  hallUrl: process.env['HALL_URL'] || undefined,
  payUrl: process.env['WECHAT_PAY_URL'] || undefined,
  now: () => new Date(Date.now() + clockOffset),
});
console.log(`wechat stand-in ready at ${wechat.url}`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void wechat.close().then(() => process.exit(0));
  });
}
