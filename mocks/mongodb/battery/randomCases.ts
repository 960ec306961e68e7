import type { Document } from 'bson';
import fc from 'fast-check';
import { aggregate, type BatteryCase, find, update } from './batteryCase.ts';

/**
 * Random documents and random questions about them, drawn from few values and few names, so that most questions find
 * something and most updates meet a value of a kind they did not expect.
 */
const scalar = fc.oneof(
  fc.integer({ min: -2, max: 5 }),
  fc.constantFrom(0.5, 2.5, -1.5),
  fc.constantFrom('', 'a', 'b', 'ab', '增'),
  fc.constantFrom(true, false),
  fc.constant(null),
  fc.constantFrom(new Date('2025-03-01T00:00:00Z'), new Date('2025-04-01T00:00:00Z')),
);
const inner = fc.record(
  { x: scalar, y: fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })) },
  { requiredKeys: [] },
);
const element = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 2, arbitrary: inner },
  fc.array(scalar, { maxLength: 2 }),
);
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: inner },
  {
    weight: 3,
    arbitrary: fc.array(element, { maxLength: 3 }),
  },
);

const documents = fc
  .array(fc.record({ a: value, b: value, c: value }, { requiredKeys: [] }), { minLength: 3, maxLength: 9 })
  .map((all) => all.map((one, _id) => ({ _id, ...one })));

const path = fc.constantFrom('a', 'b', 'c', 'a.x', 'b.x', 'a.y', 'c.y', 'a.0', 'b.1', 'a.0.x');
const comparison = fc.oneof(
  fc.record({ $eq: value }),
  fc.record({ $ne: value }),
  fc.record({ $gt: scalar }),
  fc.record({ $gte: value }),
  fc.record({ $lt: scalar }),
  fc.record({ $lte: value }),
  fc.record({ $gte: fc.integer({ min: -2, max: 2 }), $lt: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ $in: fc.array(value, { maxLength: 3 }) }),
  fc.record({ $nin: fc.array(value, { maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({
    $type: fc.constantFrom('string', 'number', 'array', 'object', 'null', 'bool', 'date', 'int', 'double'),
  }),
  fc.record({ $size: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ $all: fc.array(scalar, { minLength: 1, maxLength: 2 }) }),
  fc.record({ $mod: fc.constantFrom([2, 0], [3, 1]) }),
  fc.record({ $regex: fc.constantFrom('a', '^a', 'b$', '增') }),
);
const condition = fc.oneof(
  { weight: 5, arbitrary: comparison },
  { weight: 1, arbitrary: fc.record({ $not: comparison }) },
  { weight: 1, arbitrary: fc.record({ $elemMatch: comparison }) },
  {
    weight: 1,
    arbitrary: fc.record({
      $elemMatch: fc.tuple(fc.constantFrom('x', 'y'), comparison).map(([k, c]) => ({ [k]: c })),
    }),
  },
);
const leaf: fc.Arbitrary<Document> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(path, condition).map(([field, c]) => ({ [field]: c })) },
  { weight: 2, arbitrary: fc.tuple(path, value).map(([field, v]) => ({ [field]: v })) },
);
const filters: fc.Arbitrary<Document> = fc.oneof(
  { weight: 4, arbitrary: leaf },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(leaf, { minLength: 1, maxLength: 3 }))
      .map(([operator, all]) => ({ [operator]: all })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(leaf, leaf).map(([one, other]) => ({ $and: [one, { $or: [other, { a: 1 }] }] })),
  },
);
const direction = fc.constantFrom(1, -1);
const sorts: fc.Arbitrary<Document> = fc
  .tuple(fc.constantFrom('a', 'b', 'a.x', 'c.y'), direction, direction)
  .map(([field, one, other]) => ({ [field]: one, _id: other }));
const projections: fc.Arbitrary<Document> = fc.oneof(
  fc.constant({}),
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }).map((all) => byNames(all, 1)),
  fc.uniqueArray(fc.constantFrom('a.x', 'b', 'c.y'), { minLength: 1 }).map((all) => byNames(all, 0)),
  fc.uniqueArray(fc.constantFrom('a.x', 'b.y', 'c'), { minLength: 1 }).map((all) => byNames(all, 1)),
);
const finds = fc
  .record({ filter: filters, sort: sorts, projection: projections, skip: fc.nat(2), limit: fc.nat(6) })
  .map(({ filter, ...options }) => find(filter, options));

