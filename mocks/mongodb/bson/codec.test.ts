import test from 'ava';
import { BSON, Decimal128, Long, ObjectId } from 'bson';
import fc from 'fast-check';
import { CommandError } from '../errors.ts';
import { values } from '../testing/arbitraryValues.ts';
import { compare } from './compare.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { typeOf } from './typeOf.ts';
import { type Doc, Double, type Value } from './value.ts';

test('what is encoded comes back the same, types included', (t) => {
  fc.assert(
    fc.property(values, (value) => {
      const { v } = decode(encode({ v: value })) as { v: Value };
      t.is(typeOf(v), typeOf(value));
      t.is(compare(v, value), 0);
      t.deepEqual(encode({ v }), encode({ v: value }));
    }),
    { numRuns: 2000 },
  );
});

test('the official library reads our bytes and we read its own', (t) => {
  const id = new ObjectId();
  const doc = {
    id,
    n: 1,
    x: 1.5,
    s: '增城',
    at: new Date(5),
    list: [1, { a: null }],
    yes: true,
    big: Long.fromString('5000000000'),
    dec: Decimal128.fromString('1.10'),
  };
  const bytes = Buffer.from(BSON.serialize(doc));
  t.deepEqual(encode(decode(bytes)), bytes);
});

test('a double that is a whole number stays a double', (t) => {
  const bytes = Buffer.from(BSON.serialize({ v: new BSON.Double(3) }));
  t.true(decode(bytes)['v'] instanceof Double);
  t.deepEqual(encode(decode(bytes)), bytes);
});

test('only the wanted fields are decoded', (t) => {
  const doc: Doc = { a: 1, b: 'x', c: [1, 2], d: { e: 1n }, f: new Date(1), g: new ObjectId(), h: null };
  t.deepEqual(decode(encode(doc), 0, { only: new Set(['c', 'h']) }), { c: [1, 2], h: null });
});

test('bytes cut anywhere are an error, never a wrong document', (t) => {
  const bytes = encode({ a: 'text', b: { c: [1, 2.5, 3n] }, d: new ObjectId() });
  for (let length = 0; length < bytes.length; length++) {
    t.throws(() => decode(bytes.subarray(0, length)), { instanceOf: CommandError });
  }
});
