import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { MongoClient } from 'mongodb';
import { startStore } from '../server.ts';
import { Engine } from '../storage/engine.ts';

/** A folder of the test's own, gone after it. */
export async function folder(t: ExecutionContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'store-test-'));
  t.teardown(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A store on a fresh folder and a client connected to it. */
export async function openStore(
  t: ExecutionContext,
): Promise<{ dir: string; uri: string; client: MongoClient }> {
  const dir = await folder(t);
  const store = await startStore({ dir });
  const client = await MongoClient.connect(store.uri);
  t.teardown(async () => {
    await client.close();
    await store.close();
  });
  return { dir, uri: store.uri, client };
}

/** The engine alone, for what needs no wire. */
export async function openEngine(t: ExecutionContext): Promise<Engine> {
  const engine = new Engine(await folder(t));
  t.teardown(() => engine.env.close());
  return engine;
}
