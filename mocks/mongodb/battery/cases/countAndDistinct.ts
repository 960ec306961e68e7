import { reading } from '../batteryCase.ts';
import { tickets } from './aggregateStages.ts';

export const counts = reading(
  'count and distinct',
  { docs: tickets, indexes: [{ key: { hall: 1, day: 1 } }] },
  [
    ['count all', { count: 'c' }],
    ['count a filter', { count: 'c', query: { hall: 'A' } }],
    ['count with skip and limit', { count: 'c', query: {}, skip: 1, limit: 3 }],
    ['count with a negative limit', { count: 'c', query: {}, limit: -2 }],
    ['count of a collection that is not there', { count: 'nothing', query: {} }],
    ['count with a bad filter', { count: 'c', query: { a: { $bad: 1 } } }],
    ['count with a hint', { count: 'c', query: { hall: 'B' }, hint: 'hall_1_day_1' }],
    [
      'count as the driver counts',
      {
        aggregate: 'c',
        pipeline: [{ $match: { hall: 'A' } }, { $group: { _id: 1, n: { $sum: 1 } } }],
        cursor: {},
      },
    ],
    ['distinct', { distinct: 'c', key: 'hall' }, 'unordered'],
    ['distinct looks into arrays', { distinct: 'c', key: 'tags' }, 'unordered'],
    ['distinct with a filter', { distinct: 'c', key: 'day', query: { hall: 'A' } }, 'unordered'],
    ['distinct of a missing field', { distinct: 'c', key: 'nothing' }],
    ['distinct of null', { distinct: 'c', key: 'score' }, 'unordered'],
    ['distinct across number types', { distinct: 'c', key: 'window' }, 'unordered'],
    ['distinct of a collection that is not there', { distinct: 'nothing', key: 'a' }],
    ['distinct without a key is refused', { distinct: 'c' }],
    ['distinct with a key that is no text', { distinct: 'c', key: 5 }],
  ],
);
