import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { findHall } from '../halls/findHall.ts';
import type { Hall } from '../halls/model.ts';
import { HallModel } from '../halls/model.ts';
import { openHoursOn } from '../halls/windowHours.ts';
import { NoticeModel } from '../notices/model.ts';
import { slotProblems } from '../queue/testing/invariants.ts';
import { planDay } from './schedule.ts';
import { scheduleRoutes } from './scheduleRoutes.ts';
import { slots } from './slotModel.ts';
import { serveBooking } from './testing/app.ts';
import { clearAll } from './testing/clear.ts';
import { plainCalendar, smallHall, testRoom } from './testing/room.ts';

useDatabase(test);
test.beforeEach(clearAll);

const day = '2026-11-26'; // a Thursday
const where = { zone: 'B', group: '户政' };
const { rules } = testRoom();
const all = [1, 2, 3, 4, 5, 6, 7];
const plan = (hall: Hall, on = day, matterIds: string[] = []) =>
  planDay(
    hall,
    { ...where, matterIds },
    on,
    plainCalendar({ '2026-11-27': { name: '示例节', works: false } }),
    rules,
  );

function withWindows(change: (index: number) => object): Hall {
  const hall = smallHall(4);
  const [zone] = hall.zones;
  const windows = zone!.windows.map((each, index) => ({
    ...each,
    ...(each.group === '户政' && change(index)),
  }));
  return { ...hall, zones: [{ ...zone!, windows }] };
}

test('R3: one window stays open at noon; the slots of noon have its capacity alone', (t) => {
  const hall = withWindows((index) =>
    index === 0 ? { hours: [{ weekdays: all, intervals: [['09:00', '17:00']] }] } : {},
  );
  const { slots: planned } = plan(hall);
  const capacity = (start: string) => planned.find((each) => each.start === start)?.capacity;
  t.is(capacity('09:00'), 5); // 4 windows × 2 quarter hours − 30 %
  t.is(capacity('12:00'), 1);
  t.is(planned.length, 16);
});

test('R3: extended hours work for their windows in their season, not on a holiday; an exception beats all', (t) => {
  const hall = smallHall(4, {
    extended: [
      {
        groups: ['户政'],
        weekdays: [4, 5, 6],
        intervals: [['17:00', '20:00']],
        from: '2026-11-20',
        to: '2026-11-30',
      },
    ],
  });
  t.is(plan(hall).slots.at(-1)?.end, '20:00');
  t.is(plan(hall, '2026-12-03').slots.at(-1)?.end, '17:00', 'after the season');
  t.is(plan(hall, '2026-11-27').slots.length, 0, 'a holiday');
  t.is(plan(hall, '2026-11-28').slots[0]?.start, '17:00', 'a Saturday');
  t.is(planDay(hall, { zone: 'B', group: '婚姻' }, day, plainCalendar(), rules).slots.at(-1)?.end, '17:00');
  t.deepEqual(openHoursOn(hall, day, plainCalendar()).intervals.at(-1), ['13:00', '20:00']);
  const shut = { ...hall, exceptions: [{ date: day, intervals: [], reason: '系统升级' }] };
  t.deepEqual(plan(shut), { slots: [], reason: '系统升级' });
});

test('R3: a zone has hours of its own, and a matter only its times', (t) => {
  const hall = smallHall(4);
  const morning = { weekdays: all, intervals: [['09:00', '11:00']] as const };
  const zoned = { ...hall, zones: hall.zones.map((each) => ({ ...each, hours: [morning] })) };
  t.is(plan(zoned).slots.length, 4);
  const limited = {
    ...hall,
    matterHours: [{ matterId: 'id', weekdays: [4], intervals: [['14:00', '15:00']] as const }],
  };
  t.deepEqual(
    plan(limited, day, ['id']).slots.map((each) => each.start),
    ['14:00', '14:30'],
  );
  t.is(plan(limited, day, ['passport']).slots.length, 14);
  t.is(plan(limited, '2026-11-25', ['id']).reason, '这个事项当天不办理');
});

const path = '/api/staff/halls/small/schedule';

