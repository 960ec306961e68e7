import test from 'ava';
import { countByHour } from './byHour.ts';

test('visits are counted by the hour they begin; the empty hour between stays visible as 0', (t) => {
  const starts = [
    { start: '09:00', count: 2 },
    { start: '09:30', count: 3 },
    { start: '11:00', count: 1 },
  ];
  t.deepEqual(countByHour(starts), [
    { hour: '09:00', count: 5 },
    { hour: '10:00', count: 0 },
    { hour: '11:00', count: 1 },
  ]);
  t.deepEqual(countByHour([]), []);
});
