import { ordinary } from './core/profile.ts';
import { startGovernment } from './server.ts';

/** The stand-in as a program. Settings come from the environment; see README.md. */
function need(name: string): string {
  const value = process.env[name];
  if (!value) {
    console.error(`government stand-in: ${name} is not set`);
    process.exit(1);
  }
  return value;
}

const pairFrom = (
  privateKey: string | undefined,
  publicKey: string | undefined,
): { privateKey: string; publicKey: string } | undefined =>
  privateKey && publicKey ? { privateKey, publicKey } : undefined;

function licenceKeys(): { appKey: string; appSecret: string; account: string; password: string } | undefined {
  const [appKey, appSecret, account, password] = ['APP_KEY', 'APP_SECRET', 'ACCOUNT', 'PASSWORD'].map(
    (name) => process.env[`LICENCES_${name}`],
  );
  return appKey && appSecret && account && password ? { appKey, appSecret, account, password } : undefined;
}

const clockOffset = Number(process.env['HALL_CLOCK_OFFSET_MS'] ?? 0);

const government = await startGovernment({
  port: Number(process.env['GOVERNMENT_PORT'] ?? 3003),
  host: process.env['GOVERNMENT_HOST'],
  dir: process.env['GOVERNMENT_DIR'] || undefined,
  identity: { clientId: need('IDENTITY_CLIENT_ID'), clientSecret: need('IDENTITY_CLIENT_SECRET') },
  gateway: { paasId: need('GATEWAY_PAAS_ID'), token: need('GATEWAY_TOKEN') },
  accept: {
    hallPublicKey: process.env['HALL_SM2_PUBLIC_KEY'],
    own: pairFrom(process.env['ACCEPT_PRIVATE_KEY'], process.env['ACCEPT_PUBLIC_KEY']),
    paceMs: Number(process.env['GOVERNMENT_PACE'] ?? 0) * 1000 || undefined,
  },
  licences: licenceKeys(),
  ...(process.env['NONTAX_UNIT'] &&
    process.env['NONTAX_PASSWORD'] && {
      nontax: { unit: process.env['NONTAX_UNIT'], password: process.env['NONTAX_PASSWORD'] },
    }),
  ...(process.env['HOTLINE_KEY'] && {
    hotline: {
      key: process.env['HOTLINE_KEY'],
      paceMs: Number(process.env['GOVERNMENT_PACE'] ?? 0) * 1000 || undefined,
    },
  }),
  hallUrl: process.env['HALL_URL'] || undefined,
  now: () => new Date(Date.now() + clockOffset),
  profile: process.env['GOVERNMENT_PROFILE'] === 'ordinary' ? ordinary : {},
});
// A demo in which the places are the hall's own: the city gives as many and holds none back.
const capacity = Number(process.env['GOVERNMENT_BOOKING_CAPACITY'] ?? 0);
if (capacity > 0) {
  government.booking.capacity = capacity;
  government.booking.others = false;
}
government.progress.addDemoCases();
console.log(`government stand-in ready at ${government.url}`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void government.close().then(() => process.exit(0));
  });
}
