import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import mongoose from 'mongoose';
import { startStoreProcess } from '../../mocks/mongodb/chaos/storeProcess.ts';
import { actOnBroadcast, createBroadcast, findBroadcast } from '../areas/broadcasts/actOnBroadcast.ts';
import { RowModel } from '../areas/broadcasts/ledger.ts';
import type { Broadcast } from '../areas/broadcasts/model.ts';
import { broadcastsWorkers } from '../areas/broadcasts/worker.ts';
import { AccountTemplates } from '../areas/notices/accountTemplates.ts';
import { createNotice } from '../areas/notices/createNotice.ts';
import { type Notice, NoticeModel } from '../areas/notices/model.ts';
import { noticeSettings } from '../areas/notices/settings.ts';
import { noticesWorkers } from '../areas/notices/worker.ts';
import { systemClock } from '../kernel/clock.ts';
import { connectDatabase, disconnectDatabase, prepareDatabase } from '../kernel/database.ts';
import { accountAt } from '../testing/officialAccountClient.ts';
import { plainLoop } from './broadcastParts/plainLoop.ts';
import { type Platform, startPlatform } from './broadcastParts/platform.ts';

const LATENCY_MS = 50;
const CONCURRENCY = 100;
const RATED = Number(process.env['BENCH_RATED'] ?? 20_000);
const LARGE = Number(process.env['BENCH_LARGE'] ?? 100_000);
const HUGE = Number(process.env['BENCH_HUGE'] ?? 1_000_000);
const NOTICES_PER_SECOND = 50;
const NOTICE_SECONDS = 20;
/** How long the broadcast to the huge audience is watched. */
const HUGE_SECONDS = 30;
const SEQUENTIAL = 100;
const sendPath = '/cgi-bin/message/template/send';
const clock = systemClock();

/**
 * The worker (this process) against a platform that answers in 50 ms and takes 100 calls at once, each stand-in a
 * process of its own; receipts are switched off. `rate_fraction`: of the possible 2,000 messages a second;
 * `vs_sequential`: against a plain co-wechat-api loop; `notice_p99_ms`: created to sent, at 50 notices a second during a
 * broadcast to 100,000; `growth_mb`: resident memory during a broadcast to 1,000,000 beyond what it was before.
 * With BENCH_MONGODB_URI it runs on that store.
 */
export async function run(): Promise<Record<string, number>> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-broadcast-'));
  const uri = process.env['BENCH_MONGODB_URI'];
  const store = uri ? null : await startStoreProcess(join(dir, 'store'));
  const platform = await startPlatform();
  try {
    await connectDatabase(uri ?? `mongodb://127.0.0.1:${store!.port}/?replicaSet=rs0`, `bench_${Date.now()}`);
    await prepareDatabase();
    await platform.profile({
      latencyMs: LATENCY_MS,
      paths: [sendPath],
      dropEvents: 1,
      quotas: { [sendPath]: { daily: 100_000_000 } },
    });
    return await measured(platform);
  } finally {
    if (mongoose.connection.readyState === 1) await mongoose.connection.dropDatabase();
    await disconnectDatabase();
    await platform.close();
    await store?.kill();
    await rm(dir, { recursive: true, force: true });
  }
}

async function measured(platform: Platform): Promise<Record<string, number>> {
  const single = accountAt(platform.url);
  const many = accountAt(platform.url, { connections: CONCURRENCY });
  const [person] = (await single.followers(null)).openids;
  const workers = [
    ...noticesWorkers({
      clock,
      account: single,
      templates: new AccountTemplates(single, () => clock.monotonic()),
      settings: { ...noticeSettings, quietHours: { from: '00:00', to: '00:00' } },
      findPerson: async (id) => ({ id, phone: null, follower: true, openids: { officialAccount: person! } }),
      setFollower: async () => {},
      subscription: null,
      sms: null,
    }),
    ...broadcastsWorkers({
      clock,
      account: many,
      templates: new AccountTemplates(many, () => clock.monotonic()),
      applicants: async () => ({ total: 0, openids: [], next: null }),
      settings: noticeSettings,
      concurrency: CONCURRENCY,
    }),
  ].map((worker) => worker.start());
  const rate = await fullRate(platform, single);
  const sequential = await sequentialRate(platform, single, await findBroadcast(rate.id));
  const p99 = await noticesDuring(platform);
  const growth = await growthDuring(platform);
  for (const worker of workers) await worker.stop();
  await Promise.all([single.close(), many.close()]);
  return {
    rate_fraction: rounded(rate.perSecond / (CONCURRENCY / (LATENCY_MS / 1000)), 3),
    vs_sequential: rounded(rate.perSecond / sequential, 1),
    notice_p99_ms: Math.round(p99),
    growth_mb: Math.round(growth),
  };
}

