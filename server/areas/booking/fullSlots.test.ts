import test from 'ava';
import { FullSlots } from './fullSlots.ts';

const now = new Date('2026-11-25T00:30:00Z');

test('a slot is refused from memory only in a rush, and for a tenth of a second', (t) => {
  const full = new FullSlots();
  for (let n = 0; n < 19; n++) full.note('a', now, n);
  t.false(full.isFull('a', now, 20), 'nineteen refusals are not a rush');
  full.note('a', now, 20);
  t.true(full.isFull('a', now, 119));
  t.false(full.isFull('a', now, 120));
  t.false(full.isFull('b', now, 21));
  t.false(full.isFull('a', new Date(now.getTime() + 60_000), 21), 'a clock that was moved ends it');
});

test('a place that is given back is asked for at once; refusals a second apart are no rush', (t) => {
  const full = new FullSlots();
  for (let n = 0; n < 40; n++) full.note('a', now, n);
  full.forget('a');
  t.false(full.isFull('a', now, 41));
  for (let n = 0; n < 40; n++) full.note('c', now, n * 60);
  t.false(full.isFull('c', now, 39 * 60 + 1), 'seventeen a second are not a rush');
});
