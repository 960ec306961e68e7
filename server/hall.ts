import type { AddressInfo } from 'node:net';
import mongoose from 'mongoose';
import { createApp } from './app.ts';
import { accountCallback } from './areas/account/accountCallback.ts';
import { caseProgressLookup } from './areas/account/caseProgress.ts';
import { findAddressee } from './areas/account/findAddressee.ts';
import { accountJobs } from './areas/account/jobs.ts';
import { nextBookingLookup } from './areas/account/nextBooking.ts';
import { nextTicketLookup } from './areas/account/nextTicket.ts';
import { accountRoutes } from './areas/account/routes.ts';
import { accountWorkers } from './areas/account/worker.ts';
import { staffActRecorder } from './areas/audit/recordStaffAct.ts';
import { auditRoutes } from './areas/audit/routes.ts';
import { bookingJobs } from './areas/booking/jobs.ts';
import { bookingRoutes } from './areas/booking/routes.ts';
import { scheduleRoutes } from './areas/booking/scheduleRoutes.ts';
import { bookingRules } from './areas/booking/settings.ts';
import { applicantsOf } from './areas/broadcasts/applicants.ts';
import { broadcastsJobs } from './areas/broadcasts/jobs.ts';
import { broadcastsRoutes } from './areas/broadcasts/routes.ts';
import { broadcastsWorkers } from './areas/broadcasts/worker.ts';
import { findHall } from './areas/halls/findHall.ts';
import { hallsRoutes } from './areas/halls/routes.ts';
import { findMatter } from './areas/matters/findMatter.ts';
import { AccountTemplates } from './areas/notices/accountTemplates.ts';
import type { SubscriptionChannel } from './areas/notices/room.ts';
import { noticesRoutes } from './areas/notices/routes.ts';
import { noticeSettings } from './areas/notices/settings.ts';
import { noticesWorkers } from './areas/notices/worker.ts';
import { findByIdNumber } from './areas/people/findByIdNumber.ts';
import { findPeople, findPersonByOpenid } from './areas/people/findPerson.ts';
import { idNumberIndexOf, openPersonalData } from './areas/people/personalData.ts';
import { requireLevel } from './areas/people/policy.ts';
import { peopleRoutes } from './areas/people/routes.ts';
import { citizenResolver } from './areas/people/sessions.ts';
import { setFollower } from './areas/people/setFollower.ts';
import { tieFollower } from './areas/people/tieFollower.ts';
import { queueJobs } from './areas/queue/jobs.ts';
import { queueRoutes } from './areas/queue/routes.ts';
import { queueRules } from './areas/queue/settings.ts';
import { reportsJobs } from './areas/reports/jobs.ts';
import { reportsRoutes } from './areas/reports/routes.ts';
import { can } from './areas/staff/policy.ts';
import { staffRoutes } from './areas/staff/routes.ts';
import { staffResolver } from './areas/staff/sessions.ts';
import type { Config } from './config.ts';
import { openGates } from './government/gates.ts';
import { createIdentityPlatform } from './government/identity/client.ts';
import type { Clock } from './kernel/clock.ts';
import { createFieldCipher } from './kernel/crypto/fieldCipher.ts';
import type { Route } from './kernel/http/route.ts';
import { startClock, startJobs } from './kernel/jobRunner.ts';
import type { Job, RunningWorker, Worker } from './kernel/jobs.ts';
import { openApplications } from './rooms/applications.ts';
import { openCalendar } from './rooms/calendar.ts';
import { type CaseHandlers, openCaseSystems } from './rooms/caseSystems.ts';
import { openCity } from './rooms/cityBooking.ts';
import { openMatters } from './rooms/matters.ts';
import { startMetrics } from './rooms/metrics.ts';
import { openPayments } from './rooms/payments.ts';
import { openProgress } from './rooms/progress.ts';
import { openProxies } from './rooms/proxies.ts';
import { openRatings } from './rooms/ratings.ts';
import { openSms } from './rooms/sms.ts';
import { openSystems } from './rooms/systems.ts';
import { staticRooms } from './static.ts';
import { createMiniProgramLogin } from './wechat/mini-program/client.ts';
import { createSubscriptionMessages } from './wechat/mini-program/subscriptionMessages.ts';
import { createWebAuthorisation } from './wechat/oauth/client.ts';
import { AccessToken } from './wechat/official-account/accessToken.ts';
import { connectOfficialAccount, stableToken } from './wechat/official-account/client.ts';
import { Transport } from './wechat/official-account/transport.ts';

