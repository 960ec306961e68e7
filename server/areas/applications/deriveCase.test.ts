import test from 'ava';
import fc from 'fast-check';
import type { CaseEvent } from '../../government/progress/caseEvent.ts';
import { addDays, instantAt, localDayOf } from '../../kernel/localDay.ts';
import { workdaysBetween } from '../../kernel/workingDays/deadline.ts';
import { loadCalendar } from '../../kernel/workingDays/load.ts';
import { caseClock } from './caseClock.ts';
import { deriveCase, type KnownEvent } from './deriveCase.ts';
import { caseGraph, type LifeState, nextState } from './states.ts';
import { wordsOf } from './words.ts';

const calendar = loadCalendar({ estimateBeyond: true });
const facts = (key: string, at: string, version = 1) => ({
  ...({ key, version, table: 'EX_GDBS_SL', caseNumber: '44011820261125000001', matterCode: null } as const),
  at: new Date(at),
});
const accepted = (
  at: string,
  verdict: 'accepted' | 'notAccepted' | 'correction' = 'accepted',
  version = 1,
): CaseEvent => ({
  ...facts('SL/1', at, version),
  ...{ step: 'accepted', verdict, reason: verdict === 'accepted' ? null : '不属于本部门' },
  ...{ businessNumber: null, queryCode: null, receiptNumber: null, window: null, hallCode: null },
});
const closed = (
  at: string,
  verdict: 'issued' | 'returned' | 'correctionExpired' = 'issued',
  words: string | null = null,
): CaseEvent => ({
  ...facts('BJ/1', at),
  ...{
    step: 'closed',
    verdict,
    granted: verdict === 'issued',
    words,
    certificateNumber: null,
    validUntil: null,
  },
});
const examined = (n: number, at: string): CaseEvent => ({
  ...facts(`SPCL/${n}`, at),
  step: 'examined',
  stage: 'handling',
  opinion: null,
});
const correction = (n: number, at: string): CaseEvent => ({
  ...facts(`BZGZ/${n}`, at),
  ...{
    step: 'correctionAsked',
    reason: '平面图看不清',
    materials: ['2'],
    fields: ['MJ'],
    list: null,
    limitDays: 5,
  },
});
const taken = (n: number, at: string): CaseEvent => ({ ...facts(`BZSL/${n}`, at), step: 'correctionTaken' });
const special = (
  n: number,
  at: string,
  days = 10,
  kind: 'A' | 'B' = 'A',
  approvedBy = '部门负责人',
): CaseEvent => ({
  ...facts(`TBCXSQ/${n}`, at),
  ...{
    step: 'specialBegun',
    kind,
    name: '现场核查',
    limit: { days, unit: 'working' },
    reason: null,
    approvedBy,
  },
});
const ended = (n: number, at: string): CaseEvent => ({
  ...facts(`TBCXJG/${n}`, at),
  step: 'specialEnded',
  result: null,
});
const day = (n: number, hour = 10): string =>
  `2026-09-${String(n).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00+08:00`;

const wholeLife: CaseEvent[] = [
  correction(1, day(2)),
  taken(1, day(3)),
  accepted(day(4)),
  examined(1, day(7)),
  special(1, day(8)),
  ended(1, day(14)),
  examined(2, day(15)),
  closed(day(16)),
  { ...facts('LQDJ/1', day(17)), step: 'collected', way: 'post', by: null, trackingNumber: 'EMS1' },
];

test('section 9 no. 13: a decision that arrives before the acceptance, and the acceptance twice with a higher version', (t) => {
  const early = deriveCase([closed(day(5))]);
  t.is(early.state, 'closed');
  t.true(early.steps.some((step) => step.implied && step.event === 'accepted'));
  const late = deriveCase([
    closed(day(5)),
    accepted(day(2), 'correction'),
    accepted(day(2), 'accepted', 2),
    accepted(day(2), 'correction'),
  ]);
  t.is(late.state, 'closed');
  t.false(late.steps.some((step) => step.implied));
  t.deepEqual(late.doubts, []);
});

