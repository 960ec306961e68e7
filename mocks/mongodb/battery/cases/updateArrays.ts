import { update, writing } from '../batteryCase.ts';

const docs = [
  {
    _id: 1,
    list: [3, 1, 2, 3],
    text: 'x',
    rooms: [
      { no: 1, free: 4, slots: [1, 2] },
      { no: 2, free: 0, slots: [5] },
      { no: 3, free: 4 },
    ],
  },
  { _id: 2, list: [] },
  { _id: 3 },
];
const first = { _id: 1 };
const third = { _id: 3 };

export const arrayUpdates = writing('array updates', { docs }, [
  ['$push', update(first, { $push: { list: 9 } })],
  ['$push on a missing field', update(third, { $push: { list: 9 } })],
  ['$push an array as one element', update(first, { $push: { list: [9, 8] } })],
  ['$push on text is refused', update(first, { $push: { text: 9 } })],
  ['$push $each', update(first, { $push: { list: { $each: [9, 8] } } })],
  ['$push $each of nothing', update(third, { $push: { list: { $each: [] } } })],
  ['$push $position', update(first, { $push: { list: { $each: [9, 8], $position: 1 } } })],
  ['$push negative $position', update(first, { $push: { list: { $each: [9], $position: -1 } } })],
  ['$push $position beyond the end', update(first, { $push: { list: { $each: [9], $position: 99 } } })],
  ['$push $slice keeps the first', update(first, { $push: { list: { $each: [9], $slice: 3 } } })],
  ['$push $slice keeps the last', update(first, { $push: { list: { $each: [9, 8], $slice: -3 } } })],
  ['$push $slice zero', update(first, { $push: { list: { $each: [9], $slice: 0 } } })],
  ['$push $sort', update(first, { $push: { list: { $each: [0], $sort: 1 } } })],
  [
    '$push $sort descending then $slice',
    update(first, { $push: { list: { $each: [5], $sort: -1, $slice: 2 } } }),
  ],
  [
    '$push $sort by a field',
    update(first, { $push: { rooms: { $each: [{ no: 0, free: 1 }], $sort: { free: 1, no: -1 } } } }),
  ],
  ['$push $slice without $each is one element', update(first, { $push: { list: { $slice: 2 } } })],
  ['$push $each needs an array', update(first, { $push: { list: { $each: 5 } } })],
  ['$push $slice needs a number', update(first, { $push: { list: { $each: [1], $slice: 'a' } } })],
  [
    '$push with an unknown clause is refused',
    update(first, { $push: { list: { $each: [1], $nothing: 1 } } }),
  ],
  ['$push to an element', update(first, { $push: { 'rooms.0.slots': 9 } })],
  ['$addToSet adds', update(first, { $addToSet: { list: 9 } })],
  ['$addToSet finds it there', update(first, { $addToSet: { list: 3 } })],
  ['$addToSet compares numbers across types', update(first, { $addToSet: { list: 3.0 } })],
  ['$addToSet $each', update(first, { $addToSet: { list: { $each: [9, 3, 9, 8] } } })],
  [
    '$addToSet a document compares in field order',
    update(first, { $addToSet: { rooms: { free: 4, no: 3 } } }),
  ],
  ['$addToSet a document that is there', update(first, { $addToSet: { rooms: { no: 3, free: 4 } } })],
  ['$addToSet on a missing field', update(third, { $addToSet: { list: { $each: [1, 1] } } })],
  ['$addToSet on text is refused', update(first, { $addToSet: { text: 1 } })],
  ['$addToSet $each needs an array', update(first, { $addToSet: { list: { $each: 1 } } })],
  ['$pop last', update(first, { $pop: { list: 1 } })],
  ['$pop first', update(first, { $pop: { list: -1 } })],
  ['$pop of an empty array', update({ _id: 2 }, { $pop: { list: 1 } })],
  ['$pop of a missing field', update(third, { $pop: { list: 1 } })],
  ['$pop by 2 is refused', update(first, { $pop: { list: 2 } })],
  ['$pop on text is refused', update(first, { $pop: { text: 1 } })],
  ['$pull a value', update(first, { $pull: { list: 3 } })],
  ['$pull by a condition', update(first, { $pull: { list: { $gte: 2 } } })],
  ['$pull documents by a part', update(first, { $pull: { rooms: { free: 4 } } })],
  [
    '$pull documents by operators',
    update(first, { $pull: { rooms: { free: { $gt: 0 }, no: { $in: [3, 9] } } } }),
  ],
  ['$pull with $elemMatch', update(first, { $pull: { rooms: { slots: { $elemMatch: { $gt: 4 } } } } })],
  ['$pull $in', update(first, { $pull: { list: { $in: [1, 2] } } })],
  ['$pull nothing', update(first, { $pull: { list: 99 } })],
  ['$pull from a missing field', update(third, { $pull: { list: 1 } })],
  ['$pull from text is refused', update(first, { $pull: { text: 1 } })],
  ['$pull a regular expression', update({ _id: 2 }, { $pull: { list: /a/ } })],
  ['$pullAll', update(first, { $pullAll: { list: [3, 2] } })],
  ['$pullAll documents', update(first, { $pullAll: { rooms: [{ no: 3, free: 4 }] } })],
  ['$pullAll needs an array', update(first, { $pullAll: { list: 3 } })],
]);

