import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { serveBooking } from '../booking/testing/app.ts';
import { clearAll } from '../booking/testing/clear.ts';
import { testRoom } from '../booking/testing/room.ts';
import { hallQrText } from './hallQr.ts';
import { tickets } from './model.ts';
import { queueRoutes } from './routes.ts';
import { queueRules } from './settings.ts';

useDatabase(test);
test.beforeEach(clearAll);

test.serial(
  'a booking of a priority group becomes a priority ticket, and the window is told which proof to see',
  async (t) => {
    const room = testRoom(4, '2026-11-26T08:40:00+08:00');
    const { clock, calendar, secret, findHall, findPeople } = room;
    const app = await serveBooking(
      room,
      queueRoutes({ clock, calendar, secret, findHall, findPeople, rules: queueRules }),
    );
    t.teardown(app.close);
    const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };
    const held = await app.post('/api/bookings', 'wang:1', wish);
    await app.post(`/api/bookings/${held.body.id}/confirm`, 'wang:1', { priority: 'soldier' });
    const hallQr = hallQrText('small', secret);
    const ticket = await app.post('/api/queue/check-in', 'wang:1', { booking: held.body.id, hallQr });
    t.is(ticket.status, 200);
    t.like(await tickets().findOne({ bookingId: held.body.id }), {
      kind: 'priority',
      note: '优先（现役军人），请核对军人证件',
    });
  },
);
