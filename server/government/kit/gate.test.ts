import { setTimeout as pause } from 'node:timers/promises';
import anyTest, { type TestFn } from 'ava';
import { systemClock, TestClock } from '../../kernel/clock.ts';
import { useDatabase } from '../../testing/database.ts';
import { CallLog, CallModel, type CallRow } from './callLog.ts';
import { CallSeries } from './callSeries.ts';
import { GovernmentError } from './governmentError.ts';
import { healthOf } from './health.ts';
import { type Call, SystemGate } from './systemGate.ts';
import { maintenanceAt, type SystemPolicy } from './systemPolicy.ts';
import { setKillSwitch } from './systemState.ts';
import { tryOut } from './trial.ts';

const test = anyTest as TestFn;
useDatabase(anyTest as TestFn);

const callLog = new CallLog();
const series = new CallSeries();
let made = 0;

/** Real milliseconds for limits, a day of our choice for timetables. */
function gate(policy: Partial<SystemPolicy> = {}, now = '2026-11-25T02:00:00Z'): SystemGate {
  const real = systemClock();
  const still = new TestClock(new Date(now));
  return new SystemGate(
    {
      id: `s${++made}`,
      name: '某系统',
      timeoutMs: 20_000,
      atOnce: 4,
      waiting: 4,
      breaker: { failures: 3, restMs: 60 },
      dailyQuota: null,
      maintenance: [],
      ...policy,
    },
    {
      clock: { now: () => still.now(), wall: () => still.wall(), monotonic: () => real.monotonic() },
      callLog,
      series,
    },
  );
}

const call = <T>(run: Call<T>['run'], rest: Partial<Call<T>> = {}): Call<T> => ({
  operation: 'look',
  actor: { kind: 'citizen', id: 'P1' },
  purpose: '预约办事',
  repeatable: true,
  run,
  ...rest,
});

const outage = (): GovernmentError => new GovernmentError('x', 'down', 'HTTP 502', { code: 'HTTP 502' });
const refusal = (): GovernmentError => new GovernmentError('x', 'refused', '该时段已约满', { code: 'full' });
const failing = (): Promise<never> => Promise.reject(outage());

async function rows(system: SystemGate): Promise<CallRow[]> {
  await callLog.flush();
  return CallModel.find({ system: system.policy.id }).sort({ _id: 1 }).lean<CallRow[]>();
}

test('section 9 no. 27: every call leaves an audit row, good, refused, failed, or not even tried', async (t) => {
  const system = gate({ breaker: { failures: 2, restMs: 60_000 } });
  await system.call(
    call(async () => 1, { matterCode: '11440118MB2X0001234440131007001', args: { day: '2026-11-26' } }),
  );
  await t.throwsAsync(system.call(call(() => Promise.reject(refusal()))));
  await t.throwsAsync(system.call(call(failing)));
  await t.throwsAsync(system.call(call(failing)), { message: /breaker/ });
  await t.throwsAsync(system.call(call(() => Promise.reject(new TypeError('a mistake of ours')))));
  const found = await rows(system);
  t.deepEqual(
    found.map(({ result, attempts }) => [result, attempts]),
    [
      ['ok', 1],
      ['refused:full', 1],
      ['down:HTTP 502', 2],
      ['down:breaker', 0],
      ['down:breaker', 0],
    ],
  );
  t.like(found[0], {
    actor: 'citizen:P1',
    purpose: '预约办事',
    matterCode: '11440118MB2X0001234440131007001',
    args: { day: '2026-11-26' },
  });
  t.true(found.every(({ ms }) => typeof ms === 'number'));
});

