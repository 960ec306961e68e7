import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mongoose from 'mongoose';
import { startStoreProcess } from '../../mocks/mongodb/chaos/storeProcess.ts';
import { connectDatabase, disconnectDatabase, prepareDatabase } from '../kernel/database.ts';
import { growth } from './caseParts/growth.ts';
import { ratings } from './caseParts/ratings.ts';
import { submit } from './caseParts/submit.ts';

/**
 * Applying online, on the stand-in store in a process of its own, or on MONGODB_URI. `submit_p99_ms`: a submission with five
 * attachments; `growth_list`, `growth_timeline`: my cases, and one with its timeline, among 1,000,000 against among 10,000
 * (BENCH_CASES sets the larger number; BENCH_PARTS=submit runs only some). `ratings_month_ms`: the statistics of a month of
 * 1,000,000 ratings (BENCH_RATINGS).
 */
export async function run(): Promise<Record<string, number>> {
  process.env['NODE_ENV'] ??= 'production';
  const dir = await mkdtemp(path.join(tmpdir(), 'bench-cases-'));
  const given = process.env['MONGODB_URI'];
  const store = given ? null : await startStoreProcess(path.join(dir, 'store'));
  const name = `bench_cases_${process.pid}`;
  try {
    const figures: Record<string, number> = {};
    const only = process.env['BENCH_PARTS']?.split(',');
    for (const part of [submit, growth, ratings]) {
      if (only && !only.includes(part.name)) continue;
      await connectDatabase(given ?? `mongodb://127.0.0.1:${store!.port}/`, name);
      await prepareDatabase();
      Object.assign(figures, await part());
      await mongoose.connection.dropDatabase();
      await disconnectDatabase();
    }
    return figures;
  } finally {
    await store?.stop();
    await rm(dir, { recursive: true, force: true });
  }
}
