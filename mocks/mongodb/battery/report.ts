/**
 * Prints every difference between the server at STORE_URI and the recording (or, with REAL_MONGODB_URI, the real
 * server itself), one JSON line each, then the counts:
 * `STORE_URI=mongodb://… node --import tsx mocks/mongodb/battery/report.ts [part of a case name]`
 */
import { EJSON } from 'bson';
import { allCases } from './allCases.ts';
import { type Difference, firstDifference } from './compareReplies.ts';
import { documentedDifferences } from './documentedDifferences.ts';
import { readRecording } from './recording.ts';
import { type CaseReplies, CaseRunner } from './runCase.ts';
import { openPrimary } from './wire.ts';

const uri = process.env['STORE_URI'];
if (!uri) {
  console.error('Set STORE_URI to the server to look at.');
  process.exit(2);
}
const part = process.argv[2] ?? '';
const recording = await readRecording();
const realUri = process.env['REAL_MONGODB_URI'];
const real = realUri ? new CaseRunner(await openPrimary(realUri)) : undefined;
let connection = await openPrimary(uri);
let runner = new CaseRunner(connection);
const cases = allCases.filter((one) => one.name.includes(part));
const differences: Difference[] = [];
const slow: string[] = [];
for (const one of cases) {
  const expected: CaseReplies = real ? await real.run(one) : (recording.get(one.name)?.replies ?? []);
  const start = performance.now();
  const got = await runner.run(one).catch(async (error: Error) => {
    connection.close();
    connection = await openPrimary(uri);
    runner = new CaseRunner(connection);
    return [{ failed: error.message }];
  });
  const took = performance.now() - start;
  if (took > 1000) slow.push(`${one.name} (${Math.round(took)} ms)`);
  const difference = firstDifference(one, expected, got);
  if (difference) differences.push(difference);
}
await runner.close();
await real?.close();
for (const one of differences) {
  const known = documentedDifferences.get(one.name);
  console.log(EJSON.stringify({ ...one, ...(known ? { known } : {}) }, { relaxed: true }));
}
for (const one of slow) console.log(`slow: ${one}`);
console.log(`${cases.length} cases, ${differences.length} differences`);
process.exit(0);
