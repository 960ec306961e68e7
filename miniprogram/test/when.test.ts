import test from 'ava';
import { sayCountdown, sayDistance, sayInstant } from '../src/state/when.ts';

test('an instant is told in the hall’s time zone, whatever the phone’s is', (t) => {
  t.is(sayInstant('2026-11-26T01:30:00.000Z'), '11月26日 周四 09:30');
  t.is(sayInstant('2026-12-31T16:05:00.000Z'), '1月1日 周五 00:05');
  t.is(sayInstant('nonsense'), '');
});

test('a countdown never falls below zero and counts the second that has begun', (t) => {
  t.is(sayCountdown(900_000), '15:00');
  t.is(sayCountdown(899_001), '15:00');
  t.is(sayCountdown(59_000), '00:59');
  t.is(sayCountdown(-5), '00:00');
  t.is(sayCountdown(24 * 3_600_000 - 10_000), '23 小时 59 分', 'an offer is kept for a day');
});

test('a distance is told as one would say it', (t) => {
  t.is(sayDistance(4), '10 米');
  t.is(sayDistance(847), '850 米');
  t.is(sayDistance(3_240), '3.2 公里');
});
