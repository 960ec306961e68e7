import type { Document } from 'bson';
import { explain, find, type IndexOfCase, insert, reading, remove, update, writing } from '../batteryCase.ts';

const create = (...indexes: IndexOfCase[]): Document => ({
  createIndexes: 'c',
  indexes: indexes.map((one) => ({
    name: Object.entries(one.key)
      .map(([k, v]) => `${k}_${String(v)}`)
      .join('_'),
    ...one,
  })),
});
const list = { listIndexes: 'c' };
const drop = (index: unknown): Document => ({ dropIndexes: 'c', index });
const docs = [
  { _id: 1, a: 1, b: 'x', list: [1, 2] },
  { _id: 2, a: 2, b: 'x', list: [2, 3] },
  { _id: 3, b: 'y' },
];

export const indexManagement = writing('index management', { docs }, [
  ['create one', [create({ key: { a: 1 } }), list]],
  ['create again is no change', [create({ key: { a: 1 } }), create({ key: { a: 1 } }), list]],
  ['create several', [create({ key: { a: 1 } }, { key: { b: -1, a: 1 } }), list]],
  [
    'create with every option',
    [
      create(
        { key: { a: 1 }, name: 'mine', unique: true, sparse: true },
        { key: { at: 1 }, expireAfterSeconds: 60 },
        { key: { b: 1 }, partialFilterExpression: { a: { $gt: 1 } } },
      ),
      list,
    ],
  ],
  ['background is remembered', [create({ key: { a: 1 }, background: true }), list]],
  [
    'create on a new collection',
    [{ createIndexes: 'fresh', indexes: [{ key: { a: 1 }, name: 'a_1' }] }, { listIndexes: 'fresh' }],
  ],
  [
    'another name for the same key is refused',
    [create({ key: { a: 1 } }), create({ key: { a: 1 }, name: 'other' })],
  ],
  [
    'the same name for another key is refused',
    [create({ key: { a: 1 }, name: 'x' }), create({ key: { b: 1 }, name: 'x' })],
  ],
  [
    'the same key with another option is refused',
    [create({ key: { a: 1 } }), create({ key: { a: 1 }, unique: true })],
  ],
  [
    'the same key with another lifetime is refused',
    [create({ key: { at: 1 }, expireAfterSeconds: 60 }), create({ key: { at: 1 }, expireAfterSeconds: 70 })],
  ],
  [
    'the same key with another filter and name is another index',
    [
      create({ key: { a: 1 } }),
      create({ key: { a: 1 }, name: 'p', partialFilterExpression: { b: 'x' } }),
      list,
    ],
  ],
  ['_id again is no change', [create({ key: { _id: 1 }, name: '_id_' })]],
  ['_id under another name is refused', [create({ key: { _id: 1 }, name: 'mine' })]],
  ['unique over duplicates is refused', [create({ key: { b: 1 }, unique: true }), list]],
  ['unique over missing and null', [insert([{ _id: 4, a: null }]), create({ key: { a: 1 }, unique: true })]],
  ['compound unique', [create({ key: { b: 1, a: 1 }, unique: true }), insert([{ _id: 4, b: 'x', a: 1 }])]],
  ['no key is refused', [create({ key: {}, name: 'x' })]],
  ['no name is refused', [{ createIndexes: 'c', indexes: [{ key: { a: 1 } }] }]],
  ['no indexes is refused', [{ createIndexes: 'c', indexes: [] }]],
  ['direction zero is refused', [create({ key: { a: 0 } })]],
  ['direction text is refused', [create({ key: { a: 'up' } })]],
  ['a dollar field is refused', [create({ key: { $a: 1 }, name: 'x' })]],
  ['an empty path part is refused', [create({ key: { 'a..b': 1 }, name: 'x' })]],
  ['an unknown option is refused', [create({ key: { a: 1 }, uniqe: true })]],
  ['a lifetime on two fields is refused', [create({ key: { a: 1, b: 1 }, expireAfterSeconds: 5 })]],
  ['a lifetime of text is refused', [create({ key: { a: 1 }, expireAfterSeconds: 'x' })]],
  ['a negative lifetime is refused', [create({ key: { a: 1 }, expireAfterSeconds: -5 })]],
  [
    'sparse with a filter is refused',
    [create({ key: { a: 1 }, sparse: true, partialFilterExpression: { b: 'x' } })],
  ],
  ['a filter with $ne is refused', [create({ key: { a: 1 }, partialFilterExpression: { b: { $ne: 'x' } } })]],
  [
    'a filter with $in and $or is fine',
    [
      create({
        key: { a: 1 },
        partialFilterExpression: { $or: [{ b: { $in: ['x'] } }, { a: { $exists: true } }] },
      }),
    ],
  ],
  [
    'a filter with $exists false is refused',
    [create({ key: { a: 1 }, partialFilterExpression: { b: { $exists: false } } })],
  ],
  [
    'two arrays in one index are refused',
    [create({ key: { list: 1, many: 1 } }), insert([{ _id: 9, list: [1], many: [2] }])],
  ],
  ['drop by name', [create({ key: { a: 1 } }), drop('a_1'), list]],
  ['drop by key', [create({ key: { a: 1 } }), drop({ a: 1 }), list]],
  ['drop several', [create({ key: { a: 1 } }, { key: { b: 1 } }), drop(['a_1', 'b_1']), list]],
  ['drop all', [create({ key: { a: 1 } }, { key: { b: 1 } }), drop('*'), list]],
  ['drop what is not there', [drop('nope')]],
  ['drop a key that is not there', [drop({ nope: 1 })]],
  ['drop _id is refused', [drop('_id_')]],
  ['list of a collection that is not there', [{ listIndexes: 'nothing' }]],
  ['drop of a collection that is not there', [{ dropIndexes: 'nothing', index: '*' }]],
  [
    'collMod of a lifetime',
    [
      create({ key: { at: 1 }, expireAfterSeconds: 60 }),
      { collMod: 'c', index: { keyPattern: { at: 1 }, expireAfterSeconds: 90 } },
      list,
    ],
  ],
  [
    'collMod of a lifetime by name',
    [
      create({ key: { at: 1 }, expireAfterSeconds: 60 }),
      { collMod: 'c', index: { name: 'at_1', expireAfterSeconds: 120 } },
      list,
    ],
  ],
  [
    'collMod of an index that is not there',
    [{ collMod: 'c', index: { name: 'nope', expireAfterSeconds: 120 } }],
  ],
]);

