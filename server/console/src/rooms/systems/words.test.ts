import test from 'ava';
import { agoWords, failedShare, msWords, shareWords } from './words.ts';

const counts = { ok: 0, refused: 0, failed: 0, notSent: 0 };

test('what we did not send is no share of anything; a refusal is an answer', (t) => {
  t.is(failedShare({ counts: { ...counts, notSent: 40 } }), null);
  t.is(failedShare({ counts: { ...counts, refused: 3, failed: 1, notSent: 40 } }), 0.25);
  t.is(shareWords(null), '—');
  t.is(shareWords(0.0004), '不到 0.1%');
  t.is(shareWords(0.0123), '1.2%');
  t.is(shareWords(0.25), '25%');
});

test('times and ages are said as people say them', (t) => {
  t.deepEqual([null, 0.4, 320.4, 1234].map(msWords), ['—', '不到 1 毫秒', '320 毫秒', '1.2 秒']);
  const now = '2026-11-25T02:00:00.000Z';
  t.is(agoWords('2026-11-25T01:59:30.000Z', now), '刚刚');
  t.is(agoWords('2026-11-25T01:00:00.000Z', now), '1 小时前');
  t.is(agoWords('2026-11-20T02:00:00.000Z', now), '5 天前');
});
