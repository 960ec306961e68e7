import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { simulateDay } from './day.ts';

useDatabase(test);

test('R5.1: a day of 300 visitors with faults runs to its end; nobody is starved; the report equals the recount', async (t) => {
  t.timeout(300_000);
  const result = await simulateDay({
    visitors: 300,
    windows: 16,
    seed: 7,
    racing: true,
    say: (text) => t.log(text),
  });
  t.is(result.problems, 0);
  t.is(result.differences, 0);
  t.true(result.most_passed <= result.bound, `${result.most_passed}`);
  t.true(result.tickets > 200);
  t.true(result.repeated > 10, 'the faults were on');
  t.is(result.served + result.expired, result.tickets);
});
