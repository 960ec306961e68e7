import test from 'ava';
import fc from 'fast-check';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import type { Doc, Value } from '../bson/value.ts';
import { DirectAccess, type Engine } from '../storage/engine.ts';
import { Index } from '../storage/indexDefinition.ts';
import { openEngine } from '../testing/openStore.ts';
import { compileFilter } from './filter.ts';
import { Finder } from './find.ts';
import { parseSort } from './sort.ts';

const small: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(null, 0, 1, 2, 3, 2.5, 'a', 'b', true, new Date(1)),
  fc.array(fc.constantFrom<Value>(1, 2, 3, 'a', null), { maxLength: 3 }),
  fc.record({ x: fc.constantFrom<Value>(1, 2, 'a', null) }, { requiredKeys: [] }) as fc.Arbitrary<Value>,
);

const documents = fc.array(fc.record({ a: small, b: small, c: small }, { requiredKeys: [] }), {
  minLength: 1,
  maxLength: 25,
});

const operand = fc.constantFrom<Value>(null, 0, 1, 2, 3, 2.5, 'a', true, new Date(1));
const condition = fc.oneof(
  operand,
  fc
    .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne'), operand)
    .map(([op, value]) => ({ [op]: value })),
  fc.tuple(operand, operand).map(([low, high]) => ({ $gte: low, $lte: high })),
  fc.array(operand, { maxLength: 3 }).map((list) => ({ $in: list })),
  fc.tuple(operand, operand).map(([low, high]) => ({ $elemMatch: { $gte: low, $lt: high } })),
  fc.constantFrom<Value>({ $exists: true }, { $exists: false }, { $not: { $gt: 1 } }, { $regex: '^a' }),
);
const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'a.x', 'b.x'), condition as fc.Arbitrary<Value>, {
  maxKeys: 3,
  noNullPrototype: true,
});
const filters = fc.oneof(
  fields,
  fc.array(fields, { minLength: 1, maxLength: 3 }).map((list) => ({ $or: list }) as Doc),
);
const sorts = fc.constantFrom<Doc>(
  { _id: 1 },
  { a: 1, _id: 1 },
  { a: -1, b: 1, _id: 1 },
  { b: -1, _id: 1 },
  { a: 1, b: 1, c: 1, _id: 1 },
);

const specs: Doc[] = [
  { v: 2, key: { a: 1 }, name: 'a' },
  { v: 2, key: { a: 1, b: -1 }, name: 'ab' },
  { v: 2, key: { b: 1, c: 1 }, name: 'bc' },
  { v: 2, key: { 'a.x': 1, b: 1 }, name: 'axb' },
  { v: 2, key: { c: 1 }, name: 'c', sparse: true },
  { v: 2, key: { b: 1 }, name: 'b', partialFilterExpression: { a: { $gt: 0 } } },
];

function idsOf(finder: Finder): Value[] {
  const ids: Value[] = [];
  for (const hit of finder.hits()) if (hit) ids.push(decode(hit.bytes)['_id']!);
  return ids;
}

async function fill(engine: Engine, docs: Doc[]): Promise<void> {
  await engine.env.write(() => {
    const old = engine.catalog.find('t.c');
    if (old) engine.catalog.drop(old);
    const collection = engine.catalog.create('t.c');
    for (const spec of specs) collection.indexes.push(new Index(engine.catalog.nextId(), spec));
    const access = new DirectAccess(engine);
    for (const [i, doc] of docs.entries()) {
      const whole = { _id: i, ...doc };
      try {
        access.insert(collection, encode(whole), whole);
      } catch {
        // Two arrays under one compound index: refused, as it should be.
      }
    }
  });
}

test('whatever index the planner takes, the answer is that of a full scan', async (t) => {
  const engine = await openEngine(t);
  await fc.assert(
    fc.asyncProperty(
      documents,
      fc.array(fc.tuple(filters, sorts), { minLength: 5, maxLength: 5 }),
      async (docs, queries) => {
        await fill(engine, docs as Doc[]);
        const collection = engine.catalog.find('t.c')!;
        for (const [source, order] of queries) {
          const filter = compileFilter(source as Doc);
          const request = { collection, filter };
          let expected: Value[];
          try {
            expected = idsOf(
              new Finder(engine, { ...request, sort: parseSort(order), hint: { $natural: 1 } }),
            );
          } catch {
            continue;
          }
          t.deepEqual(idsOf(new Finder(engine, { ...request, sort: parseSort(order) })), expected);
          const some = idsOf(new Finder(engine, request));
          t.deepEqual([...some].sort(), [...expected].sort());
          for (const name of ['a', 'ab', 'bc', 'axb']) {
            t.deepEqual(
              idsOf(new Finder(engine, { ...request, sort: parseSort(order), hint: name })),
              expected,
              name,
            );
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});
