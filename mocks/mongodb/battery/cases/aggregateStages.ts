import { Int32, Long } from 'bson';
import { aggregate, insert, reading, writing } from '../batteryCase.ts';

/** Tickets of two halls over three days: the shape most reports of the hall have. */
export const tickets = [
  {
    _id: 1,
    hall: 'A',
    day: '2025-03-01',
    window: 1,
    minutes: new Int32(5),
    score: 4,
    at: new Date('2025-03-01T01:00:00Z'),
    tags: ['tax', 'land'],
  },
  {
    _id: 2,
    hall: 'A',
    day: '2025-03-01',
    window: 2,
    minutes: new Int32(15),
    score: 5,
    at: new Date('2025-03-01T02:30:00Z'),
    tags: ['tax'],
  },
  {
    _id: 3,
    hall: 'B',
    day: '2025-03-01',
    window: 1,
    minutes: new Int32(7),
    score: null,
    at: new Date('2025-03-01T16:30:00Z'),
    tags: [],
  },
  {
    _id: 4,
    hall: 'A',
    day: '2025-03-02',
    window: 1,
    minutes: new Int32(20),
    at: new Date('2025-03-02T03:00:00Z'),
    tags: 'social',
  },
  {
    _id: 5,
    hall: 'B',
    day: '2025-03-02',
    window: 2,
    minutes: 2.5,
    score: 3,
    at: new Date('2025-03-02T08:15:00Z'),
    tags: null,
  },
  {
    _id: 6,
    hall: 'B',
    day: '2025-03-03',
    window: 2,
    minutes: Long.fromNumber(9),
    score: 5,
    at: new Date('2025-03-03T09:00:00Z'),
  },
];

const byId = { $sort: { _id: 1 } };