test('a repeatable question is asked once more after an outage; an order that may have arrived is not', async (t) => {
  const system = gate();
  let asked = 0;
  const twice = async (): Promise<string> => {
    asked += 1;
    if (asked === 1) throw outage();
    return 'good';
  };
  t.is((await system.call(call(twice))).value, 'good');
  t.is(asked, 2);
  asked = 0;
  await t.throwsAsync(system.call(call(twice, { repeatable: false })), { message: /502/ });
  t.is(asked, 1);
  asked = 0;
  const unsent = async (): Promise<string> => {
    asked += 1;
    if (asked === 1) throw new GovernmentError('x', 'down', 'refused', { notSent: true });
    return 'good';
  };
  t.is((await system.call(call(unsent, { repeatable: false }))).value, 'good', 'it was certainly not sent');
  asked = 0;
  await t.throwsAsync(
    system.call(
      call(async () => {
        asked += 1;
        throw refusal();
      }),
    ),
  );
  t.is(asked, 1, 'a refusal is an answer');
});

test('two attempts together take no longer than the limit', async (t) => {
  const system = gate({ timeoutMs: 150 });
  let aborted = false;
  let asked = 0;
  const silent = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => {
      asked += 1;
      signal.addEventListener('abort', () => {
        aborted = true;
        reject(outage());
      });
    });
  const error = (await t.throwsAsync(system.call(call(silent)), {
    instanceOf: GovernmentError,
  })) as GovernmentError;
  t.is(error.kind, 'slow');
  t.true(aborted, 'the connection is given back');
  t.is(asked, 1, 'no time was left for a second attempt');
});

test('五.6: a look-up may have a shorter limit than its system, never a longer one', async (t) => {
  const silent = (): Promise<never> => new Promise(() => {});
  for (const [own, asked] of [
    [20_000, 100],
    [100, 20_000],
  ] as const) {
    const error = await t.throwsAsync(gate({ timeoutMs: own }).call(call(silent, { timeoutMs: asked })));
    t.regex(error?.message ?? '', /within (100|[0-9]{1,2}) ms/);
  }
});

test('the breaker opens after outages in a row, not after refusals', async (t) => {
  const system = gate({ breaker: { failures: 3, restMs: 600_000 }, timeoutMs: 30_000 });
  for (let i = 0; i < 6; i++) await t.throwsAsync(system.call(call(() => Promise.reject(refusal()))));
  t.is(system.breakerState, 'closed');
  for (let i = 0; i < 3; i++) await t.throwsAsync(system.call(call(failing, { repeatable: false })));
  t.is(system.breakerState, 'open');
  let reached = false;
  const error = (await t.throwsAsync(
    system.call(
      call(async () => {
        reached = true;
      }),
    ),
  )) as GovernmentError;
  t.false(reached);
  t.is(error.code, 'breaker');
});

test('the breaker closes when the system is back', async (t) => {
  const system = gate({ breaker: { failures: 1, restMs: 20 }, timeoutMs: 30_000 });
  await t.throwsAsync(system.call(call(failing, { repeatable: false })));
  await pause(40); // the library's breaker rests by the machine's clock
  t.is((await system.call(call(async () => 'back'))).value, 'back');
  t.is(system.breakerState, 'closed');
});

test('more calls than the bulkhead holds are turned away at once, and the others are not harmed', async (t) => {
  const system = gate({ atOnce: 2, waiting: 1, timeoutMs: 30_000 });
  let release = (): void => {};
  const gateOpen = new Promise<void>((resolve) => {
    release = resolve;
  });
  let turnedAway = 0;
  const results = Promise.allSettled(
    Array.from({ length: 8 }, () =>
      system.call(call(() => gateOpen)).catch((error: unknown) => {
        turnedAway += 1;
        if (turnedAway === 5) release(); // two run, one waits
        throw error;
      }),
    ),
  );
  const settled = await results;
  const good = settled.filter(({ status }) => status === 'fulfilled').length;
  t.is(good, 3);
  for (const each of settled)
    if (each.status === 'rejected') t.is((each.reason as GovernmentError).code, 'bulkhead');
});

test('the last good answer is given with its age when the system does not answer, never instead of a refusal', async (t) => {
  const system = gate();
  const lastGood = { key: 'guide/1' };
  const first = await system.call(call(async () => ({ text: '指南' }), { lastGood }));
  t.is(first.from, 'system');
  const second = await system.call(call<{ text: string }>(failing, { lastGood }));
  t.deepEqual(second.value, { text: '指南' });
  t.is(second.from, 'lastGood');
  t.deepEqual(second.at, new Date('2026-11-25T02:00:00Z'));
  await t.throwsAsync(system.call(call(() => Promise.reject(refusal()), { lastGood })), { message: /约满/ });
  await t.throwsAsync(system.call(call(failing, { lastGood: { key: 'guide/2' } })));
});

