import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { markNoShows } from './markNoShows.ts';
import { serveBooking } from './testing/app.ts';
import { clearAll } from './testing/clear.ts';
import { testRoom } from './testing/room.ts';

useDatabase(test);
test.beforeEach(clearAll);

test.serial('who appeals in vain reads the reason', async (t) => {
  const room = testRoom();
  const app = await serveBooking(room);
  t.teardown(app.close);
  const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };
  const held = await app.post('/api/bookings', 'wang:1', wish);
  await app.post(`/api/bookings/${held.body.id}/confirm`, 'wang:1');
  room.clock.set(new Date('2026-11-26T12:00:00Z'));
  await markNoShows(room);
  const filed = await app.post(`/api/bookings/${held.body.id}/appeal`, 'wang:1', {
    reason: '当天忘记了时间',
  });
  t.like(filed.body.missed[0], { appeal: 'open', decision: null });
  const { appeals } = (await app.get('/api/staff/appeals', 'staff:hallManager')).body;
  const decision = { grant: false, why: '没有提供证明' };
  await app.post(`/api/staff/appeals/${appeals[0].id}/decide`, 'staff:hallManager', decision);
  const standing = await app.get('/api/booking/standing', 'wang:1');
  t.like(standing.body.missed[0], { appeal: 'refused', decision: '没有提供证明', forgiven: false });
});

test.serial('a booking says from when one may check in, by the rules of the queue', async (t) => {
  const app = await serveBooking({ ...testRoom(), checkInEarlyMinutes: 30 });
  t.teardown(app.close);
  const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };
  const held = await app.post('/api/bookings', 'wang:1', wish);
  t.is(held.body.checkInFrom, null);
  const booked = await app.post(`/api/bookings/${held.body.id}/confirm`, 'wang:1');
  t.is(booked.body.checkInFrom, '2026-11-26T00:30:00.000Z');
});
