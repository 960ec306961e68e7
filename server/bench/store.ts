import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Collection, MongoClient } from 'mongodb';
import { startStoreProcess } from '../../mocks/mongodb/chaos/storeProcess.ts';
import { BareTickets } from './storeParts/bareWorkload.ts';
import { loadTickets, storeWorkload } from './storeParts/storeWorkload.ts';
import type { Ticket } from './storeParts/tickets.ts';
import {
  durations,
  type Kind,
  kinds,
  median,
  pickOf,
  rounded,
  throughput,
  type Workload,
} from './storeParts/workload.ts';

const FEW = 1000;
const MANY = Number(process.env['BENCH_TICKETS'] ?? 1_000_000);
const AGGREGATED = 100_000;
const CLIENTS = 64;
/** Both sizes are measured in short turns, so that whatever else the machine does weighs on both alike. */
const ROUNDS = 30;
const OPERATIONS: Record<Kind, number> = { find: 100, update: 40, insert: 40, range: 50 };
const CROWD_OPERATIONS: Record<Kind, number> = { find: 12_000, update: 4000, insert: 4000, range: 4000 };

/**
 * The stand-in's speed, the store in a process of its own. `growth_*`: what an operation costs among 1,000,000
 * documents against among 1,000; `bare_*`: throughput with 64 clients against the same work by direct LMDB calls;
 * `rss_mb`: resident memory of the store's process (VmRSS, mapped file pages included) at the end of all this.
 */
export async function run(): Promise<Record<string, number>> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-store-'));
  const store = await startStoreProcess(join(dir, 'store'));
  const client = new MongoClient(`mongodb://127.0.0.1:${store.port}/`, { maxPoolSize: CLIENTS });
  try {
    const db = client.db('bench');
    const [few, many] = [db.collection<Ticket>('few'), db.collection<Ticket>('many')];
    await timed(`${FEW} tickets loaded`, () => loadTickets(few, FEW));
    await timed(`${MANY} tickets loaded`, () => loadTickets(many, MANY));
    say(`memory after loading: ${await memoryOf(store.pid)}`);
    const growth = await growthOf(few, many);
    await aggregates(many);
    const ours = await crowd('store', storeWorkload(many), MANY);
    const rss = await residentMb(store.pid);
    say(`memory at the end: ${await memoryOf(store.pid)}`);
    await client.close();
    await store.stop();
    const bare = await bareCrowd(join(dir));
    return {
      growth_find: growth.find,
      growth_update: growth.update,
      growth_insert: growth.insert,
      growth_range: growth.range,
      rss_mb: rss,
      bare_find: rounded(ours.find / bare.find, 3),
      bare_update: rounded(ours.update / bare.update, 3),
      bare_insert: rounded(ours.insert / bare.insert, 3),
    };
  } finally {
    await client.close();
    await store.kill();
    await rm(dir, { recursive: true, force: true });
  }
}

/** The median of what one client's operation takes among many tickets, divided by that among few. */
async function growthOf(few: Collection<Ticket>, many: Collection<Ticket>): Promise<Record<Kind, number>> {
  const sizes = [
    { tickets: few, count: FEW, work: storeWorkload(few) },
    { tickets: many, count: MANY, work: storeWorkload(many) },
  ] as const;
  const growth: Record<Kind, number> = { find: 0, update: 0, insert: 0, range: 0 };
  for (const kind of kinds) {
    const taken: [number[], number[]] = [[], []];
    // Round -1 warms up both sides.
    for (let round = -1; round < ROUNDS; round++) {
      for (const [i, { tickets, count, work }] of sizes.entries()) {
        const total = OPERATIONS[kind];
        const noOf = (n: number) => (kind === 'insert' ? count + n : pickOf(round * total + n, count));
        const times = await durations(total, (n) => work[kind](noOf(n)));
        if (kind === 'insert') await tickets.deleteMany({ _id: { $gte: count } });
        if (round >= 0) taken[i]?.push(...times);
      }
    }
    const [small, large] = [median(taken[0]), median(taken[1])];
    growth[kind] = rounded(large / small);
    say(`1 client, ${kind}: ${rounded(small, 3)} ms among ${FEW}, ${rounded(large, 3)} ms among ${MANY}`);
  }
  return growth;
}

async function aggregates(many: Collection<Ticket>): Promise<void> {
  const pipeline = [
    { $match: { _id: { $lt: AGGREGATED } } },
    { $group: { _id: '$hall', tickets: { $sum: 1 }, calls: { $avg: '$calls' }, last: { $max: '$at' } } },
    { $sort: { tickets: -1, _id: 1 } },
  ];
  await timed(`aggregate over ${AGGREGATED} tickets`, async () => {
    const halls = await many.aggregate(pipeline).toArray();
    if (halls.length === 0) throw new Error('the aggregate found no halls');
  });
}

/** Operations a second of each kind with 64 clients. */
async function crowd(who: string, work: Workload, count: number): Promise<Record<Kind, number>> {
  const result: Record<Kind, number> = { find: 0, update: 0, insert: 0, range: 0 };
  for (const kind of kinds) {
    const total = CROWD_OPERATIONS[kind];
    const noOf = (n: number) => (kind === 'insert' ? count + n : pickOf(n, count));
    await throughput(total >> 3, CLIENTS, (n) => work[kind](kind === 'insert' ? count + total + n : noOf(n)));
    result[kind] = await throughput(total, CLIENTS, (n) => work[kind](noOf(n)));
    say(`${CLIENTS} clients, ${kind}, ${who}: ${Math.round(result[kind])} a second`);
  }
  return result;
}

async function bareCrowd(dir: string): Promise<Record<Kind, number>> {
  const bare = new BareTickets(dir);
  try {
    await timed(`${MANY} tickets loaded by bare LMDB calls`, () => bare.load(MANY));
    return await crowd('bare', bare, MANY);
  } finally {
    await bare.close();
  }
}

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  say(`${what}: ${((performance.now() - start) / 1000).toFixed(2)} s`);
}

async function residentMb(pid: number): Promise<number> {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(await statusOf(pid))?.[1];
  return Math.round(Number(kilobytes ?? Number.NaN) / 1024);
}

async function memoryOf(pid: number): Promise<string> {
  return [...(await statusOf(pid)).matchAll(/^(VmRSS|RssAnon|RssFile):\s+(\d+) kB$/gm)]
    .map(([, name, kilobytes]) => `${name} ${Math.round(Number(kilobytes) / 1024)} MB`)
    .join(', ');
}

/** Linux tells a process's memory here; elsewhere the figure is missing. */
async function statusOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
}

function say(line: string): void {
  console.log(line);
}