const uniqueDocs = [{ _id: 1, a: 1, tags: ['p', 'q'], at: { day: 1 }, done: false }];
const unique = (key: Document, options: Document = {}): Document => create({ key, unique: true, ...options });

export const uniqueness = writing('unique indexes', { docs: uniqueDocs }, [
  ['insert hits it', [unique({ a: 1 }), insert([{ _id: 2, a: 1 }])]],
  [
    'numbers of two types are one key',
    [unique({ a: 1 }), insert([{ _id: 2, a: 1.0 }]), insert([{ _id: 3, a: '1' }])],
  ],
  ['update hits it', [unique({ a: 1 }), insert([{ _id: 2, a: 2 }]), update({ _id: 2 }, { $set: { a: 1 } })]],
  ['update to itself is fine', [unique({ a: 1 }), update({ _id: 1 }, { $set: { a: 1, z: 1 } })]],
  [
    'compound key values are shown',
    [unique({ a: 1, 'at.day': 1 }), insert([{ _id: 2, a: 1, at: { day: 1 } }])],
  ],
  [
    'multikey elements collide across documents',
    [unique({ tags: 1 }), insert([{ _id: 2, tags: ['q', 'r'] }])],
  ],
  [
    'multikey elements of one document do not collide',
    [unique({ tags: 1 }), insert([{ _id: 2, tags: ['s', 's'] }])],
  ],
  [
    'an empty array counts as undefined',
    [
      unique({ tags: 1 }),
      insert([
        { _id: 2, tags: [] },
        { _id: 3, tags: [] },
      ]),
    ],
  ],
  [
    'sparse allows many missing',
    [
      unique({ s: 1 }, { sparse: true }),
      insert([{ _id: 2 }, { _id: 3 }, { _id: 4, s: 1 }, { _id: 5, s: 1 }]),
    ],
  ],
  [
    'sparse still counts null',
    [
      unique({ s: 1 }, { sparse: true }),
      insert([
        { _id: 2, s: null },
        { _id: 3, s: null },
      ]),
    ],
  ],
  [
    'sparse compound counts if one is there',
    [
      unique({ s: 1, t: 1 }, { sparse: true }),
      insert([
        { _id: 2, s: 1 },
        { _id: 3, s: 1 },
      ]),
    ],
  ],
  [
    'partial binds only what it covers',
    [
      unique({ a: 1 }, { partialFilterExpression: { done: false } }),
      insert([{ _id: 2, a: 1, done: true }]),
      insert([{ _id: 3, a: 1, done: false }]),
    ],
  ],
  [
    'an update into the partial filter hits it',
    [
      unique({ a: 1 }, { partialFilterExpression: { done: false } }),
      insert([{ _id: 2, a: 1, done: true }]),
      update({ _id: 2 }, { $set: { done: false } }),
    ],
  ],
  [
    'an update out of the partial filter frees it',
    [
      unique({ a: 1 }, { partialFilterExpression: { done: false } }),
      update({ _id: 1 }, { $set: { done: true } }),
      insert([{ _id: 2, a: 1, done: false }]),
    ],
  ],
  [
    'partial with $exists',
    [
      unique({ a: 1 }, { partialFilterExpression: { a: { $exists: true } } }),
      insert([{ _id: 2 }, { _id: 3 }]),
    ],
  ],
  [
    'partial with $type',
    [
      unique({ a: 1 }, { partialFilterExpression: { a: { $type: 'string' } } }),
      insert([
        { _id: 2, a: 1 },
        { _id: 3, a: 'x' },
        { _id: 4, a: 'x' },
      ]),
    ],
  ],
  ['delete frees it', [unique({ a: 1 }), remove({ _id: 1 }), insert([{ _id: 2, a: 1 }])]],
  ['a document as a key', [unique({ at: 1 }), insert([{ _id: 2, at: { day: 1 } }])]],
  [
    'Chinese text as a key',
    [
      unique({ n: 1 }),
      insert([
        { _id: 2, n: '增城' },
        { _id: 3, n: '增城' },
      ]),
    ],
  ],
  [
    'a date as a key',
    [
      unique({ n: 1 }),
      insert([{ _id: 2, n: new Date('2025-03-01T00:00:00Z') }]),
      insert([{ _id: 3, n: new Date('2025-03-01T00:00:00Z') }]),
    ],
  ],
  ['null as a key', [unique({ n: 1 }), insert([{ _id: 2, n: null }])]],
  [
    'two unique indexes, the first made is told',
    [unique({ a: 1 }), unique({ done: 1 }), insert([{ _id: 2, a: 1, done: false }])],
  ],
  [
    'swapping two keys in one many-update',
    [
      unique({ a: 1 }),
      insert([{ _id: 2, a: 2 }]),
      update({}, [{ $set: { a: { $subtract: [3, '$a'] } } }], { multi: true }),
    ],
  ],
]);

