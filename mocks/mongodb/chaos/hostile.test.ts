import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import test from 'ava';
import { deserialize } from 'bson';
import fc from 'fast-check';
import { messageOf } from '../battery/wire.ts';
import { hostileMessages } from './hostileMessages.ts';
import { type StoreProcess, startStoreProcess } from './storeProcess.ts';

const ANSWER_MS = 3000;
const IDLE_CONNECTIONS = 10_000;
const BATCH = 500;
const MUTATIONS = 300;
/** What is left open after everything was dropped may differ by a file the store opens lazily. */
const SPARE_FILES = 3;

const dir = await mkdtemp(join(tmpdir(), 'hostile-'));
const store = await startStoreProcess(dir);
await stillAnswers(store);

test.after.always(async () => {
  await store.stop();
  await rm(dir, { recursive: true, force: true });
});

for (const [name, bytes] of hostileMessages) {
  test.serial(`a hostile message is answered with an error or a closed connection: ${name}`, async (t) => {
    const socket = await open(store);
    socket.write(bytes);
    const outcome = await outcomeOf(socket);
    socket.destroy();
    t.true(store.running(), 'the store has ended');
    await stillAnswers(store);
    if (outcome === 'silent') {
      // More bytes are awaited, which is right only where the length says that more will come.
      t.true(
        bytes.length < Math.min(bytes.readInt32LE(0), 48_000_001),
        'neither an answer nor a closed connection',
      );
    } else if (outcome !== 'closed') {
      t.true(outcome['ok'] === 0 || outcome['ok'] === 1, JSON.stringify(outcome).slice(0, 300));
      if (outcome['ok'] === 0) t.is(typeof outcome['code'], 'number', JSON.stringify(outcome).slice(0, 300));
    }
  });
}

test.serial('a message cut anywhere and then dropped does no harm', async (t) => {
  const whole = messageOf({ insert: 'cut', documents: [{ _id: 1, text: 'x'.repeat(200) }], $db: 'test' }, 1);
  for (let length = 1; length < whole.length; length += 7) {
    const socket = await open(store);
    socket.end(whole.subarray(0, length));
    await outcomeOf(socket);
    socket.destroy();
  }
  const connection = await store.connect();
  const counted = await connection.command('test', { count: 'cut', query: {} });
  t.is(Number(counted['n']), 0, 'half a message was carried out');
  connection.close();
});

test.serial('a message that comes byte by byte is answered like any other', async (t) => {
  const socket = await open(store);
  socket.setNoDelay(true);
  const outcome = outcomeOf(socket);
  for (const byte of messageOf({ ping: 1, $db: 'admin' }, 1)) {
    socket.write(Buffer.from([byte]));
    await pause(1);
  }
  t.like(await outcome, { ok: 1 });
  socket.destroy();
});

test.serial(`${MUTATIONS} randomly damaged messages leave the store running`, async (t) => {
  const honest = [
    messageOf({ find: 'c', filter: { a: { $gt: 1 }, b: 'text' }, sort: { a: 1 }, $db: 'test' }, 1),
    messageOf({ insert: 'c', documents: [{ a: 1, b: [1, { c: new Date(0) }] }], $db: 'test' }, 2),
    messageOf({ update: 'c', updates: [{ q: { a: 1 }, u: { $set: { b: 1 } } }], $db: 'test' }, 3),
    messageOf({ aggregate: 'c', pipeline: [{ $group: { _id: '$a' } }], cursor: {}, $db: 'test' }, 4),
  ];
  const damage = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...honest), damage, async (message, changes) => {
      const damaged = Buffer.from(message);
      // The length stays true, so that the store takes the message whole and looks inside.
      for (const [at, value] of changes) damaged[12 + (at % (damaged.length - 12))] = value;
      const socket = await open(store);
      socket.write(damaged);
      socket.end();
      await outcomeOf(socket);
      socket.destroy();
      return store.running();
    }),
    { numRuns: MUTATIONS },
  );
  await stillAnswers(store);
  t.true(store.running());
});

test.serial(`${IDLE_CONNECTIONS} idle connections opened and dropped leave nothing behind`, async (t) => {
  t.timeout(120_000);
  await stillAnswers(store);
  await settled(store, 0);
  const filesBefore = await store.openFiles();
  const memoryBefore = await residentMb(store);
  for (let opened = 0; opened < IDLE_CONNECTIONS; opened += BATCH) {
    const sockets = await Promise.all(Array.from({ length: BATCH }, () => open(store)));
    // Half of them vanish without a word, half say goodbye.
    for (const [i, socket] of sockets.entries()) {
      if (i % 2 === 0) socket.resetAndDestroy();
      else socket.end();
    }
    await Promise.all(sockets.map((one) => (one.closed ? undefined : once(one, 'close'))));
  }
  await stillAnswers(store);
  if (filesBefore === undefined) t.log('this system does not tell how many files a process holds open');
  else t.true(((await settled(store, filesBefore + SPARE_FILES)) ?? 0) <= filesBefore + SPARE_FILES);
  const grown = (await residentMb(store)) - memoryBefore;
  t.true(grown < 100, `resident memory grew by ${grown} MB`);
});

async function open(to: StoreProcess): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: to.port });
  await once(socket, 'connect');
  // A reset is one of the ways to be turned away.
  socket.on('error', () => {});
  socket.resume();
  return socket;
}

/** The first reply, or that the store closed the connection, or that nothing came. */
async function outcomeOf(socket: Socket): Promise<Record<string, unknown> | 'closed' | 'silent'> {
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('silent'), ANSWER_MS);
    const settle = (outcome: Record<string, unknown> | 'closed') => {
      clearTimeout(timer);
      resolve(outcome);
    };
    if (socket.closed) settle('closed');
    socket.once('close', () => settle('closed'));
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      const received = Buffer.concat(chunks);
      if (received.length < 4 || received.length < received.readInt32LE(0)) return;
      // OP_REPLY (opcode 1) has 20 bytes between header and document, OP_MSG has 5.
      const start = received.readInt32LE(12) === 1 ? 36 : 21;
      settle(deserialize(received.subarray(start, received.readInt32LE(0))));
    });
  });
}

async function stillAnswers(to: StoreProcess): Promise<void> {
  const connection = await to.connect();
  const reply = await connection.command('admin', { ping: 1 });
  connection.close();
  if (Number(reply['ok']) !== 1) throw new Error(`ping was answered ${JSON.stringify(reply)}`);
}

/** Waits until at most `wanted` files are open, or a while, and tells how many are. */
async function settled(to: StoreProcess, wanted: number): Promise<number | undefined> {
  let files = await to.openFiles();
  for (let i = 0; i < 40 && files !== undefined && files > wanted; i++) {
    await pause(50);
    files = await to.openFiles();
  }
  return files;
}

async function residentMb(to: StoreProcess): Promise<number> {
  const status = await readFile(`/proc/${to.pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024);
}