test.serial(
  'fewer windows: the last to book are moved and told, nobody below what is taken, and it is written down',
  async (t) => {
    const room = { ...testRoom(4), findHall };
    const { id, ...hall } = smallHall(4);
    await HallModel.create({ _id: id, ...hall } as never);
    const app = await serveBooking(room, scheduleRoutes(room));
    t.teardown(app.close);
    for (const who of ['ann', 'bea', 'cas', 'dan', 'eve']) {
      const held = await app.post('/api/bookings', `${who}:1`, {
        matter: 'id',
        hall: 'small',
        date: day,
        start: '09:00',
      });
      t.is((await app.post(`/api/bookings/${held.body.id}/confirm`, `${who}:1`)).status, 200);
      room.clock.forward(1000);
    }
    const manager = 'staff:hallManager';
    const read = (await app.get(path, manager)).body;
    t.is(read.version, 0);
    const timetable = structuredClone({
      hours: read.hours,
      exceptions: read.exceptions,
      zones: read.zones,
      extended: [],
      matterHours: [],
    });
    timetable.zones[0].windows = timetable.zones[0].windows.filter(
      (each: { number: string }) => !['户政2', '户政3'].includes(each.number),
    );
    const ask = { version: 0, why: '窗口改造', timetable };
    t.is((await app.get(path, 'staff:windowClerk')).status, 403);
    const preview = (await app.post(`${path}/preview`, manager, ask)).body;
    t.deepEqual(preview.what, ['户政窗口由 4 个改为 2 个']);
    t.is(preview.hit.length, 3); // 2 windows × 2 − 30 % = 2 places of 5
    t.is((await app.get(path, manager)).body.version, 0, 'a preview changes nothing');
    const put = await fetch(app.url + path, {
      method: 'PUT',
      headers: { authorization: `Bearer ${manager}`, 'content-type': 'application/json' },
      body: JSON.stringify(ask),
    });
    const done = (await put.json()) as { offered: number; hit: unknown[] };
    t.is(done.offered, 3);
    const slot = (await slots().findOne({ day, start: '09:00' }))!;
    t.deepEqual([slot.capacity, slot.left, slot.closed], [2, 0, null]);
    for (const each of await slots().find({}).toArray()) t.deepEqual(slotProblems(each), []);
    t.is(await NoticeModel.countDocuments({ kind: 'booking.cancelledByHall' }), 3);
    const first = (await app.get('/api/bookings', 'ann:1')).body.bookings;
    t.deepEqual(
      first.map((each: { state: string }) => each.state),
      ['booked'],
      'who came first stays',
    );
    const after = (await app.get(path, manager)).body;
    t.is(after.version, 1);
    t.like(after.history[0], { by: '张', why: '窗口改造', what: ['户政窗口由 4 个改为 2 个'] });
    const stale = await app.post(`${path}/preview`, manager, ask);
    t.is(stale.body.error.id, 'booking.schedule_changed');
  },
);

test.serial('more windows: stored slots grow too; hours cut and given back shut and open them', async (t) => {
  const room = { ...testRoom(2), findHall };
  const { id, ...hall } = smallHall(2);
  await HallModel.create({ _id: id, ...hall } as never);
  const { changeSchedule, readSchedule } = await import('./changeSchedule.ts');
  const app = await serveBooking(room);
  t.teardown(app.close);
  await app.post('/api/bookings', 'ann:1', { matter: 'id', hall: 'small', date: day, start: '09:00' });
  const change = async (edit: (timetable: Awaited<ReturnType<typeof readSchedule>>) => void) => {
    const view = structuredClone(await readSchedule(room, 'small'));
    edit(view);
    const { hours, exceptions, zones, extended, matterHours, version } = view;
    const timetable = { hours, exceptions, zones, extended, matterHours };
    return changeSchedule(room, 'small', { version, why: '调整', timetable }, { staffId: 'S1', name: '张' });
  };
  const slot = async () => {
    const found = (await slots().findOne({ day, start: '09:00' }))!;
    t.deepEqual(slotProblems(found), []);
    return [found.capacity, found.closed];
  };
  t.deepEqual(await slot(), [2, null]);
  await change((view) => view.zones[0]!.windows.push({ ...view.zones[0]!.windows[0]!, number: '户政9' }));
  t.deepEqual(await slot(), [4, null]);
  const cut = await change((view) =>
    view.exceptions.push({ date: day, intervals: [['14:00', '15:00']], reason: '会议' }),
  );
  t.is(cut.hit.length, 1);
  t.is((await slot())[1], '时段已调整');
  await change((view) => view.exceptions.pop());
  t.deepEqual(await slot(), [4, null]);
});
