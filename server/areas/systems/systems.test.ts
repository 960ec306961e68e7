import test from 'ava';
import type { Browser } from 'playwright-core';
import { sitDown } from '../../e2e/visit.ts';
import { openGates } from '../../government/gates.ts';
import { CallModel } from '../../government/kit/callLog.ts';
import { GovernmentError } from '../../government/kit/governmentError.ts';
import { systemClock } from '../../kernel/clock.ts';
import { openBrowser } from '../../testing/browser.ts';
import { useHall } from '../../testing/hall.ts';
import { AuditModel } from '../audit/model.ts';
import type { CallList, SystemDetail, SystemsView, TrialView } from './contract.ts';

const hall = useHall(test, { clock: systemClock(), roles: ['web'], pay: true });
let browser: Browser;
test.before(async () => {
  browser = await openBrowser();
});
test.after.always(() => browser?.close());

/** A member of staff with a session, calling the hall's API. */
async function staffOf(username: string) {
  const signedIn = await fetch(`${hall.url}/api/staff/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'zengcheng-demo-2026' }),
  });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0]!;
  return async <T>(method: string, path: string, body?: unknown): Promise<{ status: number; data: T }> => {
    const answer = await fetch(`${hall.url}/api/staff/systems${path}`, {
      method,
      headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, data: (text ? JSON.parse(text) : null) as T };
  };
}

/** Asks until it is so; counts and orders need a few seconds by design. */
async function until<T>(ask: () => Promise<T>, good: (seen: T) => boolean): Promise<T> {
  const ends = performance.now() + 30_000;
  for (;;) {
    const seen = await ask();
    if (good(seen)) return seen;
    if (performance.now() > ends)
      throw new Error(`it never became so: ${JSON.stringify(seen).slice(0, 600)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test.serial('R8: every configured system answers its harmless trial, in the name of who asked', async (t) => {
  const admin = await staffOf('admin');
  const { data } = await admin<SystemsView>('GET', '');
  const configured = data.systems.filter(({ mood }) => mood !== 'absent');
  t.true(configured.length >= 9);
  for (const { id } of configured) {
    const tried = await admin<TrialView>('POST', `/${id}/trial`);
    t.is(tried.status, 200, id);
    t.true(['ok', 'refused'].includes(tried.data.outcome ?? ''), `${id}: ${tried.data.result}`);
    const { data: list } = await admin<CallList>('GET', `/${id}/calls`);
    t.like(list.calls[0], { purpose: '试调用' });
    t.not(list.calls[0]?.actor, '系统');
  }
});

test.serial(
  'R10.3: who may look may not act; who may neither sees nothing; acts are in the ledger',
  async (t) => {
    const [manager, clerk] = [await staffOf('auditor'), await staffOf('huangwei')];
    t.is((await manager('GET', '')).status, 200);
    t.is((await manager('GET', '/items')).status, 200);
    t.is((await manager('POST', '/items/switch', { off: false })).status, 403);
    t.is((await manager('POST', '/items/trial')).status, 403);
    t.is((await manager('POST', '/progress/raw/x/open')).status, 403);
    for (const path of ['', '/items', '/items/calls']) t.is((await clerk('GET', path)).status, 403);
    const admin = await staffOf('admin');
    t.is((await admin('GET', '/nothing')).status, 404);
    t.is((await admin('POST', '/items/switch', { off: true, reason: '短' })).status, 400);
    const rows = await AuditModel.find({ act: 'POST /api/staff/systems/:id/trial' }).lean();
    t.true(rows.some(({ result }) => result === 'ok'));
    t.true(rows.some(({ result }) => result === 'refused'));
  },
);

test.serial(
  'R8: the breaker of another process is seen, staff close it, and a trial goes past it',
  async (t) => {
    const admin = await staffOf('admin');
    const other = openGates(systemClock(), 'ignored');
    const pulse = other.start(['worker']);
    const gate = other.of('items');
    const call = {
      operation: 'detail',
      actor: { kind: 'system' },
      purpose: '测试',
      repeatable: false,
    } as const;
    const run = (): Promise<never> =>
      Promise.reject(new GovernmentError('items', 'down', 'HTTP 502', { code: 'HTTP 502' }));
    while (gate.breakerState === 'closed') await gate.call({ ...call, run }).catch(() => undefined);
    await gate.call({ ...call, run }).catch(() => undefined);
    await other.flush();
    const look = async (): Promise<SystemDetail> =>
      (await admin<SystemDetail>('GET', '/items?span=hour')).data;
    const open = await until(look, ({ system }) => system.breaker === 'open');
    t.is(open.system.mood, 'down');
    t.like(open.system.hour.counts, { failed: gate.policy.breaker.failures, notSent: 1 });
    t.is(open.system.lastFailure?.code, 'down:HTTP 502');
    t.deepEqual(open.processes.map(({ breaker }) => breaker).sort(), ['closed', 'open']);
    t.is(open.series.length, 60);
    t.is(
      open.series.reduce((sum, { counts }) => sum + counts.failed, 0),
      gate.policy.breaker.failures,
    );
    const shown = async (outcome: string): Promise<CallList> =>
      (await admin<CallList>('GET', `/items/calls?outcome=${outcome}`)).data;
    t.is((await shown('failed')).calls.length, gate.policy.breaker.failures);
    t.deepEqual(
      (await shown('notSent')).calls.map(({ result }) => result),
      ['down:breaker'],
    );

    hall.outside.government.setProfile('items', { http5xx: 1 });
    t.like((await admin<TrialView>('POST', '/items/trial')).data, { outcome: 'failed', attempts: 2 });
    hall.outside.government.setProfile('items', {});
    t.like((await admin<TrialView>('POST', '/items/trial')).data, { outcome: 'ok' });
    t.is((await admin('POST', '/items/breaker-reset')).status, 204);
    await until(look, ({ system }) => system.breaker === 'closed');
    t.is(gate.load.breaker, 'closed', 'no call was needed');
    await pulse.stop();
    t.is((await look()).processes.length, 1, 'a process that closed is no longer shown');
  },
);

test.serial('issue D: the systems page: state, detail, trial, switch with its reason, calls', async (t) => {
  const { desk, complaints } = await sitDown(browser, hall, 'admin', 'nav-systems');
  await desk.getByTestId('system-booking').waitFor();
  await desk.getByTestId('system-booking').click();
  await desk.getByTestId('try').click();
  await desk.getByTestId('tried').filter({ hasText: '有答复' }).waitFor();
  await desk.getByTestId('call').filter({ hasText: '试调用' }).first().waitFor();
  await desk.getByTestId('breaker').filter({ hasText: '闭合' }).waitFor();

  await desk.getByTestId('switch-off').click();
  t.true(await desk.getByTestId('confirm').isDisabled(), 'not without a reason');
  await desk.getByTestId('reason').fill('对方通知数据有误');
  await desk.getByTestId('confirm').click();
  await desk.getByTestId('mood').filter({ hasText: '已关闭' }).waitFor();
  await desk.getByText('关闭：对方通知数据有误').first().waitFor();
  await desk.getByTestId('try').click();
  await desk.getByTestId('tried').filter({ hasText: '有答复' }).waitFor();
  await desk.getByTestId('switch-on').click();
  await desk.getByTestId('confirm').click();
  await desk.getByTestId('mood').filter({ hasText: '已关闭' }).waitFor({ state: 'detached' });
  t.true((await CallModel.countDocuments({ system: 'booking', purpose: '试调用' })) >= 2);
  t.deepEqual(complaints, []);
});
