import { Int32 } from 'bson';
import { find, reading } from '../batteryCase.ts';
import { valuesOfEveryKind } from './queryComparison.ts';

const ids = { projection: { _id: 1 } };

/** Kinds whose order is settled by value alone; ties are broken by `_id`. */
export const sortOfEveryKind = reading('order of types', { docs: valuesOfEveryKind }, [
  ['ascending', find({}, { sort: { v: 1, _id: 1 }, ...ids })],
  ['descending', find({}, { sort: { v: -1, _id: 1 }, ...ids })],
  ['with a filter', find({ v: { $type: 'number' } }, { sort: { v: -1, _id: -1 }, ...ids })],
]);

const docs = [
  { _id: 1, hall: 'A', no: 3, at: { day: 2 }, list: [3, 1], w: [{ n: 5 }, { n: 2 }] },
  { _id: 2, hall: 'B', no: 1, at: { day: 1 }, list: [2], w: [{ n: 4 }] },
  { _id: 3, hall: 'A', no: 1, list: [], w: [] },
  { _id: 4, hall: 'C', no: 2, at: { day: 3 }, list: null },
  { _id: 5, hall: 'a', no: new Int32(10), at: { day: 1 } },
  { _id: 6, hall: '广', no: 2.5, at: null, list: [9, 0] },
];

export const sortSkipLimit = reading('sort, skip and limit', { docs }, [
  ['by two fields', find({}, { sort: { hall: 1, no: -1 }, ...ids })],
  ['by a path', find({}, { sort: { 'at.day': 1, _id: 1 }, ...ids })],
  ['ascending by an array takes its smallest', find({}, { sort: { list: 1, _id: 1 }, ...ids })],
  ['descending by an array takes its largest', find({}, { sort: { list: -1, _id: 1 }, ...ids })],
  ['by a field of elements', find({}, { sort: { 'w.n': 1, _id: 1 }, ...ids })],
  ['limit', find({}, { sort: { _id: 1 }, limit: 2, ...ids })],
  ['skip', find({}, { sort: { _id: 1 }, skip: 4, ...ids })],
  ['skip and limit', find({}, { sort: { _id: -1 }, skip: 1, limit: 2, ...ids })],
  ['skip beyond the end', find({}, { sort: { _id: 1 }, skip: 99, ...ids })],
  ['limit zero is no limit', find({}, { sort: { _id: 1 }, limit: 0, ...ids })],
  ['simple collation', find({ hall: 'A' }, { sort: { _id: 1 }, collation: { locale: 'simple' }, ...ids })],
  ['natural order', find({}, { sort: { $natural: 1 }, ...ids })],
  ['natural order backwards', find({}, { sort: { $natural: -1 }, ...ids })],
  ['single batch', find({}, { sort: { _id: 1 }, batchSize: 2, singleBatch: true, ...ids })],
  ['a negative limit is refused', find({}, { limit: -1 })],
  ['a negative skip is refused', find({}, { skip: -1 })],
  ['a negative batch size is refused', find({}, { batchSize: -1 })],
  ['a sort of 2 is refused', find({}, { sort: { a: 2 } })],
  ['a sort by text is refused', find({}, { sort: { a: 'up' } })],
  ['a sort by the empty name is refused', find({}, { sort: { '': 1 } })],
  ['two array fields sort in parallel', find({ _id: { $in: [1, 2] } }, { sort: { list: 1, w: 1, _id: 1 } })],
  ['an unknown option is refused', find({}, { sortt: { a: 1 } })],
  ['a filter that is no document', { find: 'c', filter: 5 }],
  ['a name that is no string', { find: 5, filter: {} }],
  ['an empty name', { find: '', filter: {} }],
  ['a collection that is not there', { find: 'nothing', filter: {} }],
  ['$natural mixed with a field is refused', find({}, { sort: { $natural: 1, a: 1 } })],
  ['min without a hint is refused', find({}, { min: { _id: 1 } })],
]);

const shelf = [
  {
    _id: 1,
    name: { family: 'Li', given: 'Na' },
    age: 30,
    tags: ['a', 'b', 'c', 'd'],
    windows: [
      { no: 1, open: true, who: { id: 7 } },
      { no: 2, open: false },
      { no: 3, open: true },
    ],
    mixed: [1, { no: 4 }, [{ no: 5 }], null],
  },
  { _id: 2, name: 'Wang', age: null, tags: [], windows: [], mixed: 5 },
  { _id: 3 },
];
const all = (projection: object, filter = {}) => find(filter, { sort: { _id: 1 }, projection });

export const projections = reading('projection', { docs: shelf }, [
  ['include', all({ age: 1 })],
  ['include without _id', all({ age: 1, _id: 0 })],
  ['exclude', all({ windows: 0, mixed: 0 })],
  ['exclude _id alone', all({ _id: 0 })],
  ['include _id alone', all({ _id: 1 })],
  ['include a path', all({ 'name.family': 1 })],
  ['exclude a path', all({ 'name.family': 0 })],
  ['include a path through an array', all({ 'windows.no': 1 })],
  ['exclude a path through an array', all({ 'windows.open': 0 })],
  ['include a path through a mixed array', all({ 'mixed.no': 1 })],
  ['include a nested document', all({ name: { given: 1 } })],
  ['include with true', all({ age: true, name: true })],
  ['the order of included fields is the document’s', all({ tags: 1, name: 1, age: 1 })],
  ['$slice from the start', all({ tags: { $slice: 2 } })],
  ['$slice from the end', all({ tags: { $slice: -2 }, windows: 0 })],
  ['$slice skip and limit', all({ tags: { $slice: [1, 2] }, age: 1 })],
  ['$elemMatch', all({ windows: { $elemMatch: { open: true, no: { $gt: 1 } } } })],
  ['$elemMatch that finds nothing', all({ windows: { $elemMatch: { no: 9 } } })],
  ['positional', all({ 'windows.$': 1 }, { 'windows.no': 2 })],
  [
    'positional with $elemMatch',
    all({ 'windows.$': 1 }, { windows: { $elemMatch: { open: true, no: { $gt: 1 } } } }),
  ],
  ['a computed field', all({ years: '$age', _id: 0 })],
  ['an expression', all({ next: { $add: ['$age', 1] } })],
  ['a literal', all({ kind: { $literal: 1 }, _id: 0 })],
  ['a text that is no path is a constant', all({ kind: 'citizen', _id: 0 })],
  ['an expression under a path', all({ 'name.upper': { $toUpper: '$name.family' }, _id: 0 }, { _id: 1 })],
  ['empty projection', all({})],
  ['mixing include and exclude is refused', all({ age: 1, tags: 0 })],
  ['mixing exclude and include is refused', all({ age: 0, tags: 1 })],
  ['a path and its parent are refused', all({ name: 1, 'name.given': 1 })],
  ['an empty path part is refused', all({ 'name..given': 1 })],
  ['positional needs a condition on the array', all({ 'windows.$': 1 }, { _id: 1 })],
  ['positional twice is refused', all({ 'windows.$': 1, 'tags.$': 1 }, { 'windows.no': 1 })],
  ['positional exclusion is refused', all({ 'windows.$': 0 }, { 'windows.no': 1 })],
  ['$slice of text is refused', all({ tags: { $slice: 'a' } })],
  ['$meta textScore without a text search', all({ score: { $meta: 'textScore' } })],
  ['an unknown operator is refused', all({ tags: { $nothing: 1 } })],
]);