const groupings = fc
  .tuple(
    filters,
    fc.constantFrom('a', 'b', 'c'),
    fc.constantFrom('$sum', '$min', '$max', '$avg', '$push'),
    path,
  )
  .map(([filter, by, accumulator, of]) =>
    aggregate([
      { $match: filter },
      { $sort: { _id: 1 } },
      { $unwind: { path: `$${by}`, preserveNullAndEmptyArrays: true } },
      { $group: { _id: `$${by}`, r: { [accumulator]: `$${of.replace(/\.\d/g, '')}` }, n: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ]),
  );

const target = fc.constantFrom('a', 'b', 'c', 'a.x', 'b.0', 'c.y', 'd', 'd.e');
const change: fc.Arbitrary<readonly [operator: string, field: string, argument: unknown]> = fc.oneof(
  fc.tuple(fc.constant('$set'), target, value),
  fc.tuple(fc.constant('$unset'), target, fc.constant('')),
  fc.tuple(fc.constant('$inc'), target, fc.constantFrom(1, -2, 0.5)),
  fc.tuple(fc.constant('$mul'), target, fc.constantFrom(2, 0.5)),
  fc.tuple(fc.constantFrom('$min', '$max'), target, scalar),
  fc.tuple(fc.constant('$push'), target, element),
  fc.tuple(
    fc.constant('$push'),
    target,
    fc.record(
      {
        $each: fc.array(scalar, { maxLength: 3 }),
        $position: fc.integer({ min: -2, max: 3 }),
        $slice: fc.integer({ min: -3, max: 3 }),
        $sort: direction,
      },
      { requiredKeys: ['$each'] },
    ),
  ),
  fc.tuple(
    fc.constant('$addToSet'),
    target,
    fc.oneof(element, fc.record({ $each: fc.array(scalar, { maxLength: 3 }) })),
  ),
  fc.tuple(fc.constant('$pop'), target, direction),
  fc.tuple(fc.constant('$pull'), target, fc.oneof(scalar, comparison, inner)),
  fc.tuple(fc.constant('$pullAll'), target, fc.array(scalar, { maxLength: 3 })),
  fc.tuple(fc.constant('$rename'), target, fc.constantFrom('d', 'e', 'e.f', 'a')),
);
const targets: fc.Arbitrary<Document> = fc.oneof(
  filters,
  fc.constant({}),
  fc.nat(8).map((_id) => ({ _id })),
);
const updates = fc
  .tuple(
    targets,
    fc.uniqueArray(change, { minLength: 1, maxLength: 3, selector: ([, field]) => field.split('.')[0] }),
    fc.boolean(),
  )
  .map(([filter, changes, multi]) => {
    const u: Record<string, Document> = {};
    for (const [operator, field, argument] of changes) u[operator] = { ...u[operator], [field]: argument };
    return update(filter, u, { multi });
  });

export const randomReads: fc.Arbitrary<BatteryCase> = caseOf(
  true,
  fc.array(fc.oneof({ weight: 4, arbitrary: finds }, { weight: 1, arbitrary: groupings }), {
    minLength: 5,
    maxLength: 5,
  }),
);

export const randomWrites: fc.Arbitrary<BatteryCase> = caseOf(
  false,
  fc.array(updates, { minLength: 1, maxLength: 3 }),
);

/** The same questions with and without these indexes must have the same answers. */
export const randomIndexes: fc.Arbitrary<readonly Document[]> = fc.uniqueArray(
  fc.constantFrom<Document>(
    { a: 1 },
    { 'a.x': 1, b: -1 },
    { b: 1 },
    { c: -1, a: 1 },
    { 'c.y': 1 },
    { 'b.0': 1 },
  ),
  { minLength: 1, maxLength: 4, selector: (key) => JSON.stringify(key) },
);

/** A fixed draw of cases, for the recording. */
export function drawnCases(): readonly BatteryCase[] {
  const named = (what: string, cases: readonly BatteryCase[]) =>
    cases.map((one, i) => ({ ...one, name: `random ${what}: ${i + 1}` }));
  return [
    ...named('reads', fc.sample(randomReads, { seed: 20250301, numRuns: 120 })),
    ...named('writes', fc.sample(randomWrites, { seed: 20250302, numRuns: 200 })),
  ];
}

function caseOf(readOnly: boolean, steps: fc.Arbitrary<Document[]>): fc.Arbitrary<BatteryCase> {
  return fc
    .tuple(documents, steps)
    .map(([docs, all]) => ({ name: 'random', docs, indexes: [], steps: all, readOnly, compare: 'reply' }));
}

function byNames(names: readonly string[], flag: 0 | 1): Document {
  return Object.fromEntries(names.map((name) => [name, flag]));
}
