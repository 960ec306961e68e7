import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { NoticeModel } from '../notices/model.ts';
import { bookings } from './model.ts';
import { serveBooking } from './testing/app.ts';
import { clearAll } from './testing/clear.ts';
import { testRoom } from './testing/room.ts';

useDatabase(test);
test.beforeEach(clearAll);

const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };
const wang = { name: '王小明', idNumber: '440118199001010019', phone: '13800000001' };
const chen = { name: '陈美兰', idNumber: '440183197605200030' };

async function open() {
  const room = testRoom(20);
  const app = await serveBooking({
    ...room,
    desk: {
      findByIdNumber: async (number) => (number === wang.idNumber ? { id: 'wang' } : null),
      indexOf: (number) => `index-${number.slice(-4)}`,
    },
  });
  return { room, app };
}

test.serial(
  'R5.1.1: the desk books for who has no phone, by the same rules; the number is kept nowhere',
  async (t) => {
    const { app } = await open();
    t.teardown(app.close);
    const made = await app.post('/api/staff/bookings', 'staff:windowClerk', {
      ...wish,
      ...chen,
      priority: 'elderly',
    });
    t.like(made.body, { number: 'ZC2611260001', person: '陈*兰', phone: null, channel: '大厅窗口' });
    t.is(made.body.priority, '65 岁以上老人 · 核对身份证');
    const stored = await bookings().findOne({ number: 'ZC2611260001' });
    t.deepEqual(
      stored!.history.map(({ by, event }) => `${event} ${by}`),
      ['hold staff:S1', 'confirm staff:S1'],
    );
    t.false(JSON.stringify(stored).includes(chen.idNumber));
    t.is(await NoticeModel.countDocuments({}), 0);
    const again = await app.post('/api/staff/bookings', 'staff:windowClerk', {
      ...wish,
      ...chen,
      start: '10:00',
    });
    t.is(again.body.error.id, 'booking.already_booked', 'the same person, known by the number alone');
  },
);

test.serial('who has an account finds it there, and is told', async (t) => {
  const { app } = await open();
  t.teardown(app.close);
  await app.post('/api/staff/bookings', 'staff:windowClerk', { ...wish, ...wang });
  const { bookings: mine } = (await app.get('/api/bookings', 'wang:1')).body;
  t.like(mine[0], { state: 'booked', channelLabel: '大厅窗口' });
  t.is(await NoticeModel.countDocuments({ personId: 'wang', kind: 'booking.confirmed' }), 1);
  t.is(
    (await app.post('/api/bookings', 'wang:1', { ...wish, start: '11:00' })).body.error.id,
    'booking.already_booked',
  );
});

test.serial('a wrong number, another hall, or another role books nothing', async (t) => {
  const { app } = await open();
  t.teardown(app.close);
  const ask = (who: string, change: object) =>
    app.post('/api/staff/bookings', who, { ...wish, ...chen, ...change });
  t.is(
    (await ask('staff:windowClerk', { idNumber: '440183197605200031' })).body.error.id,
    'booking.bad_id_number',
  );
  t.is((await ask('staff:publisher', {})).status, 403);
  t.is((await ask('staff:windowClerk', { start: '12:30' })).body.error.id, 'booking.slot_unknown');
  t.is(await bookings().countDocuments({}), 0);
});
