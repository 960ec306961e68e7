import test from 'ava';
import fc from 'fast-check';
import { fenOf, yuanOf } from './money.ts';

test('I8: fen and yuan change into each other without a loss', (t) => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (fen) => fenOf(yuanOf(fen)) === fen));
  t.deepEqual(['12', '12.3', '12.30', '0.01'].map(fenOf), [1200, 1230, 1230, 1]);
});

test('what is not an amount is none', (t) => {
  for (const text of ['', '-1', '1.234', '1e3', ' 1', '１', '1.', '.5', '1,000'])
    t.is(fenOf(text), null, text);
});
