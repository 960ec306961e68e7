import { Double, Int32, Long, ObjectId } from 'bson';
import { findAndModify, insert, remove, writing } from '../batteryCase.ts';

const docs = [
  { _id: 1, hall: 'A', left: new Int32(3) },
  { _id: 2, hall: 'B', left: new Int32(0) },
  { _id: 3, hall: 'C', left: new Int32(5) },
];
const indexes = [{ key: { hall: 1 }, unique: true }];
const big = 'x'.repeat(1024);

export const inserts = writing('insert', { docs, indexes }, [
  ['one', insert([{ _id: 4, hall: 'D' }])],
  [
    'several',
    insert([
      { _id: 4, hall: 'D' },
      { _id: 5, hall: 'E' },
    ]),
  ],
  ['without _id', insert([{ hall: 'D' }])],
  ['_id not first moves to the front', insert([{ hall: 'D', _id: 4 }])],
  ['a taken _id', insert([{ _id: 1, hall: 'D' }])],
  ['a taken _id of another number type', insert([{ _id: new Double(1), hall: 'D' }])],
  ['a taken unique key', insert([{ _id: 4, hall: 'A' }])],
  [
    'ordered stops at the first error',
    insert([
      { _id: 4, hall: 'D' },
      { _id: 1, hall: 'X' },
      { _id: 5, hall: 'E' },
    ]),
  ],
  [
    'unordered goes on',
    insert(
      [
        { _id: 4, hall: 'D' },
        { _id: 1, hall: 'X' },
        { _id: 5, hall: 'A' },
        { _id: 6, hall: 'F' },
      ],
      { ordered: false },
    ),
  ],
  [
    'two the same in one batch',
    insert([
      { _id: 4, hall: 'D' },
      { _id: 4, hall: 'E' },
    ]),
  ],
  ['a missing unique key counts as null', insert([{ _id: 4 }, { _id: 5 }])],
  ['null and missing collide', insert([{ _id: 4 }, { _id: 5, hall: null }])],
  ['an array _id is refused', insert([{ _id: [1], hall: 'D' }])],
  ['a regular expression as _id is refused', insert([{ _id: /a/, hall: 'D' }])],
  ['a document as _id', insert([{ _id: { hall: 'A', day: 1 }, hall: 'D' }])],
  ['a document as _id with a dollar field is refused', insert([{ _id: { $x: 1 }, hall: 'D' }])],
  ['a dollar field is stored', insert([{ _id: 4, $hall: 'D' }])],
  ['a dotted field is stored', insert([{ _id: 4, 'a.b': 'D' }])],
  ['no documents is refused', insert([])],
  ['a document too large is refused', insert([{ _id: 4, s: 'x'.repeat(16 * 1024 * 1024) }])],
  [
    'many in one batch',
    insert(Array.from({ length: 50 }, (_, i) => ({ _id: 100 + i, hall: `H${i}`, s: big.slice(0, 8) }))),
  ],
  ['a zero timestamp and long values', insert([{ _id: 4, hall: 'D', l: Long.MAX_VALUE, z: new Double(1) }])],
  ['an unknown option is refused', insert([{ _id: 4 }], { orderedd: true })],
  ['into a system name is refused', { insert: 'system.x', documents: [{ a: 1 }] }],
  ['into a name with a dollar is refused', { insert: 'a$b', documents: [{ a: 1 }] }],
  [
    'into a new collection',
    [
      { insert: 'fresh', documents: [{ _id: 1 }] },
      { count: 'fresh', query: {} },
    ],
  ],
  ['w majority and j', insert([{ _id: 4, hall: 'D' }], { writeConcern: { w: 'majority', j: true } })],
  ['an undefined value becomes null or is kept', insert([{ _id: 4, hall: undefined }])],
  [
    'an unacceptable write concern is refused',
    insert([{ _id: 4 }], { writeConcern: { w: 'nobody' } }),
    ['n'],
  ],
]);

export const updatesAndDeletes = writing('several updates and deletes', { docs, indexes }, [
  [
    'several updates in one command',
    {
      update: 'c',
      updates: [
        { q: { _id: 1 }, u: { $inc: { left: 1 } } },
        { q: { left: { $gt: 0 } }, u: { $set: { open: true } }, multi: true },
        { q: { _id: 9 }, u: { $set: { hall: 'Z' } }, upsert: true },
      ],
    },
  ],
  [
    'ordered updates stop at the first error',
    {
      update: 'c',
      updates: [
        { q: { _id: 1 }, u: { $set: { hall: 'B' } } },
        { q: { _id: 2 }, u: { $set: { left: 9 } } },
      ],
    },
  ],
  [
    'unordered updates go on',
    {
      update: 'c',
      ordered: false,
      updates: [
        { q: { _id: 1 }, u: { $set: { hall: 'B' } } },
        { q: { _id: 2 }, u: { $set: { left: 9 } } },
        { q: { _id: 3 }, u: { $bad: 1 } },
      ],
    },
  ],
  [
    'a many-update that hits a unique key stops there',
    { update: 'c', updates: [{ q: {}, u: { $set: { hall: 'Q' } }, multi: true }] },
  ],
  [
    'an update with a hint',
    { update: 'c', updates: [{ q: { hall: 'A' }, u: { $inc: { left: 1 } }, hint: 'hall_1' }] },
  ],
  [
    'an update with an unknown hint is refused',
    { update: 'c', updates: [{ q: { hall: 'A' }, u: { $inc: { left: 1 } }, hint: 'nope' }] },
  ],
  [
    'an update of a collection that is not there',
    { update: 'nothing', updates: [{ q: {}, u: { $set: { a: 1 } } }] },
  ],
  [
    'an upsert makes a collection',
    [
      { update: 'fresh', updates: [{ q: { _id: 1 }, u: { $set: { a: 1 } }, upsert: true }] },
      { count: 'fresh' },
    ],
  ],
  ['delete one', remove({ left: { $gte: 0 } }, 1), ['n']],
  ['delete by _id', remove({ _id: 2 }, 1)],
  ['delete many', remove({ left: { $gt: 0 } })],
  ['delete all', remove({})],
  ['delete none', remove({ hall: 'Z' })],
  ['delete with a limit of two is refused', { delete: 'c', deletes: [{ q: {}, limit: 2 }] }],
  ['delete without a limit is refused', { delete: 'c', deletes: [{ q: {} }] }],
  [
    'several deletes',
    {
      delete: 'c',
      deletes: [
        { q: { _id: 1 }, limit: 1 },
        { q: { hall: { $in: ['B', 'C'] } }, limit: 0 },
      ],
    },
  ],
  [
    'a delete with a bad filter',
    {
      delete: 'c',
      deletes: [
        { q: { a: { $bad: 1 } }, limit: 0 },
        { q: { _id: 1 }, limit: 1 },
      ],
    },
  ],
  [
    'unordered deletes go on',
    {
      delete: 'c',
      ordered: false,
      deletes: [
        { q: { a: { $bad: 1 } }, limit: 0 },
        { q: { _id: 1 }, limit: 1 },
      ],
    },
  ],
  ['delete then insert the same key', [remove({ _id: 1 }, 1), insert([{ _id: 1, hall: 'A' }])]],
  [
    'the same key freed by an update',
    [
      { update: 'c', updates: [{ q: { _id: 1 }, u: { $set: { hall: 'X' } } }] },
      insert([{ _id: 4, hall: 'A' }]),
    ],
  ],
]);

