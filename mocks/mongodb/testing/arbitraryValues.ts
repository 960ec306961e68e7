import { Binary, BSONRegExp, Decimal128, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import { double, type Value } from '../bson/value.ts';

const scalars: fc.Arbitrary<Value> = fc.oneof(
  fc.constant<Value>(null),
  fc.boolean(),
  fc.integer(),
  fc.integer({ min: -5, max: 5 }),
  fc.double().map(double),
  fc.constantFrom(double(0), double(-0), double(3), double(Number.POSITIVE_INFINITY), double(2 ** 53), 0.1),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 3n),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: -40, max: 20 }))
    .map(([digits, exponent]) => Decimal128.fromString(`${digits}E${exponent}`)),
  fc
    .constantFrom('0.1', '3', '3.00', 'NaN', 'Infinity', '-Infinity', '9007199254740993')
    .map(Decimal128.fromString),
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('', 'a', 'a\0', 'a\0b', '增城', '\uffff', '😀'),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.uint8Array({ maxLength: 6 }).map((bytes) => new Binary(bytes, 0)),
  fc.integer({ min: 0, max: 100 }).map((t) => new Timestamp({ t, i: 1 })),
  fc.constantFrom(new BSONRegExp('a', 'i'), new BSONRegExp('b', '')),
  fc.constantFrom<Value>(new MinKey(), new MaxKey()),
);

/** Values of all types the store keeps, nested a little. */
export const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
