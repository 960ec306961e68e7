import test from 'ava';
import { sayWait } from '../src/ui/wait.ts';

test('a wait is told as a range, one number only when both ends meet, and nothing when nothing is known', (t) => {
  t.is(sayWait({ from: 10, to: 25 }), '大约等 10–25 分钟');
  t.is(sayWait({ from: 11.6, to: 12.2 }), '大约等 12 分钟');
  t.is(sayWait({ from: 0, to: 2 }), '马上就到');
  t.is(sayWait({ from: 0, to: 8 }), '最多等 8 分钟');
  t.is(sayWait(null), null);
});