export const positionalUpdates = writing('positional updates', { docs }, [
  ['$ by a value', update({ _id: 1, list: 2 }, { $set: { 'list.$': 20 } })],
  ['$ by a field of an element', update({ 'rooms.no': 2 }, { $inc: { 'rooms.$.free': 5 } })],
  [
    '$ by $elemMatch',
    update({ rooms: { $elemMatch: { free: 4, no: { $gt: 1 } } } }, { $set: { 'rooms.$.free': 3 } }),
  ],
  ['$ takes the first that matches', update({ list: 3 }, { $set: { 'list.$': 30 } })],
  ['$ with $unset', update({ 'rooms.no': 1 }, { $unset: { 'rooms.$.slots': 1 } })],
  ['$ with $push', update({ 'rooms.no': 2 }, { $push: { 'rooms.$.slots': 6 } })],
  ['$ without a match in the filter is refused', update({ _id: 1 }, { $set: { 'list.$': 1 } })],
  ['$ in many', update({ list: { $gte: 3 } }, { $set: { 'list.$': 0 } }, { multi: true })],
  ['$[] on values', update(first, { $inc: { 'list.$[]': 10 } })],
  ['$[] on fields of elements', update(first, { $set: { 'rooms.$[].free': 0 } })],
  ['$[] on an empty array', update({ _id: 2 }, { $inc: { 'list.$[]': 1 } })],
  ['$[] on a missing field is refused', update(third, { $inc: { 'list.$[]': 1 } })],
  ['$[] on text is refused', update(first, { $set: { 'text.$[]': 1 } })],
  ['$[id] by a value', update(first, { $set: { 'list.$[three]': 33 } }, { arrayFilters: [{ three: 3 }] })],
  [
    '$[id] by a range',
    update(first, { $inc: { 'list.$[big]': 10 } }, { arrayFilters: [{ big: { $gte: 2, $lt: 3 } }] }),
  ],
  [
    '$[id] by a field',
    update(first, { $inc: { 'rooms.$[r].free': -1 } }, { arrayFilters: [{ 'r.free': { $gt: 0 } }] }),
  ],
  [
    '$[id] by two fields',
    update(first, { $set: { 'rooms.$[r].free': 9 } }, { arrayFilters: [{ 'r.free': 4, 'r.no': 3 }] }),
  ],
  [
    '$[id] with $or',
    update(
      first,
      { $set: { 'rooms.$[r].free': 9 } },
      { arrayFilters: [{ $or: [{ 'r.no': 1 }, { 'r.no': 3 }] }] },
    ),
  ],
  [
    '$[] then $[id]',
    update(
      { 'rooms.slots': { $exists: true }, _id: 2 },
      { $set: { 'rooms.$[].slots.$[s]': 0 } },
      { arrayFilters: [{ s: 1 }] },
    ),
  ],
  [
    'two ids',
    update(
      { _id: 4 },
      { $set: { 'rooms.$[r].slots.$[s]': 0 } },
      { arrayFilters: [{ 'r.no': 1 }, { s: { $gt: 1 } }] },
    ),
  ],
  [
    'two nested ids',
    update(
      first,
      { $set: { 'rooms.$[r].slots.$[s]': 0 } },
      { arrayFilters: [{ 'r.no': 1 }, { s: { $gt: 1 } }] },
    ),
  ],
  [
    '$[id] that matches nothing',
    update(first, { $set: { 'rooms.$[r].free': 9 } }, { arrayFilters: [{ 'r.no': 99 }] }),
  ],
  ['$[id] without its filter is refused', update(first, { $set: { 'rooms.$[r].free': 9 } })],
  [
    'a filter that is not used is refused',
    update(first, { $set: { text: 'y' } }, { arrayFilters: [{ 'r.no': 1 }] }),
  ],
  [
    'two filters of one name are refused',
    update(first, { $set: { 'rooms.$[r].free': 9 } }, { arrayFilters: [{ 'r.no': 1 }, { 'r.free': 1 }] }),
  ],
  [
    'a filter name with a capital is refused',
    update(first, { $set: { 'rooms.$[R].free': 9 } }, { arrayFilters: [{ 'R.no': 1 }] }),
  ],
  ['an empty filter is refused', update(first, { $set: { 'rooms.$[r].free': 9 } }, { arrayFilters: [{}] })],
]);
