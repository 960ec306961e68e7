import test from 'ava';
import fc from 'fast-check';
import { loadCalendar } from '../../kernel/workingDays/load.ts';
import { daysLate, lateFee, payBy } from './lateFee.ts';

test('R8.8: the late fee of the vectors (government-systems.md section 8)', (t) => {
  t.deepEqual(
    [0, 1, 33, 34, 400].map((days) => lateFee(20_000, days)),
    [0, 600, 19_800, 20_000, 20_000],
  );
  t.is(lateFee(5000, 7), 1050);
});

test('R8.8: never above the fine, never less a day later, nothing before the day', (t) => {
  const fen = fc.integer({ min: 0, max: 5_000_000 });
  const days = fc.integer({ min: -400, max: 4000 });
  fc.assert(
    fc.property(fen, days, (fine, late) => {
      const fee = lateFee(fine, late);
      return (
        Number.isInteger(fee) &&
        fee >= 0 &&
        fee <= fine &&
        fee <= lateFee(fine, late + 1) &&
        (late > 0 || fee === 0)
      );
    }),
  );
  t.throws(() => lateFee(0.5, 1));
});

test('R8.8: fifteen natural days, and the next working day when the last is a holiday', (t) => {
  const calendar = loadCalendar({ estimateBeyond: false });
  t.is(payBy('2026-11-02', calendar), '2026-11-17');
  t.is(payBy('2026-11-06', calendar), '2026-11-23', 'the 21st is a Saturday');
  t.is(payBy('2026-09-18', calendar), '2026-10-08', 'the 3rd of October is in the national holiday');
  t.is(daysLate('2026-11-17', '2026-11-17'), 0);
  t.is(daysLate('2026-11-20', '2026-11-17'), 3);
  t.is(daysLate('2026-11-01', '2026-11-17'), 0);
});
