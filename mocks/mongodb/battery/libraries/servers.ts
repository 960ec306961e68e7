import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestFn } from 'ava';
import { MongoClient } from 'mongodb';
import { startStore } from '../../server.ts';

export interface Server {
  readonly name: string;
  uri(): string;
}

/**
 * What the libraries promise is stated once, as assertions, and must hold on each of these: the stand-in, and the real
 * MongoDB of REAL_MONGODB_URI where there is one.
 */
export function serversOf(test: TestFn): readonly Server[] {
  const realUri = process.env['REAL_MONGODB_URI'];
  let uri = '';
  let end = async () => {};
  test.before('the stand-in starts', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'libraries-'));
    const store = await startStore({ dir });
    uri = store.uri;
    end = async () => {
      await store.close();
      await rm(dir, { recursive: true });
    };
  });
  test.after.always('the stand-in ends', () => end());
  if (!realUri) {
    test('REAL_MONGODB_URI is not set: these ran on the stand-in only', (t) => {
      t.log('set REAL_MONGODB_URI to run them on a real MongoDB too');
      t.pass();
    });
  }
  const standIn: Server = { name: 'the stand-in', uri: () => uri };
  return realUri ? [standIn, { name: 'a real MongoDB', uri: () => realUri }] : [standIn];
}

/** A client and a database name of its own, dropped at the end. */
export async function withDatabase<T>(
  server: Server,
  work: (client: MongoClient, database: string) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(server.uri(), { writeConcern: { w: 'majority' } });
  const database = `library${randomUUID().slice(0, 8)}`;
  try {
    return await work(client, database);
  } finally {
    await client.db(database).dropDatabase();
    await client.close();
  }
}
