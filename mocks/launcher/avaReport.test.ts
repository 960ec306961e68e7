import test from 'ava';
import { AvaReport } from './avaReport.ts';

const files = [
  'server/areas/a/a.test.ts',
  'server/areas/a/b.test.ts',
  'server/app.test.ts',
  'server/z.test.ts',
];
const read = (code: number, ...lines: string[]): AvaReport => {
  const report = new AvaReport(files);
  for (const line of lines) report.read(line);
  report.close(code);
  return report;
};

test('a test is counted for the file its title names', (t) => {
  const report = read(
    0,
    '  ✔ areas › a › a › one holds (1.2s)',
    '  ✔ areas › a › b › it holds',
    '  ✔ app › two',
    '  ✔ z › x',
  );
  t.deepEqual(
    [...report.results.values()].map((each) => each.passed),
    [1, 1, 1, 1],
  );
  t.deepEqual(report.troubled(), []);
});

test('a failure, a crash, a hanging test and a file never reached are all trouble', (t) => {
  const report = read(
    1,
    '  ✘ [fail]: areas › a › a › one does not hold Error',
    '  ✔ areas › a › b › it holds',
    '  ✘ server/areas/a/b.test.ts exited due to SIGKILL',
    '  ✔ app › two',
    '  1 tests were pending in server/app.test.ts',
  );
  t.deepEqual(report.troubled(), files);
});

test('of a single file ava leaves the path out of the titles', (t) => {
  const report = new AvaReport(['server/app.test.ts']);
  report.read('  ✔ two › three');
  t.is(report.results.get('server/app.test.ts')?.passed, 1);
});
