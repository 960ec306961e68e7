import test from 'ava';
import { doneOf, rateOf, type Sample, timeLeftText, withSample } from './progress.ts';

const counts = { audience: 0, waiting: 0, sent: 0, delivered: 0, refused: 0, failed: 0 };

test('100 % is said only when nobody waits any more', (t) => {
  t.is(doneOf({ ...counts, audience: 100_000, waiting: 1 }).percent, 99.9);
  t.is(doneOf({ ...counts, audience: 100_000, waiting: 0 }).percent, 100);
  t.is(doneOf(counts).percent, 0);
});

test('the rate is taken over the last 15 seconds and not told before there is one', (t) => {
  let samples: Sample[] = [];
  samples = withSample(samples, { at: 0, done: 0 });
  t.is(rateOf(samples), null);
  for (let second = 1; second <= 30; second++) {
    samples = withSample(samples, {
      at: second * 1000,
      done: second <= 15 ? second * 10 : 150 + (second - 15) * 100,
    });
  }
  t.is(rateOf(samples), 100);
});

test('a count that falls back (another broadcast, a restart) starts a new measurement', (t) => {
  const samples = withSample([{ at: 0, done: 500 }], { at: 5000, done: 10 });
  t.deepEqual(samples, [{ at: 5000, done: 10 }]);
});

test('time left in words a person uses', (t) => {
  t.is(timeLeftText(100, null), null);
  t.is(timeLeftText(0, 50), null);
  t.is(timeLeftText(100, 50), '约 2 秒');
  t.is(timeLeftText(6001, 100), '约 2 分钟');
  t.is(timeLeftText(400_000, 100), '约 1 小时 7 分钟');
});
