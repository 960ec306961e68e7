import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mongoose from 'mongoose';
import { startStoreProcess } from '../../mocks/mongodb/chaos/storeProcess.ts';
import { connectDatabase, disconnectDatabase, prepareDatabase } from '../kernel/database.ts';

type Part = () => Promise<Record<string, number>>;

/**
 * Measures part after part, each on an empty database: of MONGODB_URI, or of the stand-in as a process of its own.
 * BENCH_PARTS=name,name runs only some.
 */
export async function runParts(bench: string, parts: readonly Part[]): Promise<Record<string, number>> {
  const dir = await mkdtemp(path.join(tmpdir(), `bench-${bench}-`));
  const given = process.env['MONGODB_URI'];
  const store = given ? null : await startStoreProcess(path.join(dir, 'store'));
  const name = `bench_${bench}_${process.pid}`;
  const only = process.env['BENCH_PARTS']?.split(',');
  try {
    const figures: Record<string, number> = {};
    for (const part of parts) {
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
