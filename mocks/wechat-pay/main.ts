import { startWechatPay } from './server.ts';

/** The stand-in as a program. Settings come from the environment; see README.md. */
const clockOffset = Number(process.env['HALL_CLOCK_OFFSET_MS'] ?? 0);

const pay = await startWechatPay({
  port: Number(process.env['WECHAT_PAY_PORT'] ?? 3002),
  host: process.env['WECHAT_PAY_HOST'],
  dir: process.env['WECHAT_PAY_DIR'] || undefined,
  appids: (process.env['WECHAT_PAY_APPIDS'] ?? '').split(',').filter(Boolean),
  allowPrivateNotify: true,
  noticeSpeed: Number(process.env['WECHAT_PAY_NOTICE_SPEED'] ?? 1),
  signing: process.env['WECHAT_PAY_SIGNING'] === 'certificate' ? 'certificate' : 'publicKey',
  now: () => new Date(Date.now() + clockOffset),
});
console.log(`wechat pay stand-in ready at ${pay.url}`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void pay.close().then(() => process.exit(0));
  });
}
