import test from 'ava';
import fc from 'fast-check';
import { compare } from '../bson/compare.ts';
import { values } from '../testing/arbitraryValues.ts';
import { encodeKey, maxKeyBytes } from './orderedKey.ts';

const sign = (order: number) => Math.sign(order);

test('keys order as their values do, whatever the types', (t) => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      t.is(sign(Buffer.compare(encodeKey([a], [1]), encodeKey([b], [1]))), sign(compare(a, b)));
    }),
    { numRuns: 3000 },
  );
});

test('a descending component turns the order round', (t) => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      t.is(sign(Buffer.compare(encodeKey([a], [-1]), encodeKey([b], [-1]))), sign(compare(b, a)) + 0);
    }),
    { numRuns: 2000 },
  );
});

test('compound keys order by their first difference', (t) => {
  fc.assert(
    fc.property(values, values, values, values, (a, b, c, d) => {
      const order = compare(a, c) || compare(d, b);
      t.is(sign(Buffer.compare(encodeKey([a, b], [1, -1]), encodeKey([c, d], [1, -1]))), sign(order));
    }),
    { numRuns: 2000 },
  );
});

test('a key too long for the files is shortened, and equal only for equal values', (t) => {
  const long = 'x'.repeat(5000);
  t.is(encodeKey([long], [1]).length, maxKeyBytes);
  t.deepEqual(encodeKey([long], [1]), encodeKey([`${long}`], [1]));
  t.notDeepEqual(encodeKey([long], [1]), encodeKey([`${long}y`], [1]));
});
