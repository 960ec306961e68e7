import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Middleware } from 'koa';
import { createNotice } from '../areas/notices/createNotice.ts';
import { paymentsJobs, paymentsWorkers } from '../areas/payments/jobs.ts';
import { noticeDoor, noticePath } from '../areas/payments/noticeDoor.ts';
import type { BillOwner } from '../areas/payments/port.ts';
import type { PaymentsRoom } from '../areas/payments/room.ts';
import { paymentsRoutes } from '../areas/payments/routes.ts';
import { paymentSettings } from '../areas/payments/settings.ts';
import { findPerson } from '../areas/people/findPerson.ts';
import type { Config } from '../config.ts';
import { createFines } from '../government/fines/client.ts';
import { fineBills } from '../government/fines/fineBills.ts';
import type { Gates } from '../government/gates.ts';
import { createNonTax } from '../government/nontax/client.ts';
import { noteBills } from '../government/nontax/noteBills.ts';
import { createUtilities } from '../government/utilities/client.ts';
import { utilityBills } from '../government/utilities/utilityBills.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Route } from '../kernel/http/route.ts';
import type { Job, Worker } from '../kernel/jobs.ts';
import { connectWechatPay } from '../wechat/pay/client.ts';
import { PayError } from '../wechat/pay/errors.ts';
import { NoticeRefusal } from '../wechat/pay/notice.ts';
import type { WechatPay } from '../wechat/pay/port.ts';

export interface Payments {
  readonly routes: readonly Route[];
  readonly jobs: readonly Job[];
  readonly workers: readonly Worker[];
  /** Where WeChat Pay's notices come in; mounted before the body parser. */
  readonly before: readonly Middleware[];
  close(): Promise<void>;
}

/** Paying. Where WeChat Pay is not configured no bill has an owner, so that nothing can be paid. */
export function openPayments(config: Config, clock: Clock, gates: Gates): Payments {
  const settings = paySettings(config);
  const pay = settings ? connectWechatPay({ ...settings, now: () => clock.wall() }) : noPay;
  const owners = settings ? billOwners(config, clock, gates) : { all: [], close: async () => {} };
  const room: PaymentsRoom = {
    clock,
    pay,
    owners: new Map(owners.all.map((each) => [each.kind, each])),
    notifyUrl: `${config.publicUrl}${noticePath}`,
    expiryMinutes: paymentSettings.expiryMinutes,
    openidOf: async (personId, channel) => {
      const openids = (await findPerson(personId))?.openids;
      return (channel === 'weapp' ? openids?.miniProgram : openids?.officialAccount) ?? null;
    },
    notify: createNotice,
  };
  return {
    routes: paymentsRoutes(room),
    jobs: paymentsJobs(room),
    workers: settings ? paymentsWorkers(room) : [],
    before: settings ? [noticeDoor(room)] : [],
    close: async () => void (await Promise.all([pay.end(), owners.close()])),
  };
}

/** Whoever issues bills, as far as their systems are configured. */
function billOwners(
  config: Config,
  clock: Clock,
  gates: Gates,
): { all: readonly BillOwner[]; close(): Promise<void> } {
  const all: BillOwner[] = [];
  const clients: { close(): Promise<void> }[] = [];
  if (config.FINES_BASE) {
    const fines = createFines({
      base: config.FINES_BASE,
      gateway: { paasId: config.GATEWAY_PAAS_ID, token: config.GATEWAY_TOKEN },
      gate: gates.of('fines'),
      now: () => clock.wall(),
    });
    clients.push(fines);
    all.push(fineBills(fines));
  }
  if (config.UTILITIES_BASE) {
    const utilities = createUtilities({ base: config.UTILITIES_BASE, gate: gates.of('utilities') });
    clients.push(utilities);
    all.push(utilityBills(utilities, 'electricity'), utilityBills(utilities, 'gas'));
  }
  const { NONTAX_BASE: base, NONTAX_UNIT: unit, NONTAX_PASSWORD: password } = config;
  if (base && unit && password) {
    const nonTax = createNonTax({ base, unit, password, gate: gates.of('nontax') });
    clients.push(nonTax);
    all.push(noteBills(nonTax));
  }
  return { all, close: async () => void (await Promise.all(clients.map((each) => each.close()))) };
}

const away = async (): Promise<never> => {
  throw new PayError('stop', 'not configured', 'pay');
};
const noPay: WechatPay = {
  ...{ prepay: away, query: away, close: away, refund: away, findRefund: away, bill: away },
  readNotice: () => {
    throw new NoticeRefusal('not configured');
  },
  end: async () => {},
};

function paySettings(config: Config) {
  const {
    WECHAT_PAY_MCHID: mchid,
    WECHAT_PAY_SERIAL: serial,
    WECHAT_PAY_API_V3_KEY: apiV3Key,
    WECHAT_PAY_KEY_FILE: keyFile,
    WECHAT_PAY_CERTIFICATE_FILE: certificateFile,
    WECHAT_PAY_PLATFORM_KEY_ID: platformId,
    WECHAT_PAY_PLATFORM_KEY_FILE: platformFile,
  } = config;
  const given = [mchid, serial, apiV3Key, keyFile, certificateFile, platformId, platformFile];
  if (given.every((each) => each === undefined)) return null;
  if (!mchid || !serial || !apiV3Key || !keyFile || !certificateFile || !platformId || !platformFile)
    throw new Error(
      'WeChat Pay is half configured: set all of WECHAT_PAY_MCHID, _SERIAL, _API_V3_KEY, _KEY_FILE, _CERTIFICATE_FILE, _PLATFORM_KEY_ID and _PLATFORM_KEY_FILE, or none',
    );
  return {
    ...{ base: config.WECHAT_PAY_BASE, mchid, serial, apiV3Key },
    privateKey: readFileSync(keyFile, 'utf8'),
    certificate: readFileSync(certificateFile, 'utf8'),
    platformKeys: new Map([[platformId, platformKey(readFileSync(platformFile, 'utf8'))]]),
    appids: { weapp: config.WECHAT_MP_APPID, h5: config.WECHAT_OA_APPID },
  };
}

const platformKey = (pem: string): KeyObject =>
  pem.includes('CERTIFICATE') ? new X509Certificate(pem).publicKey : createPublicKey(pem);
