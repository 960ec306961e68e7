import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { serveBooking } from '../booking/testing/app.ts';
import { clearAll } from '../booking/testing/clear.ts';
import { smallHall, testRoom } from '../booking/testing/room.ts';
import { StaffModel } from '../staff/model.ts';
import { endDay } from './endDay.ts';
import { hallQrText } from './hallQr.ts';
import type { QueueRoom } from './room.ts';
import { queueRoutes } from './routes.ts';
import { queueRules } from './settings.ts';

useDatabase(test);
test.beforeEach(clearAll);

const clerk = 'staff:windowClerk';
const manager = 'staff:hallManager';
const at = '/api/staff/halls/small/windows/%E6%88%B7%E6%94%BF0';

async function house(t: { teardown(fn: () => void): void }) {
  const room = testRoom(2, '2026-11-26T08:50:00+08:00');
  const { clock, calendar, secret, findHall, findPeople } = room;
  const queue: QueueRoom = { clock, calendar, secret, findHall, findPeople, rules: queueRules };
  const app = await serveBooking(room, queueRoutes(queue));
  t.teardown(app.close);
  return { room, queue, app };
}

test.serial('a window calls for help once; those who run the hall see it, one goes there', async (t) => {
  const { app } = await house(t);
  const account = { username: 'm', passwordHash: 'none', hallIds: ['small'], roles: ['hallManager'] };
  await StaffModel.create([
    { ...account, _id: 'M1', name: '主管甲' },
    { ...account, _id: 'M2', username: 'm2', name: '别厅主管', hallIds: ['other'] },
    { ...account, _id: 'M3', username: 'm3', name: '已离岗', disabled: true },
  ] as never);
  t.is((await app.post(`${at}/help`, clerk, { kind: 'safety' })).body.error.id, 'queue.window_unknown');
  await app.post(`${at}/open`, clerk);
  const pressed = await Promise.all(
    Array.from({ length: 4 }, () => app.post(`${at}/help`, clerk, { kind: 'safety' })),
  );
  t.is(new Set(pressed.map((each) => each.body.id)).size, 1);
  t.deepEqual(pressed[0]!.body.told, ['主管甲']);
  t.is((await app.get('/api/staff/help', clerk)).status, 403);
  const [call] = (await app.get('/api/staff/help', manager)).body.calls;
  t.like(call, { window: '户政0', kind: 'safety', state: 'open' });
  t.is((await app.post(`/api/staff/help/${call.id}`, manager, { do: 'take' })).status, 204);
  t.is((await app.get('/api/staff/help', manager)).body.calls[0].takenBy, '张');
  t.is((await app.post(`/api/staff/help/${call.id}`, manager, { do: 'over' })).status, 204);
  t.deepEqual((await app.get('/api/staff/help', manager)).body.calls, []);
  t.not((await app.post(`${at}/help`, clerk, { kind: 'medical' })).body.id, call.id);
});

test.serial(
  'the server knows who sat at a window from when to when, also when nobody closed it',
  async (t) => {
    const { app, room, queue } = await house(t);
    await app.post(`${at}/open`, clerk);
    await app.post(`${at}/open`, clerk);
    room.clock.forward(3600_000);
    await app.post(`${at}/close`, clerk);
    await app.post(`${at}/open`, clerk, { groups: ['户政', '婚姻'] });
    const read = async () => (await app.get(`${at}/history`, clerk)).body.sittings;
    t.deepEqual(
      (await read()).map((each: { groups: string[]; from: string; to: string | null }) => [
        each.groups.length,
        each.from.slice(11, 16),
        each.to?.slice(11, 16) ?? null,
      ]),
      [
        [2, '01:50', null],
        [1, '00:50', '01:50'],
      ],
    );
    room.clock.forward(16 * 3600_000);
    await endDay(queue);
    t.truthy((await read())[0].to);
    t.false((await app.get(at, clerk)).body.open);
  },
);

test.serial('the check-in poster of another hall does not check anybody in', async (t) => {
  const { app, room } = await house(t);
  room.halls.set('other', smallHall(1, { id: 'other' }));
  const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };
  const held = (await app.post('/api/bookings', 'wang:1', wish)).body;
  await app.post(`/api/bookings/${held.id}/confirm`, 'wang:1');
  const asked = { booking: held.id, hallQr: hallQrText('other', room.secret) };
  const { body } = await app.post('/api/queue/check-in', 'wang:1', asked);
  t.is(body.error.id, 'queue.not_here');
  t.regex(body.error.message, /另一个大厅/);
});
