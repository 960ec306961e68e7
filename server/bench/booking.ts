import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mongoose from 'mongoose';
import { startStoreProcess } from '../../mocks/mongodb/chaos/storeProcess.ts';
import { connectDatabase, disconnectDatabase, prepareDatabase } from '../kernel/database.ts';
import { growth } from './bookingParts/growth.ts';
import { lookups } from './bookingParts/lookups.ts';
import { month } from './bookingParts/month.ts';
import { rush } from './bookingParts/rush.ts';

/**
 * Booking and the queue, on the stand-in store in a process of its own, or on MONGODB_URI. `month_ms`: CPU for one hall's
 * month; `vs_naive`: how many times as much the naive loop costs; `rush_ratio`, `rush_oversold`, `rush_p99_ms`: release
 * time; `lookup_p99_ms`, `lookup_stale`: queue look-ups while calling runs; `growth`: a visit among 1,000,000 stored
 * bookings against among 10,000 (BENCH_BOOKINGS sets the larger number; BENCH_PARTS=month,rush runs only some).
 */
export async function run(): Promise<Record<string, number>> {
  process.env['NODE_ENV'] ??= 'production';
  const dir = await mkdtemp(path.join(tmpdir(), 'bench-booking-'));
  const given = process.env['MONGODB_URI'];
  const store = given ? null : await startStoreProcess(path.join(dir, 'store'));
  const name = `bench_booking_${process.pid}`;
  try {
    const figures: Record<string, number> = {};
    const only = process.env['BENCH_PARTS']?.split(',');
    for (const part of [month, rush, lookups, growth]) {
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
