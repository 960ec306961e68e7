import type { AddressInfo } from 'node:net';
import test from 'ava';
import { createApp } from '../../app.ts';
import { TestClock } from '../../kernel/clock.ts';
import { LiveCalendar } from '../../kernel/workingDays/liveCalendar.ts';
import { useDatabase } from '../../testing/database.ts';
import type { Role } from '../staff/contract.ts';
import type { CalendarPreview, CalendarProblem, CalendarView, ImportDetail } from './contract.ts';
import { CalendarFollower } from './followCalendar.ts';
import { CalendarImportModel, CalendarYearModel } from './model.ts';
import { calendarRoutes } from './routes.ts';
import { excelOf, notice2027 } from './testing/notice2027.ts';

const database = useDatabase(test);
const clock = new TestClock(new Date('2026-11-25T01:00:00Z'));
const calendar = new LiveCalendar();
const follower = new CalendarFollower(calendar);
let url = '';
let asking: { staffId: string; role: Role } = { staffId: 'S-admin', role: 'administrator' };

test.before('the routes on the database', async () => {
  const app = createApp({
    clock,
    routes: calendarRoutes({
      clock,
      calendar,
      refresh: () => follower.refresh(),
      bookedOn: async (days) => new Map(days.includes('2026-12-30') ? [['2026-12-30', 7]] : []),
    }),
    citizenOf: async () => undefined,
    staffOf: async () => ({ ...asking, name: asking.staffId, roles: [asking.role], hallIds: [] }),
    ready: async () => true,
    rateFactor: 1000,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/staff/calendar`;
  database.closers.push(async () => {
    server.closeAllConnections();
    server.close();
  });
});

test.beforeEach(async () => {
  as('S-admin');
  clock.set('2026-11-25T01:00:00Z');
  await Promise.all([CalendarImportModel.deleteMany({}), CalendarYearModel.deleteMany({})]);
  await follower.refresh();
});

const as = (staffId: string, role: Role = 'administrator'): void => {
  asking = { staffId, role };
};

type Answer<T> = T & { status: number; error?: { id: string; details?: { problems: CalendarProblem[] } } };

async function ask<T = ImportDetail>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  const raw = body instanceof Buffer;
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': raw ? 'application/octet-stream' : 'application/json' },
    ...(body !== undefined && { body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  return { ...((await answer.json()) as T), status: answer.status };
}

const handIn = (year = 2027, text = notice2027) =>
  ask('POST', '/imports', { year, text, documentNo: '国办发明电〔2026〕9号' });

test.serial(
  'a year counts once a second person has approved it; every process sees it by asking',
  async (t) => {
    const other = new LiveCalendar();
    const otherProcess = await new CalendarFollower(other).start();
    t.teardown(otherProcess.stop);
    t.is(calendar.coveredUntil, '2026-12-31');
    const made = await handIn();
    t.like(made, { status: 200, state: 'waiting', year: 2027, workdays: 248, importedBy: 'S-admin' });
    t.deepEqual(made.acts, ['reject']);
    t.is((await ask('POST', `/imports/${made.id}/approve`, {})).error?.id, 'calendar.own_import');
    t.is(calendar.coveredUntil, '2026-12-31', 'waiting, it does not count');

    as('S-manager', 'hallManager');
    const seen = await ask('GET', `/imports/${made.id}`);
    t.deepEqual(seen.acts, ['approve', 'reject']);
    t.is(seen.changes.length, made.days.length);
    t.deepEqual(seen.changes[0], {
      day: '2027-01-01',
      from: null,
      to: { workday: false, name: '元旦' },
      booked: 0,
    });
    t.like(await ask('POST', `/imports/${made.id}/approve`, {}), { state: 'live', decidedBy: 'S-manager' });
    t.is(calendar.coveredUntil, '2027-12-31');
    t.true(calendar.isWorkday('2027-02-14'));
    t.is(calendar.nameOf('2027-02-14'), '春节调休上班');
    t.is((await ask('POST', `/imports/${made.id}/approve`, {})).error?.id, 'calendar.wrong_state');

    for (const end = Date.now() + 20_000; other.coveredUntil === '2026-12-31' && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 100));
    t.is(other.coveredUntil, '2027-12-31', 'another process follows by itself');

    const view = await ask<CalendarView>('GET', '');
    t.is(view.warning, null);
    t.deepEqual(
      view.years.map(({ year, source, workdays }) => [year, source, workdays]),
      [
        [2025, 'packaged', 248],
        [2026, 'packaged', 248],
        [2027, 'imported', 248],
      ],
    );
  },
);

test.serial('who imported it cannot approve it, and who may only look can do nothing', async (t) => {
  const made = await handIn();
  as('S-clerk', 'windowClerk');
  t.is((await ask('GET', '')).status, 403);
  t.is((await ask('POST', `/imports/${made.id}/approve`, {})).status, 403);
});

test.serial('a wrong notice is refused with every reason; nothing is stored', async (t) => {
  const wrong = `${notice2027.replace('端午节\t6月9日\n', '')}\n国庆节\t10月7日`;
  const refused = await handIn(2027, wrong);
  t.is(refused.error?.id, 'calendar.invalid');
  t.deepEqual(
    refused.error?.details?.problems.map(({ line, text }) => `${line} ${text}`),
    ['7 2027-10-07 已写在「国庆节」里', 'null 2027-06-09 是法定节假日（端午节），没有列入放假'],
  );
  t.is((await handIn(2028, notice2027)).error?.id, 'calendar.invalid', 'a year cannot be left out');
  t.is(await CalendarImportModel.countDocuments(), 0);
});

test.serial(
  'a preview shows what changes against the packaged year, and how many visits it hits',
  async (t) => {
    const { text } = await ask<{ text: string }>('POST', '/text', await excelOf(notice2027));
    const preview = await ask<CalendarPreview>('POST', '/preview', { year: 2027, text });
    t.deepEqual([preview.problems, preview.warnings, preview.workdays], [[], [], 248]);

    const packaged = (await ask<CalendarView>('GET', '')).years.find(({ year }) => year === 2026)!;
    // The same year, but rested on 30 December and with a make-up day as a table writes it.
    const rows = packaged.days.filter(({ workday }) => !workday).map(({ day, name }) => `${name},${day},`);
    rows.push('元旦,12月30日,1月4日 2月14日 2月28日 5月9日 9月20日 10月10日');
    const changed = await ask<CalendarPreview>('POST', '/preview', { year: 2026, text: rows.join('\n') });
    t.deepEqual(changed.problems, []);
    t.is(changed.workdays, 247);
    t.deepEqual(
      changed.changes.filter(({ from, to }) => from?.workday !== to.workday),
      [
        {
          day: '2026-12-30',
          from: { workday: true, name: null },
          to: { workday: false, name: '元旦' },
          booked: 7,
        },
      ],
    );
  },
);

test.serial('one arrangement of a year waits at a time; sent back, it makes room', async (t) => {
  const made = await handIn();
  t.is((await handIn()).error?.id, 'calendar.waiting');
  as('S-manager', 'hallManager');
  t.is((await ask('POST', `/imports/${made.id}/reject`, { reason: '' })).status, 400);
  t.like(await ask('POST', `/imports/${made.id}/reject`, { reason: '漏了一天' }), {
    state: 'rejected',
    reason: '漏了一天',
  });
  t.is((await handIn()).status, 200);
  t.is(calendar.coveredUntil, '2026-12-31');
});

test.serial(
  'undone, what counted before counts again: the earlier import, then the packaged year',
  async (t) => {
    const approve = async (text: string): Promise<string> => {
      as('S-admin');
      const { id } = await handIn(2027, text);
      as('S-manager', 'hallManager');
      t.is((await ask('POST', `/imports/${id}/approve`, {})).status, 200);
      return id;
    };
    const first = await approve(notice2027);
    const second = await approve(notice2027.replace('5月8日', '4月25日'));
    t.false(calendar.isWorkday('2027-05-08'));
    t.is((await ask('GET', `/imports/${first}`)).state, 'replaced');
    t.like(await ask('POST', `/imports/${second}/undo`, { reason: '导错了' }), {
      state: 'undone',
      undoneBy: 'S-manager',
      reason: '导错了',
      decidedBy: 'S-manager',
    });
    t.true(calendar.isWorkday('2027-05-08'));
    t.is((await ask('GET', `/imports/${first}`)).state, 'live');
    t.is(
      (await ask('POST', `/imports/${second}/undo`, { reason: '再来' })).error?.id,
      'calendar.wrong_state',
    );
    t.is((await ask('POST', `/imports/${first}/undo`, { reason: '也错了' })).state, 'undone');
    t.is(calendar.coveredUntil, '2026-12-31');
  },
);

test.serial('an undo that would leave a later year without the one before it is refused', async (t) => {
  const { id } = await handIn();
  as('S-manager', 'hallManager');
  await ask('POST', `/imports/${id}/approve`, {});
  await CalendarYearModel.create([{ _id: 2028, importId: 'later' }]);
  t.is((await ask('POST', `/imports/${id}/undo`, { reason: '导错了' })).error?.id, 'calendar.leaves_gap');
  t.is((await ask('GET', `/imports/${id}`)).state, 'live');
});

test.serial('two people approve at once: one of them does', async (t) => {
  const { id } = await handIn();
  as('S-manager', 'hallManager');
  const answers = await Promise.all([1, 2].map(() => ask('POST', `/imports/${id}/approve`, {})));
  t.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
});
