/**
 * `npm run simulate -- day`: a day of the district hall, 6,000 visitors and 229 windows, on a stand-in store of its own or
 * on MONGODB_URI (a database of its own, dropped after). SIMULATE_VISITORS, SIMULATE_WINDOWS and SIMULATE_SEED change it;
 * SIMULATE_RACING=1: as several processes, nothing but the database keeps transactions apart (for a real MongoDB).
 * Ends with one JSON line; exit code 1 where an invariant broke, a sum differs, or somebody was passed too often.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mongoose from 'mongoose';
import { startStoreProcess } from '../../mocks/mongodb/chaos/storeProcess.ts';
import { connectDatabase, disconnectDatabase, prepareDatabase } from '../kernel/database.ts';
import { simulateDay } from './simulation/day.ts';

if (process.argv[2] !== 'day') {
  console.error('npm run simulate -- day');
  process.exit(2);
}
const number = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const dir = await mkdtemp(path.join(tmpdir(), 'simulate-'));
const given = process.env['MONGODB_URI'];
const store = given ? null : await startStoreProcess(path.join(dir, 'store'));
let failed = true;
try {
  await connectDatabase(given ?? `mongodb://127.0.0.1:${store!.port}/`, `simulate_${process.pid}`);
  await prepareDatabase();
  const result = await simulateDay({
    visitors: number('SIMULATE_VISITORS', 6000),
    windows: number('SIMULATE_WINDOWS', 229),
    seed: number('SIMULATE_SEED', 1),
    racing: process.env['SIMULATE_RACING'] !== '0',
    say: (text) => console.log(text),
  });
  failed = result.problems > 0 || result.differences > 0 || result.most_passed > result.bound;
  console.log(JSON.stringify(result));
} finally {
  await mongoose.connection.dropDatabase();
  await disconnectDatabase();
  await store?.stop();
  await rm(dir, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