export const findAndModifies = writing('findAndModify', { docs, indexes }, [
  ['returns the old', findAndModify({ _id: 1 }, { update: { $inc: { left: -1 } } })],
  ['returns the new', findAndModify({ _id: 1 }, { update: { $inc: { left: -1 } }, new: true })],
  [
    'takes a place while one is left',
    findAndModify({ _id: 1, left: { $gt: 0 } }, { update: { $inc: { left: -1 } }, new: true }),
  ],
  [
    'finds no place left',
    findAndModify({ _id: 2, left: { $gt: 0 } }, { update: { $inc: { left: -1 } }, new: true }),
  ],
  ['with a sort', findAndModify({}, { sort: { left: -1 }, update: { $set: { taken: true } }, new: true })],
  [
    'with a projection',
    findAndModify({ _id: 1 }, { fields: { left: 1, _id: 0 }, update: { $inc: { left: 1 } }, new: true }),
  ],
  ['removes', findAndModify({ hall: 'B' }, { remove: true })],
  ['removes with a sort', findAndModify({}, { sort: { left: 1 }, remove: true, fields: { hall: 1 } })],
  ['removes nothing', findAndModify({ hall: 'Z' }, { remove: true })],
  ['replaces', findAndModify({ _id: 1 }, { update: { hall: 'R' }, new: true })],
  [
    'upserts, returning nothing old',
    findAndModify({ _id: 9 }, { update: { $set: { hall: 'N' } }, upsert: true }),
  ],
  [
    'upserts, returning the new',
    findAndModify({ _id: 9 }, { update: { $set: { hall: 'N' } }, upsert: true, new: true }),
  ],
  [
    'upserts with a made id',
    findAndModify({ hall: 'N' }, { update: { $setOnInsert: { left: 1 } }, upsert: true, new: true }),
  ],
  [
    'with a pipeline',
    findAndModify({ _id: 1 }, { update: [{ $set: { left: { $subtract: ['$left', 1] } } }], new: true }),
  ],
  [
    'with array filters',
    findAndModify({ _id: 1 }, { update: { $set: { 'list.$[x]': 1 } }, arrayFilters: [{ x: 1 }], new: true }),
  ],
  ['hits a unique key', findAndModify({ _id: 1 }, { update: { $set: { hall: 'B' } } })],
  ['old form of the name', { findandmodify: 'c', query: { _id: 1 }, update: { $inc: { left: 1 } } }],
  ['neither update nor remove is refused', findAndModify({ _id: 1 }, {})],
  [
    'both update and remove are refused',
    findAndModify({ _id: 1 }, { update: { $inc: { left: 1 } }, remove: true }),
  ],
  ['remove with new is refused', findAndModify({ _id: 1 }, { remove: true, new: true })],
  ['remove with upsert is refused', findAndModify({ _id: 1 }, { remove: true, upsert: true })],
  ['of a bad operator', findAndModify({ _id: 1 }, { update: { $bad: { left: 1 } } })],
  ['of text that is no number', findAndModify({ _id: 1 }, { update: { $inc: { hall: 1 } } })],
  [
    'in a collection that is not there',
    { findAndModify: 'nothing', query: { _id: 1 }, update: { $set: { a: 1 } } },
  ],
  [
    'changes the field it looks for',
    findAndModify({ left: 3 }, { update: { $set: { left: 4 } }, new: true }),
  ],
  [
    'with a hint',
    findAndModify({ hall: 'A' }, { update: { $inc: { left: 1 } }, hint: { hall: 1 }, new: true }),
  ],
  [
    'an object id by its text finds nothing',
    findAndModify({ _id: new ObjectId('65a0f0f0f0f0f0f0f0f0f0f2') }, { remove: true }),
  ],
  [
    'positional',
    [
      { update: 'c', updates: [{ q: { _id: 1 }, u: { $set: { w: [{ n: 1 }, { n: 2 }] } } }] },
      findAndModify({ _id: 1, 'w.n': 2 }, { update: { $set: { 'w.$.done': true } }, new: true }),
    ],
  ],
]);