const planned = Array.from({ length: 60 }, (_, i) => ({
  _id: i,
  hall: `H${i % 3}`,
  day: `2025-03-${String(1 + (i % 20)).padStart(2, '0')}`,
  no: i,
  tags: [`t${i % 5}`, `u${i % 7}`],
  ...(i % 4 === 0 ? { open: true } : {}),
  ...(i % 6 === 0 ? { code: `k${i}` } : {}),
}));
const plannedIndexes = [
  { key: { hall: 1, day: 1, no: -1 } },
  { key: { tags: 1 } },
  { key: { no: 1 }, name: 'no_of_open', partialFilterExpression: { open: true } },
  { key: { code: 1 }, unique: true, sparse: true },
];

export const plans = reading('plans', { docs: planned, indexes: plannedIndexes, compare: 'index' }, [
  ['an equality on the prefix', explain(find({ hall: 'H1' }))],
  ['equalities on the whole', explain(find({ hall: 'H1', day: '2025-03-05', no: 4 }))],
  ['an equality and a range', explain(find({ hall: 'H1', day: { $gte: '2025-03-05', $lt: '2025-03-08' } }))],
  ['an equality and $in', explain(find({ hall: 'H1', day: { $in: ['2025-03-05', '2025-03-06'] } }))],
  ['a sort on the prefix', explain(find({ hall: 'H1' }, { sort: { day: 1, no: -1 } }))],
  ['a sort backwards', explain(find({ hall: 'H1' }, { sort: { day: -1, no: 1 } }))],
  ['a sort alone', explain(find({}, { sort: { hall: 1, day: 1 } }))],
  ['a sort against the index', explain(find({}, { sort: { hall: 1, day: -1 } }))],
  ['a later field alone', explain(find({ day: '2025-03-05' }))],
  ['a multikey element', explain(find({ tags: 't1' }))],
  ['a partial index that covers', explain(find({ no: 8, open: true }))],
  ['a partial index that does not cover', explain(find({ no: 8 }))],
  ['a sparse unique key', explain(find({ code: 'k6' }))],
  ['a sparse index cannot find missing', explain(find({ code: null }))],
  ['_id', explain(find({ _id: 3 }))],
  ['_id $in', explain(find({ _id: { $in: [3, 4] } }))],
  ['_id range', explain(find({ _id: { $gt: 50 } }))],
  ['nothing to use', explain(find({ colour: 'red' }))],
  ['no filter', explain(find({}))],
  ['an anchored regular expression', explain(find({ hall: /^H1/ }))],
  ['a hint by name', explain(find({ hall: 'H1' }, { hint: '_id_' }))],
  ['a hint by key', explain(find({}, { hint: { tags: 1 } }))],
  ['a natural hint', explain(find({ hall: 'H1' }, { hint: { $natural: 1 } }))],
  ['an unknown hint is refused', explain(find({ hall: 'H1' }, { hint: 'nope' }))],
  ['a count', explain({ count: 'c', query: { hall: 'H1' } })],
  ['an update', explain(update({ hall: 'H1', day: '2025-03-05' }, { $set: { x: 1 } }))],
  ['a delete', explain(remove({ tags: 't1' }))],
  ['a findAndModify', explain({ findAndModify: 'c', query: { code: 'k6' }, update: { $set: { x: 1 } } })],
  ['a distinct', explain({ distinct: 'c', key: 'day', query: { hall: 'H1' } })],
  [
    'an aggregate',
    explain({ aggregate: 'c', pipeline: [{ $match: { hall: 'H1' } }, { $sort: { day: 1 } }], cursor: {} }),
  ],
  ['an explain of an unknown command is refused', explain({ nothing: 1 })],
  ['an explain of insert is refused', explain(insert([{ a: 1 }]))],
]);

