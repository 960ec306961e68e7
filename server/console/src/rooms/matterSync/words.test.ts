import test from 'ava';
import { durationWords, percentOf, stepWords } from './words.ts';

const run = { state: 'running' as const, pages: 12, pagesDone: 0, applied: 0, total: 2245 };

test('progress goes from asking over fetching to taking over', (t) => {
  t.is(stepWords({ ...run, state: 'waiting' }), '等待开始');
  t.is(stepWords({ ...run, pages: 0, total: 0 }), '正在询问省事项系统');
  t.is(stepWords({ ...run, pagesDone: 2 }), '正在取第 3 / 12 页');
  t.is(stepWords({ ...run, pagesDone: 12, applied: 400 }), '正在更新 400 / 2,245 项');
  t.is(percentOf({ ...run, pages: 0, total: 0 }), 0);
  t.is(percentOf({ ...run, pagesDone: 6 }), 25);
  t.is(percentOf({ ...run, pagesDone: 12, applied: 2245 }), 100);
});

test('a duration is said as people say it', (t) => {
  const startedAt = '2026-11-25T04:30:00.000Z';
  t.is(durationWords({ startedAt, finishedAt: '2026-11-25T04:30:42.300Z' }), '42 秒');
  t.is(durationWords({ startedAt, finishedAt: '2026-11-25T04:33:05.000Z' }), '3 分 5 秒');
  t.is(durationWords({ startedAt, finishedAt: startedAt }), '不到 1 秒');
  t.is(durationWords({ startedAt, finishedAt: null }), '—');
});