export const simpleStages = reading('stages', { docs: tickets }, [
  ['$match', aggregate([{ $match: { hall: 'A', minutes: { $gt: 5 } } }, byId])],
  ['$project', aggregate([byId, { $project: { hall: 1, double: { $multiply: ['$minutes', 2] } } }])],
  ['$project exclusion', aggregate([byId, { $project: { at: 0, tags: 0, score: 0 } }])],
  [
    '$project with $$REMOVE',
    aggregate([byId, { $project: { score: { $cond: [{ $eq: ['$hall', 'A'] }, '$score', '$$REMOVE'] } } }]),
  ],
  [
    '$addFields',
    aggregate([
      byId,
      { $limit: 2 },
      { $addFields: { 'place.name': '$hall', window: { $add: ['$window', 10] } } },
    ]),
  ],
  ['$set is $addFields', aggregate([byId, { $limit: 1 }, { $set: { x: { y: 1, z: '$day' } } }])],
  ['$unset', aggregate([byId, { $limit: 2 }, { $unset: ['at', 'tags'] }])],
  ['$unset of one', aggregate([byId, { $limit: 1 }, { $unset: 'tags' }])],
  ['$sort by two fields', aggregate([{ $sort: { hall: -1, minutes: 1 } }, { $project: { _id: 1 } }])],
  [
    '$sort then $skip and $limit',
    aggregate([{ $sort: { minutes: -1 } }, { $skip: 1 }, { $limit: 3 }, { $project: { minutes: 1 } }]),
  ],
  ['$count', aggregate([{ $match: { hall: 'B' } }, { $count: 'tickets' }])],
  ['$count of nothing', aggregate([{ $match: { hall: 'Z' } }, { $count: 'tickets' }])],
  ['$sortByCount', aggregate([{ $match: { _id: { $ne: 6 } } }, { $sortByCount: '$hall' }])],
  [
    '$replaceRoot',
    aggregate([byId, { $limit: 2 }, { $replaceRoot: { newRoot: { id: '$_id', hall: '$hall' } } }]),
  ],
  [
    '$replaceWith',
    aggregate([byId, { $limit: 2 }, { $replaceWith: { $mergeObjects: [{ a: 1 }, { hall: '$hall' }] } }]),
  ],
  ['$replaceRoot by no document is refused', aggregate([{ $replaceRoot: { newRoot: '$hall' } }])],
  ['$unwind', aggregate([byId, { $unwind: '$tags' }, { $project: { tags: 1 } }])],
  [
    '$unwind keeps the empty ones',
    aggregate([
      byId,
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } },
      { $project: { tags: 1 } },
    ]),
  ],
  [
    '$unwind with an index',
    aggregate([
      byId,
      { $unwind: { path: '$tags', includeArrayIndex: 'i' } },
      { $project: { tags: 1, i: 1 } },
    ]),
  ],
  [
    '$unwind keeps and counts',
    aggregate([
      byId,
      { $unwind: { path: '$tags', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } },
      { $project: { tags: 1, i: 1 } },
    ]),
  ],
  ['$unwind without a dollar is refused', aggregate([{ $unwind: 'tags' }])],
  ['$sample of more than there is', aggregate([{ $sample: { size: 100 } }, byId, { $project: { _id: 1 } }])],
  [
    '$redact',
    aggregate([
      byId,
      { $redact: { $cond: [{ $eq: ['$hall', 'A'] }, '$$KEEP', '$$PRUNE'] } },
      { $project: { _id: 1 } },
    ]),
  ],
  [
    '$facet',
    aggregate([
      byId,
      {
        $facet: {
          n: [{ $count: 'n' }],
          halls: [{ $group: { _id: '$hall' } }, { $sort: { _id: 1 } }],
          none: [{ $match: { hall: 'Z' } }],
        },
      },
    ]),
  ],
  [
    '$bucket',
    aggregate([
      {
        $bucket: {
          groupBy: '$minutes',
          boundaries: [0, 6, 12],
          default: 'long',
          output: { n: { $sum: 1 }, ids: { $push: '$window' } },
        },
      },
    ]),
  ],
  [
    '$bucket without output counts',
    aggregate([{ $bucket: { groupBy: '$minutes', boundaries: [0, 10, 30] } }]),
  ],
  [
    '$bucket with a stranger and no default',
    aggregate([{ $bucket: { groupBy: '$minutes', boundaries: [0, 10] } }]),
  ],
  ['$bucketAuto', aggregate([{ $bucketAuto: { groupBy: '$minutes', buckets: 3 } }])],
  [
    '$unionWith',
    aggregate([
      { $project: { hall: 1 } },
      { $unionWith: { coll: 'c', pipeline: [{ $match: { hall: 'A' } }, { $project: { day: 1 } }] } },
      { $sort: { _id: 1, hall: 1 } },
    ]),
  ],
  [
    '$documents',
    { aggregate: 1, pipeline: [{ $documents: [{ a: 1 }, { a: 2 }] }, { $match: { a: 2 } }], cursor: {} },
  ],
  [
    '$setWindowFields running total',
    aggregate([
      {
        $setWindowFields: {
          partitionBy: '$hall',
          sortBy: { _id: 1 },
          output: { total: { $sum: '$minutes', window: { documents: ['unbounded', 'current'] } } },
        },
      },
      byId,
      { $project: { total: 1 } },
    ]),
  ],
  [
    '$setWindowFields rank',
    aggregate([
      {
        $setWindowFields: {
          partitionBy: '$hall',
          sortBy: { minutes: -1 },
          output: { rank: { $rank: {} }, no: { $documentNumber: {} } },
        },
      },
      byId,
      { $project: { rank: 1, no: 1 } },
    ]),
  ],
  [
    '$setWindowFields moving average',
    aggregate([
      {
        $setWindowFields: {
          sortBy: { _id: 1 },
          output: { m: { $avg: '$minutes', window: { documents: [-1, 1] } } },
        },
      },
      byId,
      { $project: { m: 1 } },
    ]),
  ],
  [
    '$setWindowFields $shift',
    aggregate([
      {
        $setWindowFields: {
          sortBy: { _id: 1 },
          output: { prev: { $shift: { output: '$minutes', by: -1, default: 0 } } },
        },
      },
      byId,
      { $project: { prev: 1 } },
    ]),
  ],
  [
    '$expr inside $match',
    aggregate([
      { $match: { $expr: { $gt: ['$minutes', { $multiply: ['$score', 2] }] } } },
      byId,
      { $project: { _id: 1 } },
    ]),
  ],
  [
    'let',
    aggregate([{ $match: { $expr: { $eq: ['$hall', '$$h'] } } }, byId, { $project: { _id: 1 } }], {
      let: { h: 'B' },
    }),
  ],
  ['no stages', aggregate([{ $match: { _id: 1 } }])],
  ['an empty pipeline', aggregate([], { cursor: { batchSize: 2 } }), ['ok']],
  ['a collection that is not there', { aggregate: 'nothing', pipeline: [{ $match: {} }], cursor: {} }],
  [
    '$group of a collection that is not there',
    { aggregate: 'nothing', pipeline: [{ $group: { _id: null, n: { $sum: 1 } } }], cursor: {} },
  ],
  ['without cursor is refused', { aggregate: 'c', pipeline: [] }],
  ['an unknown stage is refused', aggregate([{ $nothing: {} }])],
  ['a stage of two names is refused', aggregate([{ $match: {}, $limit: 1 }])],
  ['a stage that is no document is refused', aggregate([5 as unknown as object])],
  ['an empty stage is refused', aggregate([{}])],
  ['$limit zero is refused', aggregate([{ $limit: 0 }])],
  ['$limit of text is refused', aggregate([{ $limit: 'a' }])],
  ['$skip negative is refused', aggregate([{ $skip: -1 }])],
  ['$sort empty is refused', aggregate([{ $sort: {} }])],
  ['$project empty is refused', aggregate([{ $project: {} }])],
  ['$count with a dollar is refused', aggregate([{ $count: '$n' }])],
  ['$count of the empty name is refused', aggregate([{ $count: '' }])],
  ['$out not last is refused', aggregate([{ $out: 'x' }, { $match: {} }])],
  ['$match with a bad filter is refused', aggregate([{ $match: { a: { $bad: 1 } } }])],
  ['$facet inside $facet is refused', aggregate([{ $facet: { a: [{ $facet: { b: [] } }] } }])],
  ['$text without a text index is refused', aggregate([{ $match: { $text: { $search: 'a' } } }])],
]);

