import { startSms } from './server.ts';

/** The SMS provider's stand-in as a program; `GET /` shows what the phones received. */
const clockOffset = Number(process.env['HALL_CLOCK_OFFSET_MS'] ?? 0);
const sms = await startSms({
  port: Number(process.env['SMS_PORT'] ?? 3006),
  host: process.env['SMS_HOST'],
  secretId: process.env['SMS_SECRET_ID'] ?? '',
  secretKey: process.env['SMS_SECRET_KEY'] ?? '',
  app: process.env['SMS_APP'] ?? '',
  signature: process.env['SMS_SIGNATURE'] ?? '增城政务',
  now: () => new Date(Date.now() + clockOffset),
});
console.log(`sms stand-in ready at ${sms.url}`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void sms.close().then(() => process.exit(0));
  });
}
