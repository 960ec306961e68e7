import test from 'ava';
import { monthGrid } from './monthGrid.ts';

test('a month begins under its weekday, weeks from Monday', (t) => {
  const november = monthGrid(2026, 11); // 1 November 2026 is a Sunday
  t.is(november.length, 6);
  t.deepEqual(
    november[0]!.map((each) => each?.number ?? null),
    [null, null, null, null, null, null, 1],
  );
  t.true(november[0]![6]!.weekend);
  t.is(november[1]![0]!.day, '2026-11-02');
  t.false(november[1]![0]!.weekend);
  t.is(november[5]![0]!.number, 30);
});

test('February has its leap day, and a month that fills four weeks has four rows', (t) => {
  t.is(monthGrid(2028, 2).flat().filter(Boolean).length, 29);
  t.is(monthGrid(2027, 2).length, 4);
});