/** The same answers with and without an index, where null, arrays and types make it tempting to answer otherwise. */
const tricky = [
  { _id: 1, a: null, b: 1 },
  { _id: 2, b: 2 },
  { _id: 3, a: [], b: 3 },
  { _id: 4, a: [1, 9], b: 4 },
  { _id: 5, a: [[1]], b: 5 },
  { _id: 6, a: 5, b: [1, 2] },
  { _id: 7, a: '5', b: 7 },
  { _id: 8, a: { x: 1 }, b: 8 },
  { _id: 9, a: [{ x: 1 }, { x: 7 }], b: 9 },
  { _id: 10, a: Number.NaN, b: 10 },
  { _id: 11, a: true },
  { _id: 12, a: [null, 3] },
];
const ids = { sort: { _id: 1 }, projection: { _id: 1 } };

export const indexedAnswers = reading(
  'answers through an index',
  { docs: tricky, indexes: [{ key: { a: 1, b: 1 } }, { key: { 'a.x': 1 } }] },
  [
    ['null', find({ a: null }, ids)],
    ['$exists false', find({ a: { $exists: false } }, ids)],
    ['$exists true', find({ a: { $exists: true } }, { ...ids, hint: 'a_1_b_1' })],
    ['$ne null', find({ a: { $ne: null } }, { ...ids, hint: 'a_1_b_1' })],
    ['an empty array', find({ a: [] }, { ...ids, hint: 'a_1_b_1' })],
    ['a nested array', find({ a: [1] }, { ...ids, hint: 'a_1_b_1' })],
    ['an element', find({ a: 9 }, { ...ids, hint: 'a_1_b_1' })],
    ['bounds met apart', find({ a: { $gt: 5, $lt: 3 } }, { ...ids, hint: 'a_1_b_1' })],
    ['bounds met together', find({ a: { $elemMatch: { $gt: 0, $lt: 3 } } }, { ...ids, hint: 'a_1_b_1' })],
    ['a type bracket', find({ a: { $gt: 1 } }, { ...ids, hint: 'a_1_b_1' })],
    ['NaN', find({ a: Number.NaN }, { ...ids, hint: 'a_1_b_1' })],
    ['$lte NaN', find({ a: { $lte: Number.NaN } }, { ...ids, hint: 'a_1_b_1' })],
    ['a document', find({ a: { x: 1 } }, { ...ids, hint: 'a_1_b_1' })],
    ['a path through an array', find({ 'a.x': { $gt: 2 } }, { ...ids, hint: 'a.x_1' })],
    ['null on a path', find({ 'a.x': null }, { ...ids, hint: 'a.x_1' })],
    ['$in with null', find({ a: { $in: [null, '5'] } }, { ...ids, hint: 'a_1_b_1' })],
    ['$nin', find({ a: { $nin: [5, 9] } }, { ...ids, hint: 'a_1_b_1' })],
    ['$not', find({ a: { $not: { $gt: 2 } } }, { ...ids, hint: 'a_1_b_1' })],
    ['$type', find({ a: { $type: 'number' } }, { ...ids, hint: 'a_1_b_1' })],
    ['$size', find({ a: { $size: 2 } }, { ...ids, hint: 'a_1_b_1' })],
    ['$all', find({ a: { $all: [1, 9] } }, { ...ids, hint: 'a_1_b_1' })],
    ['$regex', find({ a: /^5/ }, { ...ids, hint: 'a_1_b_1' })],
    ['sorted by the index', find({}, { sort: { a: 1, b: 1, _id: 1 }, projection: { _id: 1 } })],
    [
      'sorted backwards by the index',
      find({ a: { $ne: 5 } }, { sort: { a: -1, b: -1, _id: 1 }, projection: { _id: 1 } }),
    ],
    [
      'equality and range on both fields',
      find({ a: { $gte: 1 }, b: { $gt: 3 } }, { ...ids, hint: 'a_1_b_1' }),
    ],
    ['a document once, though two elements match', find({ a: { $gte: 0 } }, { ...ids, hint: 'a_1_b_1' })],
  ],
);
