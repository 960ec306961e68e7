import { Int32, ObjectId } from 'bson';
import { update, writing } from '../batteryCase.ts';

const docs = [
  { _id: 1, hall: 'A', left: new Int32(3) },
  { _id: 2, hall: 'B', left: new Int32(0) },
];
const upsert = { upsert: true };

export const upserts = writing('upsert', { docs, indexes: [{ key: { hall: 1 }, unique: true }] }, [
  [
    'takes equalities of the filter',
    update({ _id: 9, hall: 'C', left: { $gt: 0 } }, { $set: { seen: 1 } }, upsert),
  ],
  ['takes $eq', update({ _id: 9, hall: { $eq: 'C' } }, { $inc: { left: 1 } }, upsert)],
  ['takes $and', update({ $and: [{ _id: 9 }, { hall: 'C' }] }, { $inc: { left: 1 } }, upsert)],
  ['takes $or of one', update({ _id: 9, $or: [{ hall: 'C' }] }, { $inc: { left: 1 } }, upsert)],
  [
    'leaves $or of two',
    update({ _id: 9, $or: [{ hall: 'C' }, { hall: 'D' }] }, { $inc: { left: 1 } }, upsert),
  ],
  ['takes $in of one', update({ _id: 9, hall: { $in: ['C'] } }, { $inc: { left: 1 } }, upsert)],
  ['takes $all of one', update({ _id: 9, tags: { $all: ['x'] } }, { $set: { hall: 'C' } }, upsert)],
  ['takes paths', update({ _id: 9, 'at.day': 3 }, { $set: { 'at.hour': 9 } }, upsert)],
  ['makes an id', update({ hall: 'C' }, { $set: { left: 1 } }, upsert)],
  ['_id from $set', update({ hall: 'C' }, { $set: { _id: 77 } }, upsert)],
  ['_id from $setOnInsert', update({ hall: 'C' }, { $setOnInsert: { _id: 77, left: 5 } }, upsert)],
  ['$setOnInsert and $inc', update({ _id: 9 }, { $setOnInsert: { hall: 'C' }, $inc: { left: 1 } }, upsert)],
  ['with a replacement', update({ _id: 9 }, { hall: 'C' }, upsert)],
  ['with a replacement and its own _id', update({ hall: 'C' }, { _id: 9, hall: 'C' }, upsert)],
  ['with a replacement without _id', update({ hall: 'C' }, { hall: 'C', n: 1 }, upsert)],
  ['with a replacement takes nothing else of the filter', update({ _id: 9, hall: 'C' }, { left: 1 }, upsert)],
  ['that finds one updates it', update({ hall: 'A' }, { $inc: { left: -1 } }, upsert)],
  ['many that finds none', update({ hall: 'C' }, { $set: { _id: 5 } }, { upsert: true, multi: true })],
  ['on a taken unique key', update({ hall: 'A', left: { $gt: 99 } }, { $inc: { left: -1 } }, upsert)],
  ['on a taken _id', update({ _id: 1, left: 99 }, { $set: { hall: 'Z' } }, upsert)],
  [
    'a condition on the field it sets',
    update({ _id: 9, left: 5 }, { $inc: { left: 1 }, $set: { hall: 'C' } }, upsert),
  ],
  ['$unset makes nothing', update({ _id: 9, hall: 'C' }, { $unset: { left: 1 } }, upsert)],
  ['$pull makes nothing', update({ _id: 9, hall: 'C' }, { $pull: { list: 1 } }, upsert)],
  ['$push makes a list', update({ _id: 9, hall: 'C' }, { $push: { list: 1 } }, upsert)],
  [
    '$min and $max make fields',
    update({ _id: 9 }, { $min: { a: 1 }, $max: { b: 2 }, $mul: { c: 3 } }, upsert),
  ],
  [
    'an equality with a regular expression is refused',
    update({ _id: 9, hall: { $eq: /C/ } }, { $set: { left: 1 } }, upsert),
  ],
  [
    'two equalities on one path are refused',
    update({ _id: 9, $and: [{ hall: 'C' }, { hall: 'D' }] }, { $set: { left: 1 } }, upsert),
  ],
  [
    'an equality on a path and its parent is refused',
    update({ _id: 9, at: 1, 'at.day': 1 }, { $set: { left: 1 } }, upsert),
  ],
  [
    '_id by an object id',
    update({ _id: new ObjectId('65a0f0f0f0f0f0f0f0f0f0f1') }, { $set: { hall: 'C' } }, upsert),
  ],
  ['_id null', update({ _id: null }, { $set: { hall: 'C' } }, upsert)],
  ['with a pipeline', update({ _id: 9, hall: 'C' }, [{ $set: { left: { $add: [1, 2] } } }], upsert)],
  [
    'position in the filter makes a document',
    update({ _id: 9, 'list.0': 5 }, { $set: { hall: 'C' } }, upsert),
  ],
]);