test('section 9 no. 23: in maintenance hours nothing is called, and the answer says until when', async (t) => {
  const maintenance = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '22:30', until: '06:30' }];
  let called = false;
  for (const [now, until] of [
    ['2026-11-25T14:40:10Z', '2026-11-25T22:30:00Z'], // 22:40 in Beijing
    ['2026-11-25T18:00:00Z', '2026-11-25T22:30:00Z'], // 02:00 of the next day
  ] as const) {
    const error = (await t.throwsAsync(
      gate({ maintenance }, now).call(
        call(async () => {
          called = true;
        }),
      ),
    )) as GovernmentError;
    t.like(error, { kind: 'closed', code: 'maintenance' });
    t.regex(error.message, /系统维护 22:30–06:30/);
    t.deepEqual(error.until, new Date(until));
  }
  t.false(called);
  t.is((await gate({ maintenance }, '2026-11-25T22:30:00Z').call(call(async () => 'open'))).value, 'open');
});

test('maintenance from Saturday evening to Sunday morning', (t) => {
  const windows = [{ weekdays: [6], from: '20:00', until: '08:00' }];
  t.truthy(maintenanceAt(windows, new Date('2026-11-28T12:00:00Z'))); // Saturday 20:00
  t.truthy(maintenanceAt(windows, new Date('2026-11-28T23:59:00Z'))); // Sunday 07:59
  t.is(maintenanceAt(windows, new Date('2026-11-29T00:00:00Z')), null); // Sunday 08:00
  t.is(maintenanceAt(windows, new Date('2026-11-29T12:00:00Z')), null); // Sunday 20:00
  t.is(maintenanceAt(windows, new Date('2026-11-27T12:00:00Z')), null); // Friday 20:00
});

test('a switched-off system is not called, the reason is told, and the last good answer still serves', async (t) => {
  const policy = { id: 'switched' };
  const [first, other] = [gate(policy), gate(policy)];
  await first.call(call(async () => 'old', { lastGood: { key: 'k' } }));
  await setKillSwitch('switched', { by: 'S1', reason: '对方数据有误', at: new Date() });
  const error = (await t.throwsAsync(other.call(call(async () => 'new')))) as GovernmentError;
  t.like(error, { kind: 'closed', code: 'off' });
  t.regex(error.message, /对方数据有误/);
  t.like(await other.call(call(async () => 'new', { lastGood: { key: 'k' } })), {
    value: 'old',
    from: 'lastGood',
  });
  await setKillSwitch('switched', null);
  t.is((await gate(policy).call(call(async () => 'new'))).value, 'new');
});

test('the day’s quota holds over processes: of fifty calls at once twenty pass', async (t) => {
  const policy = { id: 'quota', dailyQuota: 20, atOnce: 50, waiting: 50, timeoutMs: 30_000 };
  const gates = [gate(policy), gate(policy)];
  let passed = 0;
  const settled = await Promise.allSettled(
    Array.from({ length: 50 }, (_, i) =>
      gates[i % 2]!.call(
        call(async () => {
          passed += 1;
        }),
      ),
    ),
  );
  t.is(passed, 20);
  const refused = settled.filter((each) => each.status === 'rejected');
  t.is(refused.length, 30);
  t.true(refused.every(({ reason }) => (reason as GovernmentError).code === 'quota'));
  const tomorrow = gate(policy, '2026-11-26T02:00:00Z');
  await t.notThrowsAsync(tomorrow.call(call(async () => 1)), 'a new day, a new quota');
});

