import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { open } from 'lmdb';
import { MongoClient } from 'mongodb';
import { encode } from '../bson/encode.ts';
import { startStore } from '../server.ts';
import { folder, openEngine, openStore } from '../testing/openStore.ts';
import { backupStore, restoreStore } from './backup.ts';
import { recordKey } from './catalog.ts';
import { DirectAccess, Engine } from './engine.ts';
import { fileName } from './environment.ts';
import { sweepExpired } from './sweeper.ts';
import { verifyEngine, verifyStore } from './verify.ts';

test('a backup taken while the store runs is restored with everything in it', async (t) => {
  const { dir, client } = await openStore(t);
  const c = client.db('t').collection<{ _id: number; n: number }>('c');
  await c.createIndex({ n: 1 }, { unique: true });
  await c.insertMany(Array.from({ length: 500 }, (_, i) => ({ _id: i, n: i * 2 })));
  const to = join(await folder(t), 'backup');
  await Promise.all([backupStore(dir, to), c.updateOne({ _id: 1 }, { $set: { n: -1 } })]);
  await c.deleteMany({});
  const back = join(await folder(t), 'restored');
  await restoreStore(to, back);
  t.deepEqual((await verifyStore(back)).problems, []);
  const store = await startStore({ dir: back });
  const second = await MongoClient.connect(store.uri);
  t.is(
    await second
      .db('t')
      .collection('c')
      .countDocuments({ n: { $gte: -1 } }),
    500,
  );
  await second.close();
  await store.close();
});

test('a restore never goes over a store that is there', async (t) => {
  const { dir } = await openStore(t);
  const to = join(await folder(t), 'backup');
  await backupStore(dir, to);
  await t.throwsAsync(restoreStore(to, dir), { message: /already a store/ });
});

test('files of a newer version are refused', async (t) => {
  const dir = await folder(t);
  await mkdir(dir, { recursive: true });
  const root = open<Buffer, Buffer>({
    path: join(dir, fileName),
    noSubdir: true,
    encoding: 'binary',
    keyEncoding: 'binary',
  });
  const meta = root.openDB<Buffer, Buffer>({ name: 'meta', encoding: 'binary', keyEncoding: 'binary' });
  await meta.put(Buffer.from('version'), Buffer.from('99'));
  await root.close();
  await t.throwsAsync(startStore({ dir }), { message: /version 99/ });
  t.true((await readFile(join(dir, fileName))).length > 0);
});

test('a folder is served by one process at a time', async (t) => {
  const { dir } = await openStore(t);
  await t.throwsAsync(startStore({ dir }), { message: /already serves/ });
});

test('verify tells of an index that does not agree with its documents', async (t) => {
  const engine = await openEngine(t);
  await engine.env.write(() => {
    const collection = engine.catalog.create('t.c');
    const access = new DirectAccess(engine);
    access.insert(collection, encode({ _id: 1 }), { _id: 1 });
    access.insert(collection, encode({ _id: 2 }), { _id: 2 });
  });
  t.deepEqual(verifyEngine(engine).problems, []);
  await engine.env.write(() => {
    engine.env.records.putSync(recordKey(engine.catalog.find('t.c')!, 2), encode({ _id: 3 }));
  });
  t.true(verifyEngine(engine).problems.some((problem) => problem.includes('_id_')));
});

test('documents past their time are swept, others and other types of value stay', async (t) => {
  const { client, dir } = await openStore(t);
  const c = client.db('t').collection<{ _id: number; at: unknown }>('c');
  await c.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
  const now = Date.UTC(2026, 0, 1);
  await c.insertMany([
    { _id: 1, at: new Date(now - 61_000) },
    { _id: 2, at: new Date(now - 59_000) },
    { _id: 3, at: 5 },
    { _id: 4, at: [new Date(now), new Date(now - 90_000)] },
    { _id: 5, at: null },
  ]);
  await client.close();
  const copy = join(await folder(t), 'copy');
  await backupStore(dir, copy);
  const engine = new Engine(copy);
  t.is(await sweepExpired(engine, now), 2);
  t.deepEqual(verifyEngine(engine).problems, []);
  t.is(engine.catalog.find('t.c')?.count, 3);
  await engine.env.close();
});

test('writes of one turn share one commit, and each is there when it resolves', async (t) => {
  const engine = await openEngine(t);
  let commits = 0;
  const before = engine.env.beforeCommit;
  engine.env.beforeCommit = () => {
    commits++;
    before();
  };
  const keys = Array.from({ length: 50 }, (_, i) => Buffer.from(`k${i}`));
  await Promise.all(
    keys.map(async (key) => {
      await engine.env.write(() => engine.env.meta.putSync(key, key));
      t.deepEqual(engine.env.meta.get(key), key);
    }),
  );
  t.is(commits, 1);
});

test('the map of the file is renewed without losing anything, but not under an open snapshot', async (t) => {
  const engine = await openEngine(t);
  await engine.env.write(() => engine.env.meta.putSync(Buffer.from('k'), Buffer.from('v')));
  const snapshot = engine.env.snapshot();
  t.false(engine.env.remap());
  engine.env.release(snapshot);
  t.true(engine.env.remap());
  t.is(engine.env.meta.get(Buffer.from('k'))?.toString(), 'v');
  await engine.env.write(() => engine.env.meta.putSync(Buffer.from('k'), Buffer.from('w')));
  t.is(engine.env.meta.get(Buffer.from('k'))?.toString(), 'w');
});
