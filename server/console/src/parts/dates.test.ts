import test from 'ava';
import { beijingWall, fromBeijingWall, momentText } from './dates.ts';

test('moments are said in Beijing time, with the year only when it is another one', (t) => {
  const now = new Date('2026-11-25T04:00:00Z');
  t.is(momentText('2026-11-26T01:30:00Z', now), '11月26日 周四 09:30');
  t.is(momentText('2026-12-31T16:05:00Z', now), '2027年1月1日 周五 00:05');
});

test('a chosen wall time and the instant it means are each other’s way back', (t) => {
  t.is(beijingWall('2026-12-31T16:05:00Z'), '2027-01-01T00:05');
  const wall = '2026-02-03T09:00';
  t.is(beijingWall(new Date(fromBeijingWall(wall)).toISOString()), wall);
});