async function begin(platform: Platform, audience: number, subject: string): Promise<string> {
  await platform.profile({ followers: audience - 7 });
  const writer = { staffId: 'a', name: '甲', roles: ['publisher'], hallIds: [] };
  const approver = { staffId: 'b', name: '乙', roles: ['approver'], hallIds: [] };
  const values = { subject, scope: '全区', time: '2026年11月27日 09:00', tip: '可先预约' };
  const content = { kind: 'template', template: 'service.announcement', values, page: null } as const;
  const input = { title: subject, audience: { kind: 'followers' }, content, scheduledAt: null } as const;
  const { _id } = await createBroadcast(input, writer, clock.now());
  const { version } = await actOnBroadcast(_id, 'submit', { version: 1 }, writer, clock.now());
  await actOnBroadcast(_id, 'approve', { version }, approver, clock.now());
  return _id;
}

/** From the first message to the last, as the platform counts them. */
async function fullRate(
  platform: Platform,
  account: ReturnType<typeof accountAt>,
): Promise<{ id: string; perSecond: number }> {
  const sent = async (): Promise<number> => (await account.quota(sendPath)).used;
  const before = await sent();
  const id = await begin(platform, RATED, '速度');
  while ((await sent()) === before) await pause(5);
  const begun = performance.now();
  const first = await sent();
  while ((await sent()) < before + RATED) await pause(20);
  const seconds = (performance.now() - begun) / 1000;
  while ((await findBroadcast(id)).state !== 'sent') await pause(50);
  const { perPerson } = await platform.received('速度');
  if (perPerson['1'] !== RATED) throw new Error(`not exactly one each: ${JSON.stringify(perPerson)}`);
  const perSecond = (before + RATED - first) / seconds;
  say(`${RATED} people: ${Math.round(perSecond)} messages a second`);
  return { id, perSecond };
}

async function sequentialRate(
  platform: Platform,
  account: ReturnType<typeof accountAt>,
  { pinned }: Broadcast,
): Promise<number> {
  const { openids } = await account.followers(null);
  const rate = await plainLoop(platform.url, openids.slice(0, SEQUENTIAL), pinned!.templateId, pinned!.data);
  say(`a plain loop: ${rounded(rate, 1)} messages a second`);
  return rate;
}

async function noticesDuring(platform: Platform): Promise<number> {
  const id = await begin(platform, LARGE, '同时');
  while ((await platform.received('同时')).messages < 1000) await pause(20);
  const total = NOTICES_PER_SECOND * NOTICE_SECONDS;
  const begun = performance.now();
  const written: Promise<void>[] = [];
  for (let i = 0; i < total; i++) {
    const wait = begun + (i * 1000) / NOTICES_PER_SECOND - performance.now();
    if (wait > 0) await pause(wait);
    written.push(writeNotice(i));
  }
  await Promise.all(written);
  while ((await NoticeModel.countDocuments({ state: 'sent' })) < total) await pause(50);
  if ((await findBroadcast(id)).state !== 'sending')
    throw new Error('the broadcast ended before the notices did');
  const notices = await NoticeModel.find({ state: 'sent' }, { createdAt: 1, sentAt: 1 }).lean<Notice[]>();
  const waits = notices
    .map(({ createdAt, sentAt }) => sentAt!.getTime() - createdAt.getTime())
    .sort((a, b) => a - b);
  const p99 = waits[Math.ceil(waits.length * 0.99) - 1]!;
  say(
    `${total} notices meanwhile: median ${waits[waits.length >> 1]} ms, p99 ${p99} ms, slowest ${waits.at(-1)} ms`,
  );
  await stop(id);
  return p99;
}

const writeNotice = (i: number): Promise<void> =>
  createNotice({
    key: `bench:queue.yourTurn:${i}`,
    personId: `bench${i}`,
    kind: 'queue.yourTurn',
    values: {
      ticket: `A${i}`,
      window: 'A区05号窗口',
      hall: '增城区政务服务中心',
      time: '2026年11月26日 09:42',
    },
    page: null,
    at: clock.now(),
  });

async function growthDuring(platform: Platform): Promise<number> {
  await pause(1000);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const id = await begin(platform, HUGE, '百万');
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 200);
  await pause(HUGE_SECONDS * 1000);
  const rows = await RowModel.countDocuments({ broadcastId: id });
  while (!(await findBroadcast(id)).snapshot?.done) await pause(200);
  clearInterval(watch);
  await stop(id);
  const { messages } = await platform.received('百万');
  say(`${HUGE} people (${rows} in the ledger after ${HUGE_SECONDS} s), ${messages} messages sent so far`);
  return (most - before) / 2 ** 20;
}

async function stop(id: string): Promise<void> {
  const { version } = await findBroadcast(id);
  const runner = { staffId: 'b', name: '乙', roles: ['approver'], hallIds: [] };
  await actOnBroadcast(id, 'stop', { version }, runner, clock.now());
  await pause(1500);
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

function say(line: string): void {
  console.log(line);
}
