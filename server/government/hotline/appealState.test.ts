import test from 'ava';
import fc from 'fast-check';
import { appealState, type KeptEvent } from './appealState.ts';
import { eventFromWire } from './mapping.ts';
import type { AppealEvent } from './port.ts';
import { wordsOf } from './steps.ts';

const appealNumber = '26112444011800012';
const told = (seq: number, status: number, more: Record<string, string> = {}): KeptEvent => {
  // Times run backwards on purpose: they are no order.
  const time = `2026-11-${String(29 - seq).padStart(2, '0')} 10:00:00`;
  const wire = { seq, status, time, dept: '区水务局', content: `第${seq}步`, ...more };
  return { event: eventFromWire(appealNumber, wire) as AppealEvent, confirmedAt: null };
};
const confirmed = (each: KeptEvent, day: number): KeptEvent => ({
  ...each,
  confirmedAt: new Date(Date.UTC(2026, 10, day)),
});

function permutations<T>(of: readonly T[]): T[][] {
  if (of.length === 0) return [[]];
  return of.flatMap((each, i) => permutations(of.filter((_, k) => k !== i)).map((rest) => [each, ...rest]));
}

test('I11: six events end in the same state in each of their 720 orders', (t) => {
  const six = [10, 20, 30, 40, 50, 60].map((status, i) => told(i + 1, status));
  const wanted = appealState(six);
  t.like(wanted, { step: 'followUp', lastSeq: 6, missing: [], doubtful: [], redone: false, over: false });
  const orders = permutations(six);
  t.is(orders.length, 720);
  for (const order of orders) t.deepEqual(appealState(order), wanted);
});

test('I11: any events, lost, repeated, told differently and shuffled: one state', (t) => {
  const codes = [10, 20, 30, 35, 40, 45, 47, 50, 60, 70, 80, 90, 95];
  const event = fc
    .record({
      seq: fc.integer({ min: 1, max: 8 }),
      status: fc.constantFrom(...codes),
      content: fc.constantFrom('甲', '乙'),
      master: fc.constantFrom('', '', '26112444011800099'),
      day: fc.constantFrom(0, 0, 26, 27),
    })
    .map(({ seq, status, content, master, day }) => {
      const each = told(seq, status, { content, ...(master && { masterNo: master }) });
      return day === 0 ? each : confirmed(each, day);
    });
  const story = fc.array(event, { maxLength: 14 }).chain((events) =>
    fc.record({
      events: fc.constant(events),
      shuffled: fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
    }),
  );
  t.notThrows(() =>
    fc.assert(
      fc.property(story, ({ events, shuffled }) => {
        const [one, other] = [appealState(events), appealState(shuffled)].map((state) =>
          JSON.stringify(state),
        );
        return one === other;
      }),
      { numRuns: 500 },
    ),
  );
});

test('section 9 no. 17: seq is the order, not the time: 2 after 3 changes nothing, and what is missing is named', (t) => {
  const state = appealState([told(1, 10), told(3, 40)]);
  t.like(state, { step: 'handling', lastSeq: 3, missing: [2] });
  const later = appealState([told(1, 10), told(3, 40), told(2, 30), told(2, 30), told(2, 30)]);
  t.like(later, { step: 'handling', missing: [] });
  t.deepEqual(
    later.timeline.map(({ seq }) => seq),
    [1, 2, 3],
  );
});

test('a code nobody knows survives: shown as one, kept, and overtaken by the next', (t) => {
  const unknown = appealState([told(1, 10), told(2, 47)]);
  t.like(unknown, { step: 'unknown', status: 47, over: false });
  t.is(wordsOf(unknown), '办理中（状态 47）');
  t.is(appealState([told(1, 10), told(2, 47), told(3, 50)]).step, 'answered');
});

test('an answer is one only when the platform let it pass, and nothing is missing in between', (t) => {
  const reviewed = (...events: KeptEvent[]): boolean[] =>
    appealState(events).answers.map((each) => each.reviewed);
  t.deepEqual(reviewed(told(1, 50)), [false]);
  t.deepEqual(reviewed(told(1, 50), told(2, 60)), [true]);
  t.deepEqual(reviewed(told(1, 50), told(2, 40), told(3, 50), told(4, 60)), [false, true]);
  t.deepEqual(reviewed(told(1, 50), told(3, 60)), [false], 'perhaps it was sent back at 2');
  t.deepEqual(reviewed(told(1, 50), told(2, 47), told(3, 60)), [true]);
  t.deepEqual(reviewed(told(1, 50), told(2, 60), told(3, 95)), [true], 'the first answer stays one');
});

test('a redo is used up by one 95; a refusal and a follow-up end an appeal, a redo opens it again', (t) => {
  t.like(appealState([told(1, 60), told(2, 70)]), { over: true, redone: false });
  t.like(appealState([told(1, 60), told(2, 70), told(3, 95)]), { over: false, redone: true, step: 'redo' });
  t.like(appealState([told(1, 80)]), { over: true, step: 'refused' });
  t.like(appealState([]), { step: 'pending', lastSeq: 0, over: false });
});

test('section 9 no. 17: merged: the master’s number and step, and no word of the master', (t) => {
  const masterNo = '26112444011800099';
  const merged = [told(1, 10), told(2, 90, { masterNo, content: '' })];
  t.like(appealState(merged), {
    step: 'merged',
    over: false,
    master: { appealNumber: masterNo, step: null, status: null },
  });
  const followed = [
    ...merged,
    told(3, 50, { masterNo, content: '陈阿婆家的水管' }),
    told(4, 70, { masterNo }),
  ];
  const state = appealState(followed);
  t.like(state, {
    step: 'merged',
    over: true,
    master: { appealNumber: masterNo, step: 'closed', status: 70 },
  });
  t.false(JSON.stringify(state).includes('陈阿婆'));
  t.deepEqual(state.answers, []);
  t.like(
    appealState([...followed, told(5, 30)]),
    { step: 'assigned', master: null },
    'a merge can be undone',
  );
});

test('two wordings of one number are doubtful until a query tells one of them; the last query is right', (t) => {
  const [one, other] = [told(1, 50, { content: '已修复' }), told(1, 50, { content: '请先付款' })];
  t.deepEqual(appealState([one, other]).doubtful, [1]);
  const settled = appealState([other, confirmed(one, 26)]);
  t.deepEqual(settled.doubtful, []);
  t.is(settled.timeline[0]!.text, '已修复');
  t.is(appealState([confirmed(one, 26), confirmed(other, 27)]).timeline[0]!.text, '请先付款');
});

test('what has no place in the order or no time makes no event', (t) => {
  const good = { seq: '3', status: '50', time: '2026-11-26 10:00:00', content: '好&amp;lt;br/&amp;gt;了' };
  t.like(eventFromWire(appealNumber, good), { seq: 3, status: 50, text: '好\n了' });
  for (const wrong of [{ seq: '0' }, { seq: '1000' }, { seq: 'x' }, { status: '' }, { time: '2026-02-31' }])
    t.is(eventFromWire(appealNumber, { ...good, ...wrong }), null);
});
