import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import test from 'ava';
import { AcknowledgedWrites } from './acknowledgedWrites.ts';
import { startStoreProcess, verifyStore } from './storeProcess.ts';

const ROUNDS = 50;
const WRITERS = 8;
/** `verify` reads everything in a process of its own; the wire checks of every round come in between. */
const VERIFY_EVERY = 10;
const SHORTEST_MS = 40;
const LONGEST_MS = 400;

test(`killed ${ROUNDS} times during concurrent writes, the store has every acknowledged write and sound indexes`, async (t) => {
  t.timeout(400_000, 'fifty starts take their time on a busy machine');
  const dir = await mkdtemp(join(tmpdir(), 'killed-'));
  t.teardown(() => rm(dir, { recursive: true, force: true }));
  const writes = new AcknowledgedWrites();
  const started = performance.now();
  for (let round = 1; round <= ROUNDS; round++) {
    const store = await startStoreProcess(dir);
    try {
      const first = await store.connect();
      if (round === 1) await writes.prepare(first);
      else t.deepEqual(await writes.check(first), [], `after kill ${round - 1}`);
      const connections = await Promise.all(Array.from({ length: WRITERS }, () => store.connect()));
      const writing = Promise.all(connections.map((one) => writes.writeUntilItBreaks(one)));
      // The moment of the crash is the one thing here that must not be chosen.
      await pause(SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS));
      await store.kill();
      await writing;
    } finally {
      await store.kill();
    }
    if (round % VERIFY_EVERY === 0) {
      const { ok, said } = await verifyStore(dir);
      t.true(ok, said);
    }
  }
  const store = await startStoreProcess(dir);
  t.teardown(() => store.stop());
  t.deepEqual(await writes.check(await store.connect()), [], 'after the last kill');
  t.true(writes.count > ROUNDS * WRITERS, `only ${writes.count} writes were acknowledged`);
  t.log(`${writes.count} acknowledged writes, ${Math.round((performance.now() - started) / 1000)} s`);
});