const pipelineDocs = [
  { _id: 1, a: new Int32(2), b: new Int32(3), list: [1, 2, 3], who: { name: 'Li', age: 30 } },
  { _id: 2, a: new Int32(5) },
];

export const pipelineUpdates = writing('pipeline updates', { docs: pipelineDocs }, [
  ['$set from fields', update({ _id: 1 }, [{ $set: { sum: { $add: ['$a', '$b'] } } }])],
  ['$addFields then $unset', update({ _id: 1 }, [{ $addFields: { c: '$a' } }, { $unset: ['a', 'who.age'] }])],
  [
    '$set twice sees the first',
    update({ _id: 1 }, [{ $set: { a: 10 } }, { $set: { c: { $multiply: ['$a', 2] } } }]),
  ],
  ['$project', update({ _id: 1 }, [{ $project: { a: 1 } }])],
  ['$replaceWith', update({ _id: 1 }, [{ $replaceWith: { _id: '$_id', name: '$who.name' } }])],
  ['$replaceRoot keeps _id', update({ _id: 1 }, [{ $replaceRoot: { newRoot: '$who' } }])],
  ['$$NOW', update({ _id: 1 }, [{ $set: { at: '$$NOW' } }])],
  [
    '$cond',
    update({}, [{ $set: { kind: { $cond: [{ $gt: ['$a', 3] }, 'big', 'small'] } } }], { multi: true }),
  ],
  ['$set of a missing field leaves nothing', update({ _id: 2 }, [{ $set: { c: '$nothing' } }])],
  ['$$REMOVE', update({ _id: 1 }, [{ $set: { a: '$$REMOVE' } }])],
  ['$concatArrays', update({ _id: 1 }, [{ $set: { list: { $concatArrays: ['$list', [4]] } } }])],
  ['$set a path on every element', update({ _id: 1 }, [{ $set: { 'list.x': 1 } }])],
  ['$ifNull', update({ _id: 2 }, [{ $set: { b: { $ifNull: ['$b', 0] } } }])],
  ['nothing changes', update({ _id: 1 }, [{ $set: { a: '$a' } }])],
  ['let', { update: 'c', updates: [{ q: { _id: 1 }, u: [{ $set: { a: '$$by' } }], c: { by: 7 } }] }],
  ['changing _id is refused', update({ _id: 1 }, [{ $set: { _id: 9 } }])],
  ['a stage that is not allowed', update({ _id: 1 }, [{ $match: { a: 1 } }])],
  ['a failing expression', update({ _id: 1 }, [{ $set: { a: { $divide: [1, 0] } } }])],
  ['an unknown expression', update({ _id: 1 }, [{ $set: { a: { $nothing: 1 } } }])],
  ['no stages', update({ _id: 1 }, [])],
  ['array filters are refused', update({ _id: 1 }, [{ $set: { a: 1 } }], { arrayFilters: [{ x: 1 }] })],
]);