const byGroup = { $sort: { _id: 1 } };

export const groups = reading('$group', { docs: tickets }, [
  ['counts', aggregate([{ $group: { _id: '$hall', n: { $sum: 1 } } }, byGroup])],
  ['$count', aggregate([{ $group: { _id: '$hall', n: { $count: {} } } }, byGroup])],
  ['all in one', aggregate([{ $group: { _id: null, n: { $sum: 1 }, total: { $sum: '$minutes' } } }])],
  [
    '$sum mixes number types',
    aggregate([{ $group: { _id: '$hall', total: { $sum: '$minutes' } } }, byGroup]),
  ],
  [
    '$sum skips what is no number',
    aggregate([
      { $group: { _id: null, a: { $sum: '$score' }, b: { $sum: '$day' }, c: { $sum: '$nothing' } } },
    ]),
  ],
  [
    '$avg skips null',
    aggregate([{ $group: { _id: '$hall', a: { $avg: '$score' }, b: { $avg: '$nothing' } } }, byGroup]),
  ],
  [
    '$min and $max',
    aggregate([
      {
        $group: {
          _id: '$hall',
          lo: { $min: '$minutes' },
          hi: { $max: '$at' },
          no: { $min: '$nothing' },
          s: { $min: '$score' },
        },
      },
      byGroup,
    ]),
  ],
  [
    '$first and $last',
    aggregate([byId, { $group: { _id: '$hall', f: { $first: '$score' }, l: { $last: '$tags' } } }, byGroup]),
  ],
  ['$push', aggregate([byId, { $group: { _id: '$hall', all: { $push: '$score' } } }, byGroup])],
  [
    '$push of documents',
    aggregate([byId, { $group: { _id: '$hall', all: { $push: { id: '$_id', s: '$score' } } } }, byGroup]),
  ],
  [
    '$addToSet',
    aggregate([{ $match: { hall: 'A' } }, { $group: { _id: '$hall', days: { $addToSet: '$hall' } } }]),
  ],
  [
    '$stdDevPop and $stdDevSamp',
    aggregate([
      { $group: { _id: '$hall', p: { $stdDevPop: '$window' }, one: { $stdDevSamp: '$nothing' } } },
      byGroup,
    ]),
  ],
  [
    '$mergeObjects',
    aggregate([
      byId,
      { $group: { _id: '$hall', m: { $mergeObjects: { d: '$day', s: '$score' } } } },
      byGroup,
    ]),
  ],
  [
    '$top and $bottom',
    aggregate([
      {
        $group: {
          _id: '$hall',
          t: { $top: { sortBy: { minutes: -1 }, output: '$_id' } },
          b: { $bottom: { sortBy: { minutes: -1 }, output: ['$_id', '$day'] } },
        },
      },
      byGroup,
    ]),
  ],
  [
    '$topN',
    aggregate([{ $group: { _id: null, t: { $topN: { n: 2, sortBy: { minutes: 1 }, output: '$_id' } } } }]),
  ],
  [
    '$firstN and $lastN',
    aggregate([
      byId,
      {
        $group: {
          _id: '$hall',
          f: { $firstN: { n: 2, input: '$_id' } },
          l: { $lastN: { n: 1, input: '$_id' } },
        },
      },
      byGroup,
    ]),
  ],
  [
    '$maxN and $minN',
    aggregate([
      {
        $group: {
          _id: null,
          a: { $maxN: { n: 2, input: '$minutes' } },
          b: { $minN: { n: 2, input: '$minutes' } },
        },
      },
    ]),
  ],
  [
    'by two fields',
    aggregate([
      { $group: { _id: { hall: '$hall', day: '$day' }, n: { $sum: 1 } } },
      { $sort: { '_id.hall': 1, '_id.day': 1 } },
    ]),
  ],
  ['by an expression', aggregate([{ $group: { _id: { $gt: ['$minutes', 8] }, n: { $sum: 1 } } }, byGroup])],
  ['null and missing are one group', aggregate([{ $group: { _id: '$score', n: { $sum: 1 } } }, byGroup])],
  [
    'a missing part of a compound key',
    aggregate([
      { $match: { _id: { $in: [3, 4] } } },
      { $group: { _id: { s: '$score' }, n: { $sum: 1 } } },
      { $sort: { n: 1, _id: 1 } },
    ]),
  ],
  [
    'by a local day',
    aggregate([
      {
        $group: {
          _id: { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: 'Asia/Shanghai' } },
          n: { $sum: 1 },
        },
      },
      byGroup,
    ]),
  ],
  [
    'conditional sums',
    aggregate([
      { $group: { _id: '$hall', good: { $sum: { $cond: [{ $gte: ['$score', 4] }, 1, 0] } } } },
      byGroup,
    ]),
  ],
  [
    'one and the same number of two types',
    aggregate([{ $group: { _id: { $toDouble: '$window' }, n: { $sum: 1 } } }, byGroup]),
  ],
  [
    'by an array',
    aggregate([{ $match: { _id: { $lt: 3 } } }, { $group: { _id: '$tags', n: { $sum: 1 } } }, byGroup]),
  ],
  ['without _id is refused', aggregate([{ $group: { n: { $sum: 1 } } }])],
  ['an accumulator must be a document', aggregate([{ $group: { _id: null, n: 1 } }])],
  ['an unknown accumulator is refused', aggregate([{ $group: { _id: null, n: { $nothing: 1 } } }])],
  ['a dotted name is refused', aggregate([{ $group: { _id: null, 'a.b': { $sum: 1 } } }])],
  ['a dollar name is refused', aggregate([{ $group: { _id: null, $a: { $sum: 1 } } }])],
]);