test('I6: whatever arrives, however often and in whatever order, the same state, reached by edges of the graph only', (t) => {
  const pool: KnownEvent[] = [
    ...wholeLife,
    accepted(day(4), 'notAccepted', 2),
    correction(2, day(9)),
    taken(2, day(10)),
    special(2, day(11), 30),
    special(3, day(11), 20, 'B'),
    { ...closed(day(12), 'returned', '申请人撤回：不办了'), key: 'BJ/2' },
    { step: 'withdrawn', key: 'hall/withdraw', version: 1, at: new Date(day(12)), reason: null },
    { ...facts('WSYSL/1', day(1)), step: 'preReviewed', verdict: 'passed', reason: null },
    { ...facts('WSYSL/2', day(1, 12)), step: 'preReviewed', verdict: 'refused', reason: null },
  ];
  fc.assert(
    fc.property(fc.subarray(pool, { minLength: 1 }), fc.infiniteStream(fc.nat()), (events, chance) => {
      const shuffled = [...events, ...events.slice(0, 3)]
        .map((event) => ({ event, at: chance.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ event }) => event);
      const one = deriveCase(events);
      t.deepEqual(deriveCase(shuffled), one);
      let state: LifeState = 'submitted';
      for (const step of one.steps) {
        t.is(step.from, state);
        t.is(nextState(state, step.event), step.to);
        state = step.to;
      }
      t.is(one.state, state);
    }),
    { numRuns: 500 },
  );
});

test('an edge that is not in the graph throws', (t) => {
  t.throws(() => nextState('closed', 'accepted'));
  t.throws(() => nextState('withdrawn', 'closed'));
  for (const edges of Object.values(caseGraph))
    for (const to of Object.values(edges)) t.true(to in caseGraph);
});

test('R5.2.1: the citizen reads one of nine words', (t) => {
  const words = wholeLife.map((_, at) => {
    const { state, closing } = deriveCase(wholeLife.slice(0, at + 1));
    return wordsOf(state, closing, 'post').word;
  });
  t.deepEqual(words, [
    '待补正',
    '已提交',
    '已受理',
    '审查中',
    '特别程序',
    '审查中',
    '审查中',
    '已办结（准予）',
    '已送达',
  ]);
});

test('section 9 no. 15: a special procedure stops the clock over a holiday; an extension of more than ten days does not begin', (t) => {
  const steps = deriveCase([
    accepted('2026-09-28T10:00:00+08:00'),
    special(1, '2026-09-29T10:00:00+08:00'),
    ended(1, '2026-10-09T10:00:00+08:00'),
  ]).steps;
  const stopped = caseClock(calendar, steps.slice(0, 2), 5);
  t.true(stopped.paused);
  t.is(stopped.leftDays, 4);
  const { dueDay } = caseClock(calendar, steps, 5);
  t.is(workdaysBetween(calendar, '2026-10-09', dueDay!), 4);
  const long = deriveCase([accepted(day(1)), special(1, day(2), 11)]);
  t.is(long.state, 'accepted');
  t.deepEqual(long.doubts, ['TBCXSQ/1']);
  t.is(deriveCase([accepted(day(1)), special(1, day(2), 15, 'A', '区政府')]).state, 'special');
});

test('I11: however often the clock stands, the days it runs add up to what was promised', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 20 })), { maxLength: 5 }),
      (promised, stops) => {
        let at = '2026-03-02';
        const events: KnownEvent[] = [accepted(instantAt(at, '09:00').toISOString())];
        let ran = 0;
        let from = at;
        stops.forEach(([runs, stands], n) => {
          at = addDays(at, runs);
          events.push(special(n, instantAt(at, '10:00').toISOString(), 20, 'B'));
          ran += workdaysBetween(calendar, from, at);
          at = addDays(at, stands);
          events.push(ended(n, instantAt(at, '11:00').toISOString()));
          from = at;
        });
        const { steps } = deriveCase(events);
        const clock = caseClock(calendar, steps, promised);
        t.is(localDayOf(steps[0]!.at), '2026-03-02');
        const left = Math.max(0, promised - ran);
        t.is(workdaysBetween(calendar, from, clock.dueDay!), left);
      },
    ),
    { numRuns: 200 },
  );
});

test('what an office writes for a withdrawal is a withdrawal, told once or twice', (t) => {
  const own: KnownEvent = {
    step: 'withdrawn',
    key: 'hall/w',
    version: 1,
    at: new Date(day(3)),
    reason: '不办了',
  };
  const both = deriveCase([accepted(day(2)), own, closed(day(3, 11), 'returned', '申请人撤回：不办了')]);
  t.is(both.state, 'withdrawn');
  t.deepEqual(both.doubts, []);
  t.is(deriveCase([closed(day(3), 'returned', '材料不符')]).state, 'closed');
});
