/**
 * Runs every case against the MongoDB of REAL_MONGODB_URI and writes its replies to `recorded.json`:
 * `REAL_MONGODB_URI=mongodb://… node --import tsx mocks/mongodb/battery/record.ts`
 */
import { allCases } from './allCases.ts';
import { type RecordedCase, writeRecording } from './recording.ts';
import { CaseRunner, fingerprintOf } from './runCase.ts';
import { openPrimary } from './wire.ts';

const uri = process.env['REAL_MONGODB_URI'];
if (!uri) {
  console.error('Set REAL_MONGODB_URI to a MongoDB 7.0 replica set; the recording is made from its replies.');
  process.exit(2);
}
const connection = await openPrimary(uri);
const runner = new CaseRunner(connection);
const recording = new Map<string, RecordedCase>();
try {
  for (const one of allCases) {
    if (recording.has(one.name)) throw new Error(`two cases are called "${one.name}"`);
    recording.set(one.name, { fingerprint: fingerprintOf(one), replies: await runner.run(one) });
  }
} finally {
  await runner.close();
  connection.close();
}
await writeRecording(recording);
console.log(`${recording.size} cases recorded`);
