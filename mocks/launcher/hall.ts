import path from 'node:path';
import { answers, Child, listens } from './child.ts';
import { paySettings } from './paySettings.ts';
import { clockOffset, type Ports, sharedKeys } from './settings.ts';
import { openStore } from './store.ts';

export interface RunningHall {
  readonly ports: Ports;
  readonly store: string;
  /** Resolves with the name of a program that ended by itself. */
  readonly broken: Promise<string>;
  stop(): Promise<void>;
}

/** Starts store, stand-ins and server, in this order; stops them in the reverse one. */
export async function startWholeHall(ports: Ports, directory: string): Promise<RunningHall> {
  const keys = sharedKeys(directory);
  const logDir = path.join(directory, 'logs');
  const hallUrl = process.env['PUBLIC_URL'] ?? `http://127.0.0.1:${ports.hall}`;
  const wechatUrl = `http://127.0.0.1:${ports.wechat}`;
  const governmentUrl = `http://127.0.0.1:${ports.government}`;
  const payUrl = `http://127.0.0.1:${ports.pay}`;
  const payDirectory = path.join(directory, 'wechat-pay');
  const offset = String(clockOffset(process.env['HALL_CLOCK']));
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const store = await openStore(ports.store, directory, logDir);
    stops.push(store.stop);
    const wechat = new Child({
      name: 'wechat',
      module: 'mocks/wechat/main.ts',
      env: {
        ...keys,
        WECHAT_PORT: String(ports.wechat),
        WECHAT_DIR: path.join(directory, 'wechat'),
        WECHAT_CALLBACK_URL: `${hallUrl}/wechat/callback`,
        WECHAT_PAY_URL: payUrl,
        HALL_URL: hallUrl,
        HALL_CLOCK_OFFSET_MS: offset,
      },
      logDir,
      ready: answers(`${wechatUrl}/phone/`),
    });
    const government = new Child({
      name: 'government',
      module: 'mocks/government/main.ts',
      env: {
        ...keys,
        GOVERNMENT_PORT: String(ports.government),
        GOVERNMENT_BOOKING_CAPACITY: '500',
        GOVERNMENT_DIR: path.join(directory, 'government'),
        GOVERNMENT_PACE: process.env['GOVERNMENT_PACE'] ?? '20',
        HALL_URL: hallUrl,
        HALL_CLOCK_OFFSET_MS: offset,
      },
      logDir,
      ready: answers(`${governmentUrl}/identity`),
    });
    const pay = new Child({
      name: 'wechat-pay',
      module: 'mocks/wechat-pay/main.ts',
      env: {
        WECHAT_PAY_PORT: String(ports.pay),
        WECHAT_PAY_DIR: payDirectory,
        WECHAT_PAY_APPIDS: `${keys['WECHAT_MP_APPID']},${keys['WECHAT_OA_APPID']}`,
        HALL_CLOCK_OFFSET_MS: offset,
      },
      logDir,
      ready: answers(`${payUrl}/__mock/pay/state`),
    });
    const clamd = new Child({
      name: 'clamd',
      module: 'mocks/clamd/main.ts',
      env: { CLAMD_PORT: String(ports.clamd) },
      logDir,
      ready: listens(ports.clamd),
    });
    const sms = new Child({
      name: 'sms',
      module: 'mocks/sms/main.ts',
      env: { ...keys, SMS_PORT: String(ports.sms), HALL_CLOCK_OFFSET_MS: offset },
      logDir,
      ready: listens(ports.sms),
    });
    const standIns = [wechat, government, pay, clamd, sms];
    for (const each of standIns) stops.push(() => each.stop());
    await Promise.all(standIns.map((each) => each.start()));
    const server = new Child({
      name: 'server',
      module: 'server/main.ts',
      args: ['web', 'worker', 'clock'],
      env: {
        ...keys,
        PORT: String(ports.hall),
        PUBLIC_URL: hallUrl,
        MONGODB_URI: store.uri,
        WECHAT_API_BASE: wechatUrl,
        WECHAT_OPEN_BASE: wechatUrl,
        IDENTITY_BASE: `${governmentUrl}/identity`,
        ITEMS_BASE: `${governmentUrl}/items`,
        CLAMD_ADDRESS: `127.0.0.1:${ports.clamd}`,
        SMS_BASE: `http://127.0.0.1:${ports.sms}`,
        ACCEPT_BASE: `${governmentUrl}/accept`,
        PROGRESS_BASE: `${governmentUrl}/progress`,
        LICENCES_BASE: `${governmentUrl}/licences`,
        HOTLINE_BASE: `${governmentUrl}/hotline`,
        GOVERNMENT_HOURS: process.env['GOVERNMENT_HOURS'] ?? 'ignored',
        BOOKING_BASE: `${governmentUrl}/booking`,
        FINES_BASE: `${governmentUrl}/fines`,
        UTILITIES_BASE: `${governmentUrl}/utilities`,
        NONTAX_BASE: `${governmentUrl}/nontax`,
        ...paySettings(payDirectory, payUrl),
        HALL_CLOCK_OFFSET_MS: offset,
        STAFF_IDLE_MINUTES: '480',
        DEMO: '1',
      },
      logDir,
      ready: answers(`http://127.0.0.1:${ports.hall}/healthz`),
    });
    stops.push(() => server.stop());
    await server.start();
    const broken = Promise.race(
      [...standIns, server].map((each) => each.exited.then(() => each.program.name)),
    );
    return { ports, store: store.description, broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