export const roles = ['web', 'worker', 'clock'] as const;
export type Role = (typeof roles)[number];

export interface Hall {
  readonly routes: readonly Route[];
  readonly jobs: readonly Job[];
  readonly workers: readonly Worker[];
  /** Plays the roles; the database must be open and prepared. */
  start(wanted: readonly Role[]): Promise<RunningHall>;
}

export interface RunningHall {
  /** The port of the web role; null without it. */
  readonly port: number | null;
  stop(): Promise<void>;
}

/** The composition root: adapters, areas and their rooms, from one configuration. Opens no connection by itself. */
export function openHall(config: Config, clock: Clock): Hall {
  const cipher = createFieldCipher({ fieldKeys: [config.FIELD_KEY], indexKey: config.INDEX_KEY });
  openPersonalData(cipher);
  const workingDays = openCalendar(config.DEMO, clock);
  const { calendar } = workingDays;
  const account = accountClient(config);
  const broadcastAccount = accountClient(config, 100);
  const templates = new AccountTemplates(account, () => clock.monotonic());
  const transport = new Transport({ base: config.WECHAT_API_BASE });
  const sms = openSms(config);
  const gates = openGates(clock, config.GOVERNMENT_HOURS);
  const matters = openMatters(config, clock, gates);
  const caseSystems = openCaseSystems(config, clock, gates, cipher);
  const ratings = openRatings(clock, { calendar, cipher });
  const applications = openApplications(config, clock, {
    ...{ calendar, cipher, systems: caseSystems, caseDecided: ratings.caseDecided },
  });
  const caseHandlers: CaseHandlers = { onAccept: applications.onAccept };

  const progress = openProgress(clock, { cipher, progress: caseSystems.progress });
  const proxies = openProxies(config, clock, bookingRules.proxies);
  const payments = openPayments(config, clock, gates);
  const city = openCity(config, clock, gates, bookingRules.cityChannel.orgCodes);
  const booking = {
    city: city?.channel,
    desk: { findByIdNumber, indexOf: idNumberIndexOf },
    checkInEarlyMinutes: queueRules.checkIn.earlyMinutes,
    burstFactor: config.RATE_FACTOR,
    servedFor: proxies.servedFor,
    clock,
    calendar,
    rules: bookingRules,
    secret: config.SIGNING_KEY,
    findHall,
    findMatter,
    findPeople,
    mayBook: requireLevel(1),
    mayRead: can('bookings.read'),
  };
  const queue = {
    ...{ clock, calendar, findHall, findPeople, ticketServed: ratings.ticketServed },
    rules: queueRules,
    secret: config.SIGNING_KEY,
  };
  const notices = {
    clock,
    account,
    templates,
    settings: noticeSettings,
    findPerson: findAddressee,
    setFollower,
    subscription: subscriptionChannel(config, transport, clock),
    sms,
    findPeople,
  };
  const accountRoom = {
    clock,
    account,
    miniProgramAppid: config.WECHAT_MP_APPID,
    publicUrl: config.publicUrl,
    lookups: [nextBookingLookup(booking), nextTicketLookup(queue), caseProgressLookup()],
    findByOpenid: (openid: string) => findPersonByOpenid('officialAccount', openid),
    findPeople,
    setFollower,
    tieFollower,
  };
  const broadcasts = {
    clock,
    account: broadcastAccount,
    templates,
    applicants: applicantsOf(clock),
    settings: noticeSettings,
  };
  const people = {
    clock,
    publicUrl: config.publicUrl,
    secureCookie: config.publicUrl.startsWith('https:'),
    miniProgram: createMiniProgramLogin({
      transport,
      appid: config.WECHAT_MP_APPID,
      secret: config.WECHAT_MP_SECRET,
    }),
    webAuthorisation: createWebAuthorisation({
      transport,
      openBase: config.WECHAT_OPEN_BASE,
      appid: config.WECHAT_OA_APPID,
      secret: config.WECHAT_OA_SECRET,
    }),
    account,
    identity: createIdentityPlatform({
      base: config.IDENTITY_BASE,
      clientId: config.IDENTITY_CLIENT_ID,
      clientSecret: config.IDENTITY_CLIENT_SECRET,
      gateway: { paasId: config.GATEWAY_PAAS_ID, token: config.GATEWAY_TOKEN },
      gate: gates.of('identity'),
      clock,
    }),
  };
  const staffIdleMs = config.STAFF_IDLE_MINUTES * 60_000;

  const routes: readonly Route[] = [
    ...peopleRoutes(people),
    ...hallsRoutes({ clock, calendar }),
    ...matters.routes,
    ...openSystems(clock, gates, cipher).routes,
    ...workingDays.routes,
    ...bookingRoutes(booking),
    ...scheduleRoutes(booking),
    ...proxies.routes,
    ...applications.routes,
    ...payments.routes,
    ...queueRoutes(queue),
    ...ratings.routes,
    ...progress.routes,
    ...reportsRoutes(),
    ...noticesRoutes(notices),
    ...auditRoutes(),
    ...staffRoutes({ clock, idleMs: staffIdleMs, secureCookie: people.secureCookie }),
    ...broadcastsRoutes(broadcasts),
    ...accountRoutes(accountRoom),
  ];
  const jobs: readonly Job[] = [
    ...bookingJobs(booking),
    ...caseSystems.jobs(caseHandlers),
    ...applications.jobs,
    ...(city?.jobs(booking) ?? []),
    ...payments.jobs,
    ...queueJobs(queue),
    ...ratings.jobs,
    ...reportsJobs({ clock }),
    ...accountJobs(accountRoom),
    ...broadcastsJobs(broadcasts),
    ...matters.jobs,
  ];
  const workers: readonly Worker[] = [
    ...matters.workers,
    ...noticesWorkers(notices),
    ...applications.workers,
    ...(city?.workers(booking) ?? []),
    ...payments.workers,
    ...broadcastsWorkers(broadcasts),
    ...accountWorkers(accountRoom),
  ];

  const callback = accountCallback(accountRoom, {
    appid: config.WECHAT_OA_APPID,
    token: config.WECHAT_OA_TOKEN,
    aesKey: config.WECHAT_OA_AES_KEY,
  });

  const startWeb = async (): Promise<RunningWorker & { port: number }> => {
    const app = createApp({
      clock,
      routes,
      citizenOf: citizenResolver(clock),
      staffOf: staffResolver(clock, staffIdleMs),
      staffActed: staffActRecorder(clock),
      before: [callback, ...caseSystems.before(caseHandlers), ...payments.before, ...staticRooms()],
      ready: async () => mongoose.connection.readyState === 1,
      rateFactor: config.RATE_FACTOR,
    });
    const server = app.listen(config.PORT, config.HOST);
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve);
      server.once('error', reject);
    });
    const { port } = server.address() as AddressInfo;
    const stop = async (): Promise<void> => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      // Answers in flight get a moment; a connection that stays open does not keep the hall from closing.
      const timer = setTimeout(() => server.closeAllConnections(), 3000);
      await closed;
      clearTimeout(timer);
    };
    return { port, stop };
  };

  return {
    routes,
    jobs,
    workers,
    start: async (wanted) => {
      const running: RunningWorker[] = [await workingDays.start(), gates.start(wanted)];
      if (wanted.includes('worker')) {
        running.push(await startJobs(jobs));
        for (const worker of workers) running.push(worker.start());
      }
      if (wanted.includes('clock')) running.push(await startClock(jobs, clock));
      if (config.METRICS_PORT !== undefined) running.push(await startMetrics(config.METRICS_PORT, gates));
      const web = wanted.includes('web') ? await startWeb() : null;
      return {
        port: web?.port ?? null,
        stop: async () => {
          await web?.stop();
          await Promise.all(running.map((each) => each.stop()));
          await matters.close();
          await caseSystems.close();
          await Promise.all([
            account.close(),
            broadcastAccount.close(),
            city?.close(),
            sms?.close(),
            payments.close(),
            gates.flush(),
          ]);
        },
      };
    },
  };
}

const accountClient = (config: Config, connections?: number): ReturnType<typeof connectOfficialAccount> =>
  connectOfficialAccount({
    base: config.WECHAT_API_BASE,
    appid: config.WECHAT_OA_APPID,
    secret: config.WECHAT_OA_SECRET,
    miniProgramAppid: config.WECHAT_MP_APPID,
    ...(connections !== undefined && { connections }),
  });

function subscriptionChannel(config: Config, transport: Transport, clock: Clock): SubscriptionChannel {
  const { WECHAT_MP_APPID: appid, WECHAT_MP_SECRET: secret } = config;
  const tokens = new AccessToken({ appid, fetch: stableToken(transport, appid, secret) });
  const messages = createSubscriptionMessages({ transport, tokens });
  return { messages, templates: new AccountTemplates(messages, () => clock.monotonic()) };
}
