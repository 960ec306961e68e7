import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import { startStore } from '../server.ts';
import type { BatteryCase, IndexOfCase } from './batteryCase.ts';
import { randomIndexes, randomReads, randomWrites } from './randomCases.ts';
import { CaseRunner } from './runCase.ts';
import { openPrimary } from './wire.ts';

const LIVE_RUNS = 150;
const OWN_RUNS = 100;
const LIVE_MS = 60_000;

const realUri = process.env['REAL_MONGODB_URI'];
const dir = await mkdtemp(join(tmpdir(), 'properties-'));
const store = await startStore({ dir });
const connection = await openPrimary(store.uri);
const standIn = new CaseRunner(connection);
const realConnection = realUri ? await openPrimary(realUri) : undefined;
const real = realConnection ? new CaseRunner(realConnection) : undefined;

test.after.always(async () => {
  await real?.close();
  realConnection?.close();
  connection.close();
  await store.close();
  await rm(dir, { recursive: true });
});

for (const [what, cases] of [
  ['reads of random documents', randomReads],
  ['random updates of random documents', randomWrites],
] as const) {
  test.serial(`the stand-in and a real MongoDB answer the same: ${what}`, async (t) => {
    if (!real) {
      t.log('This did not run: REAL_MONGODB_URI is not set. A fixed draw of such cases is in the recording.');
      return t.pass();
    }
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const [expected, got] = [await real.run(one), await standIn.run(one)];
        return JSON.stringify(expected) === JSON.stringify(got) || differ(one, expected, got);
      }),
      { numRuns: LIVE_RUNS, interruptAfterTimeLimit: LIVE_MS },
    );
    return t.pass();
  });
}

test.serial('an index changes no answer', async (t) => {
  await fc.assert(
    fc.asyncProperty(randomReads, randomIndexes, async (one, keys) => {
      const indexed = { ...one, indexes: keys.map((key) => ({ key }) as IndexOfCase) };
      if (!(await canIndex(indexed))) return true;
      const [expected, got] = [await standIn.run(one), await standIn.run(indexed)];
      return JSON.stringify(expected) === JSON.stringify(got) || differ(indexed, expected, got);
    }),
    { numRuns: OWN_RUNS, interruptAfterTimeLimit: LIVE_MS },
  );
  t.pass();
});

test.serial('an index changes no update, and follows it', async (t) => {
  await fc.assert(
    fc.asyncProperty(randomWrites, randomReads, randomIndexes, async (one, read, keys) => {
      const both = { ...one, steps: [...one.steps, ...read.steps] };
      const indexed = { ...both, indexes: keys.map((key) => ({ key }) as IndexOfCase) };
      if (!(await canIndex({ ...indexed, steps: one.steps }))) return true;
      const [expected, got] = [await standIn.run(both), await standIn.run(indexed)];
      // An update may fail only for the index: two arrays cannot be in one index together.
      if (/"171"/.test(JSON.stringify(got))) return true;
      return JSON.stringify(expected) === JSON.stringify(got) || differ(indexed, expected, got);
    }),
    { numRuns: OWN_RUNS, interruptAfterTimeLimit: LIVE_MS },
  );
  t.pass();
});

/** A document with two arrays cannot be in a compound index over both; such a draw says nothing about answers. */
async function canIndex(one: BatteryCase): Promise<boolean> {
  try {
    await standIn.run({ ...one, steps: [] });
    return true;
  } catch (error) {
    if (/parallel arrays|"171"|: ?171/.test(String(error))) return false;
    throw error;
  }
}

function differ(one: BatteryCase, expected: readonly unknown[], got: readonly unknown[]): never {
  const step = expected.findIndex((reply, i) => JSON.stringify(reply) !== JSON.stringify(got[i]));
  throw new Error(
    `step ${step} ${JSON.stringify(one.steps[step] ?? 'documents afterwards')}\n` +
      `expected ${JSON.stringify(expected[step])}\ngot      ${JSON.stringify(got[step])}`,
  );
}
