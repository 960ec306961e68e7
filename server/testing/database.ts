import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestFn } from 'ava';
import mongoose from 'mongoose';
import { connectDatabase, disconnectDatabase, prepareDatabase } from '../kernel/database.ts';
import { newId } from '../kernel/ids.ts';

export interface TestStore {
  readonly uri: string;
  close(): Promise<void>;
}

/**
 * The store that tests run on: TEST_MONGODB_URI (a real replica set, or the one stand-in that `npm test` starts for all
 * files), else a stand-in of this process's own.
 */
export async function openTestStore(): Promise<TestStore> {
  const uri = process.env['TEST_MONGODB_URI'];
  if (uri) return { uri, close: async () => {} };
  const { startStore } = await import('../../mocks/mongodb/server.ts');
  const dir = await mkdtemp(path.join(tmpdir(), 'hall-store-'));
  const store = await startStore({ dir });
  return {
    uri: store.uri,
    close: async () => {
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A database name no other test file uses. */
export const newDatabaseName = (): string => `test_${newId().toLowerCase()}`;

/**
 * Gives a test file a database of its own, with the indexes of every model the file imported; dropped at the end.
 * Returns the place where the URI and name are found once the tests run. What uses the database until the end (workers)
 * is put into `closers`: ava runs hooks at the same time, and these run first.
 */
export function useDatabase(test: TestFn): { uri: string; name: string; closers: (() => Promise<void>)[] } {
  const place = { uri: '', name: newDatabaseName(), closers: [] as (() => Promise<void>)[] };
  let store: TestStore;
  test.before('a database of its own', async () => {
    store = await openTestStore();
    place.uri = store.uri;
    await connectDatabase(store.uri, place.name);
    await prepareDatabase();
  });
  test.after.always('the database is dropped', async () => {
    for (const close of place.closers.toReversed()) await close();
    if (mongoose.connection.readyState === 1) await mongoose.connection.dropDatabase();
    await disconnectDatabase();
    await store?.close();
  });
  return place;
}