const orders = [
  { _id: 1, person: 'p1', items: ['i1', 'i2'] },
  { _id: 2, person: 'p2', items: [] },
  { _id: 3, person: null },
  { _id: 4 },
];
const others = insert([
  { _id: 'p1', name: 'Li', level: 1, boss: 'p3' },
  { _id: 'p3', name: 'Zhao', level: 2, boss: null },
  { _id: 'i1', name: 'stamp', level: 1 },
  { _id: 'i2', name: 'card', level: 3, person: 'p1' },
]);
const people = { ...others, insert: 'people' };
const join = (lookup: object, ...rest: object[]) => [
  people,
  aggregate([byId, { $lookup: { from: 'people', as: 'found', ...lookup } }, ...rest]),
];

export const joins = writing('$lookup', { docs: orders }, [
  ['by a field', join({ localField: 'person', foreignField: '_id' })],
  [
    'by an array',
    join(
      { localField: 'items', foreignField: '_id' },
      { $set: { found: { $sortArray: { input: '$found', sortBy: { _id: 1 } } } } },
    ),
  ],
  ['null and missing find missing', join({ localField: 'person', foreignField: 'boss' })],
  ['then $unwind', join({ localField: 'person', foreignField: '_id' }, { $unwind: '$found' })],
  [
    'then $unwind keeping',
    join(
      { localField: 'person', foreignField: '_id' },
      { $unwind: { path: '$found', preserveNullAndEmptyArrays: true } },
    ),
  ],
  [
    'then $arrayElemAt',
    join(
      { localField: 'person', foreignField: '_id' },
      { $set: { found: { $arrayElemAt: ['$found.name', 0] } } },
    ),
  ],
  [
    'by a pipeline',
    join({
      let: { p: '$person' },
      pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$p'] } } }, { $project: { name: 1 } }],
    }),
  ],
  [
    'by a pipeline without let',
    join({ pipeline: [{ $match: { level: 1 } }, { $sort: { _id: -1 } }, { $limit: 1 }] }),
  ],
  [
    'by a field and a pipeline',
    join({
      localField: 'items',
      foreignField: '_id',
      pipeline: [{ $match: { level: { $gt: 1 } } }, { $project: { _id: 0, name: 1 } }],
    }),
  ],
  [
    'from a collection that is not there',
    [
      aggregate([
        byId,
        { $lookup: { from: 'nobody', localField: 'person', foreignField: '_id', as: 'found' } },
      ]),
    ],
  ],
  [
    '$graphLookup',
    [
      people,
      {
        aggregate: 'people',
        pipeline: [
          { $match: { _id: 'i2' } },
          {
            $graphLookup: {
              from: 'people',
              startWith: '$person',
              connectFromField: 'boss',
              connectToField: '_id',
              as: 'chain',
              depthField: 'd',
            },
          },
          { $set: { chain: { $sortArray: { input: '$chain', sortBy: { d: 1 } } } } },
        ],
        cursor: {},
      },
    ],
  ],
  [
    'without as is refused',
    [aggregate([{ $lookup: { from: 'people', localField: 'a', foreignField: 'b' } }])],
  ],
  ['without fields and pipeline is refused', [aggregate([{ $lookup: { from: 'people', as: 'x' } }])]],
  [
    '$unionWith another collection',
    [people, aggregate([{ $unionWith: 'people' }, { $project: { name: 1 } }, { $sort: { _id: 1 } }])],
  ],
]);

