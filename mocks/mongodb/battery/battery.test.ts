import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { startStore } from '../server.ts';
import { allCases } from './allCases.ts';
import { differencesOf, undocumented } from './compareReplies.ts';
import { documentedDifferences } from './documentedDifferences.ts';
import { readRecording } from './recording.ts';
import { CaseRunner, fingerprintOf } from './runCase.ts';
import { openPrimary } from './wire.ts';

/**
 * Every case runs on the stand-in and is compared with what a real MongoDB 7 answered. With REAL_MONGODB_URI the real
 * server is asked now, and the recording is checked to be what it still answers; without, the recording stands for it.
 */
const realUri = process.env['REAL_MONGODB_URI'];
const recording = await readRecording();
const groups = [...new Set(allCases.map((one) => groupOf(one.name)))];

const dir = await mkdtemp(join(tmpdir(), 'battery-'));
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

test('the battery has at least 300 cases, each with a name of its own, and the recording is of these cases', (t) => {
  t.true(allCases.length >= 300);
  t.is(new Set(allCases.map((one) => one.name)).size, allCases.length);
  const stale = allCases.filter((one) => recording.get(one.name)?.fingerprint !== fingerprintOf(one));
  t.deepEqual(
    stale.map((one) => one.name),
    [],
    'changed since the recording: run record.ts against a real MongoDB',
  );
  t.is(recording.size, allCases.length);
  const unknown = [...documentedDifferences.keys()].filter((name) => !recording.has(name));
  t.deepEqual(unknown, [], 'documented differences that are no cases');
});

for (const group of groups) {
  const cases = allCases.filter((one) => groupOf(one.name) === group);
  test.serial(`the stand-in answers as MongoDB does: ${group} (${cases.length} cases)`, async (t) => {
    const differences = await differencesOf(cases, standIn, (one) => recording.get(one.name)?.replies ?? []);
    t.deepEqual(undocumented(cases, differences), []);
  });
  if (!real) continue;
  test.serial(
    `the recording is what the real MongoDB answers: ${group} (${cases.length} cases)`,
    async (t) => {
      const differences = await differencesOf(cases, real, (one) => recording.get(one.name)?.replies ?? []);
      t.deepEqual(differences, []);
    },
  );
}

if (!real) {
  test('REAL_MONGODB_URI is not set: the real server was not asked, its recorded replies were', (t) => {
    t.log('set REAL_MONGODB_URI to a MongoDB 7.0 replica set to compare live');
    t.is(recording.size, allCases.length);
  });
}

function groupOf(name: string): string {
  return name.slice(0, name.indexOf(':'));
}