test('health tells the last good time, failures and times; metrics speak Prometheus', async (t) => {
  const system = gate({ breaker: { failures: 100, restMs: 10 } });
  await system.call(call(async () => 1));
  await t.throwsAsync(system.call(call(failing, { repeatable: false })));
  await series.flush();
  const ask = async () => (await healthOf([system.policy.id], new Date('2026-11-25T02:00:01Z')))[0]!;
  let health = await ask();
  for (let i = 0; i < 500 && !(health.lastGoodAt && health.lastFailure); i++) health = await ask();
  t.is(health.off, null);
  t.deepEqual(health.hour.counts, { ok: 1, refused: 0, failed: 1, notSent: 0 });
  t.deepEqual(health.day.counts, health.hour.counts);
  t.is(health.lastFailure?.code, 'down:HTTP 502');
  t.deepEqual(health.lastGoodAt, new Date('2026-11-25T02:00:00Z'));
  t.regex(system.metrics.text('x'), /government_calls_total\{system="x",result="ok"\} 1/);
  t.regex(system.metrics.text('x'), /le="\+Inf"\} 2/);
});

test('what we did not send is a count of its own: no failure of the system, no time', async (t) => {
  const maintenance = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '23:59' }];
  const system = gate({ maintenance });
  for (let i = 0; i < 3; i++) await t.throwsAsync(system.call(call(async () => 1)));
  await series.flush();
  const [health] = await healthOf([system.policy.id], new Date('2026-11-25T02:00:01Z'));
  t.like(health, { lastFailure: null, lastGoodAt: null, hour: { p50: null } });
  t.deepEqual(health!.hour.counts, { ok: 0, refused: 0, failed: 0, notSent: 3 });
  t.regex(system.metrics.text('x'), /government_call_seconds_count\{system="x"\} 0/);
});

test('counts of two processes that begin the same minute at once are added up', async (t) => {
  const [one, two] = [new CallSeries(), new CallSeries()];
  const at = new Date('2026-11-25T02:00:00Z');
  for (const each of [one, two])
    for (let i = 0; i < 10; i++) each.add('both', at, new Date(), i < 7 ? 'ok' : 'failed', 40);
  await Promise.all([one.flush(), two.flush()]);
  const [health] = await healthOf(['both'], new Date('2026-11-25T02:00:30Z'));
  t.deepEqual(health!.hour.counts, { ok: 14, refused: 0, failed: 6, notSent: 0 });
  t.true(health!.hour.p50! > 36 && health!.hour.p50! <= 48);
});

test('an order of staff closes an open breaker in a process that is told of it', async (t) => {
  const system = gate({ breaker: { failures: 1, restMs: 600_000 }, timeoutMs: 30_000 });
  await t.throwsAsync(system.call(call(failing, { repeatable: false })));
  t.is(system.breakerState, 'open');
  const stored = { _id: 'x', off: null, lastGoodAt: null, lastFailure: null };
  system.learn({ ...stored, resetAt: new Date(1) });
  t.is(system.breakerState, 'closed');
  await t.throwsAsync(system.call(call(failing, { repeatable: false })));
  system.learn({ ...stored, resetAt: new Date(1) });
  t.is(system.breakerState, 'open', 'an order is carried out once');
});

test('a trial of staff is made although the system is switched off, in their name, and never from an old copy', async (t) => {
  const system = gate({ id: 'tried' });
  await system.call(call(async () => 'old', { lastGood: { key: 'k' } }));
  await setKillSwitch('tried', { by: 'S1', reason: '对方升级', at: new Date() });
  const other = gate({ id: 'tried' });
  await t.throwsAsync(other.call(call(async () => 1)), { message: /对方升级/ });
  const good = await tryOut({ kind: 'staff', id: 'S1' }, () => other.call(call(async () => 1)));
  t.like(good[0], { result: 'ok', attempts: 1 });
  const bad = await tryOut({ kind: 'staff', id: 'S1' }, () =>
    other.call(call(failing, { lastGood: { key: 'k' }, repeatable: false })),
  );
  t.like(bad[0], { result: 'down:HTTP 502', attempts: 1 });
  const found = await rows(other);
  t.like(
    found.find(({ _id }) => _id === good[0]!.id),
    { actor: 'staff:S1', purpose: '试调用', result: 'ok' },
  );
});