const readX = { find: 'x', filter: {}, sort: { _id: 1 } };
const seedX = {
  insert: 'x',
  documents: [
    { _id: 1, kept: true },
    { _id: 99, old: true },
  ],
};
const small = { $project: { hall: 1 } };

export const outputs = writing('$out and $merge', { docs: tickets.slice(0, 3) }, [
  ['$out replaces', [seedX, aggregate([small, { $out: 'x' }]), readX]],
  ['$merge adds and merges', [seedX, aggregate([small, { $merge: 'x' }]), readX]],
  ['$merge replaces', [seedX, aggregate([small, { $merge: { into: 'x', whenMatched: 'replace' } }]), readX]],
  [
    '$merge keeps',
    [seedX, aggregate([small, { $merge: { into: 'x', whenMatched: 'keepExisting' } }]), readX],
  ],
  [
    '$merge discards new ones',
    [seedX, aggregate([small, { $merge: { into: 'x', whenNotMatched: 'discard' } }]), readX],
  ],
  [
    '$merge by a pipeline',
    [
      seedX,
      aggregate([small, { $merge: { into: 'x', whenMatched: [{ $set: { by: '$$new.hall' } }] } }]),
      readX,
    ],
  ],
  [
    '$merge on a field needs a unique index',
    [seedX, aggregate([small, { $merge: { into: 'x', on: 'hall' } }])],
  ],
]);
