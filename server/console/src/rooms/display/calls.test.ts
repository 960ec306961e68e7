import test from 'ava';
import { callsToSpeak, shownCalls, spokenCall } from './calls.ts';

const at = '2026-11-25T01:00:00.000Z';
const call = (seq: number, label: string, { times = 1, when = at } = {}) => ({
  seq,
  label,
  window: 'B05',
  times,
  at: when,
});

test('a ticket called again stands once on the screen, at its newest call', (t) => {
  const calls = [call(3, 'B001', { times: 2 }), call(2, 'B002'), call(1, 'B001')];
  t.deepEqual(
    shownCalls(calls, 8).map((each) => [each.label, each.seq]),
    [
      ['B001', 3],
      ['B002', 2],
    ],
  );
});

test('a screen that is switched on speaks nothing of before, then each new call once, oldest first', (t) => {
  const first = callsToSpeak({ calls: [call(7, 'B007')], asOf: at }, null);
  t.deepEqual(first, { calls: [], spoken: 7 });
  const calls = [call(9, 'B009'), call(8, 'B008'), call(7, 'B007')];
  const next = callsToSpeak({ calls, asOf: at }, first.spoken);
  t.deepEqual(
    next.calls.map((each) => each.label),
    ['B008', 'B009'],
  );
  t.deepEqual(callsToSpeak({ calls, asOf: at }, next.spoken).calls, []);
});

test('a recall is spoken again', (t) => {
  const calls = [call(4, 'B001', { times: 2 }), call(3, 'B001')];
  t.deepEqual(
    callsToSpeak({ calls, asOf: at }, 3).calls.map((each) => each.times),
    [2],
  );
});

test('after a lost link old calls are shown, not spoken', (t) => {
  const calls = [call(6, 'B006', { when: '2026-11-25T00:50:00.000Z' }), call(7, 'B007')];
  t.deepEqual(
    callsToSpeak({ calls, asOf: at }, 5).calls.map((each) => each.label),
    ['B007'],
  );
});

test('a new day begins its numbers anew and is spoken', (t) => {
  t.deepEqual(
    callsToSpeak({ calls: [call(1, 'B001')], asOf: at }, 240).calls.map((each) => each.label),
    ['B001'],
  );
});

test('numbers are spoken digit by digit', (t) => {
  t.is(spokenCall({ label: 'BY017', window: 'B05' }), '请 B、Y、零、一、七 号，到 B、零、五 号窗口');
});
