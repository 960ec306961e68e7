import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { NoticeModel } from '../notices/model.ts';
import { ledgers } from './ledgerModel.ts';
import { markNoShows } from './markNoShows.ts';
import { bookings } from './model.ts';
import { remindBookings } from './remindBookings.ts';
import { slots } from './slotModel.ts';
import { sweepHolds } from './sweepHolds.ts';
import { serveBooking, type TestApp } from './testing/app.ts';
import { clearAll } from './testing/clear.ts';
import { testRoom } from './testing/room.ts';

useDatabase(test);
test.beforeEach(clearAll);

const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };

async function book(app: TestApp, who: string, change: Partial<typeof wish> = {}) {
  const held = await app.post('/api/bookings', who, { ...wish, ...change });
  if (held.status !== 200) return held.body;
  return (await app.post(`/api/bookings/${held.body.id}/confirm`, who)).body;
}

test.serial('a change of time keeps the old place until the new one is won', async (t) => {
  const app = await serveBooking(testRoom());
  t.teardown(app.close);
  const mine = await book(app, 'wang:1');
  await book(app, 'li:1', { start: '10:00' });
  const path = `/api/bookings/${mine.id}/reschedule`;
  const lost = await app.post(path, 'wang:1', { date: wish.date, start: '10:00' });
  t.is(lost.body.error.id, 'booking.slot_full');
  t.is((await app.get(`/api/bookings/${mine.id}`, 'wang:1')).body.state, 'booked');

  const won = await app.post(path, 'wang:1', { date: wish.date, start: '10:30' });
  t.is(won.status, 200);
  t.deepEqual(
    [won.body.state, won.body.start, won.body.number, won.body.replaces],
    ['booked', '10:30', 'ZC2611260003', mine.id],
  );
  const old = (await app.get(`/api/bookings/${mine.id}`, 'wang:1')).body;
  t.deepEqual([old.state, old.replacedBy], ['rescheduled', won.body.id]);
  const notice = await NoticeModel.findOne({ kind: 'booking.rescheduled' }).lean();
  t.like(notice!.values, { oldTime: '2026年11月26日 09:00~09:30', time: '2026年11月26日 10:30~11:00' });
  t.truthy((await book(app, 'he:1')).number, 'the old place is free for others');
  const ledger = await ledgers().findOne({ _id: 'wang' });
  t.deepEqual(
    ledger!.claims.map((each) => each.bookingId),
    [won.body.id],
  );
  t.is(
    (await app.post(path, 'wang:1', { date: wish.date, start: '11:00' })).body.error.id,
    'booking.cannot_move',
  );
});

test.serial('two changes to the last place at once: one wins, the other keeps what it had', async (t) => {
  const app = await serveBooking(testRoom());
  t.teardown(app.close);
  const a = await book(app, 'wang:1');
  const b = await book(app, 'li:1', { start: '09:30' });
  const to = { date: '2026-11-27', start: '09:00' };
  const answers = await Promise.all([
    app.post(`/api/bookings/${a.id}/reschedule`, 'wang:1', to),
    app.post(`/api/bookings/${b.id}/reschedule`, 'li:1', to),
  ]);
  t.deepEqual(answers.map((each) => each.status).sort(), [200, 409]);
  t.is(await bookings().countDocuments({ state: 'booked' }), 2);
  for (const slot of await slots().find({}).toArray()) t.is(slot.left + slot.holders.length, slot.capacity);
});

test.serial(
  'scenario 10: a typhoon closure cancels all, offers each a new place at once, and blames nobody',
  async (t) => {
    const room = testRoom(2); // 2 × 2 − 30 % = 2 places
    const app = await serveBooking(room);
    t.teardown(app.close);
    const hit = [
      await book(app, 'wang:1'),
      await book(app, 'li:1'),
      await book(app, 'he:1', { start: '14:00' }),
    ];
    await book(app, 'zhang:1', { date: '2026-11-27' });
    const closing = { hall: 'small', date: '2026-11-26', reason: '台风红色预警' };
    const preview = await app.post('/api/staff/closures/preview', 'staff:hallManager', closing);
    t.is(preview.body.hit.length, 3);
    t.is(await bookings().countDocuments({ state: 'booked' }), 4, 'a preview changes nothing');
    const closed = await app.post('/api/staff/closures', 'staff:hallManager', closing);
    t.deepEqual([closed.body.hit.length, closed.body.offered], [3, 3]);
    for (const [index, who] of ['wang', 'li', 'he'].entries()) {
      const old = (await app.get(`/api/bookings/${hit[index].id}`, `${who}:1`)).body;
      t.is(old.state, 'cancelledByHall');
      const offer = (await app.get(`/api/bookings/${old.replacedBy}`, `${who}:1`)).body;
      t.deepEqual([offer.state, offer.date], ['held', '2026-11-27']);
      const notice = await NoticeModel.findOne({ personId: who, kind: 'booking.cancelledByHall' }).lean();
      t.is(notice!.values['reason'], '台风红色预警，为您留11月27日');
      t.is((await app.post(`/api/bookings/${offer.id}/confirm`, `${who}:1`)).body.state, 'booked');
      t.is((await ledgers().findOne({ _id: who }))!.strikes.length, 0);
    }
    const late = await app.post('/api/bookings', 'new:1', { ...wish, start: '16:00' });
    t.is(late.body.error.id, 'booking.day_closed', 'a slot nobody had asked for is closed too');
    t.regex(late.body.error.message, /台风红色预警/);
    const { days } = (await app.get('/api/booking/days?matter=id&hall=small')).body;
    t.like(days[1], { date: '2026-11-26', state: 'closed', note: '台风红色预警' });
    const again = await app.post('/api/staff/closures', 'staff:hallManager', closing);
    t.is(again.body.hit.length, 0, 'closing twice cancels once');
    t.is((await app.post('/api/staff/closures', 'staff:windowClerk', closing)).status, 403);
  },
);

test.serial('a closure of the afternoon leaves the morning alone', async (t) => {
  const app = await serveBooking(testRoom(2));
  t.teardown(app.close);
  const morning = await book(app, 'wang:1');
  const afternoon = await book(app, 'li:1', { start: '14:00' });
  await app.post('/api/staff/closures', 'staff:hallManager', {
    hall: 'small',
    date: '2026-11-26',
    from: '13:00',
    to: '17:00',
    reason: '系统升级',
  });
  t.is((await app.get(`/api/bookings/${morning.id}`, 'wang:1')).body.state, 'booked');
  t.is((await app.get(`/api/bookings/${afternoon.id}`, 'li:1')).body.state, 'cancelledByHall');
});

test.serial(
  'three no-shows pause web booking for 30 days; it is shown before, and ended by an appeal',
  async (t) => {
    const room = testRoom(4);
    const app = await serveBooking(room);
    t.teardown(app.close);
    const missed: string[] = [];
    for (const date of ['2026-11-26', '2026-11-27', '2026-11-30']) {
      missed.push((await book(app, 'wang:1', { date })).id);
    }
    room.clock.set('2026-11-26T09:30:00Z'); // 17:30: the hall has closed
    t.is(await markNoShows(room), 1);
    t.is(await markNoShows(room), 0);
    const warned = (await app.get('/api/booking/standing', 'wang:1')).body;
    t.deepEqual([warned.strikes, warned.limit, warned.pausedUntil], [1, 3, null]);
    t.regex(warned.note, /满 3 次暂停/);
    room.clock.set('2026-11-30T16:30:00Z'); // the night after
    t.is(await markNoShows(room), 2);
    const refused = await app.post('/api/bookings', 'wang:1', { ...wish, date: '2026-12-02' });
    t.deepEqual([refused.status, refused.body.error.id], [403, 'booking.paused']);
    const paused = (await app.get('/api/booking/standing', 'wang:1')).body;
    t.is(paused.pausedUntil, '2026-12-31T16:00:00.000Z');

    const filed = await app.post(`/api/bookings/${missed[1]}/appeal`, 'wang:1', {
      reason: '当天住院，有证明',
    });
    t.is(
      filed.body.missed.find((each: { bookingId: string }) => each.bookingId === missed[1]).appeal,
      'open',
    );
    const { appeals } = (await app.get('/api/staff/appeals', 'staff:hallManager')).body;
    t.is(appeals.length, 1);
    const decide = `/api/staff/appeals/${appeals[0].id}/decide`;
    t.is((await app.post(decide, 'staff:hallManager', { grant: true, why: '住院属实' })).status, 204);
    const twice = await app.post(decide, 'staff:hallManager', { grant: false, why: '再看一次' });
    t.is(twice.body.error.id, 'booking.appeal_decided');
    t.is((await app.post('/api/bookings', 'wang:1', { ...wish, date: '2026-12-02' })).status, 200);
    const other = await app.post(`/api/bookings/${missed[0]}/appeal`, 'li:1', { reason: '不是我的预约' });
    t.is(other.body.error.id, 'booking.not_found');
  },
);

test.serial(
  'a cancellation that comes late counts half, and gives the place back; a fresh one counts nothing',
  async (t) => {
    const room = testRoom(1);
    const app = await serveBooking(room);
    t.teardown(app.close);
    const first = await book(app, 'wang:1');
    room.clock.set('2026-11-26T00:30:00Z'); // 08:30, half an hour before
    const seen = (await app.get(`/api/bookings/${first.id}`, 'wang:1')).body;
    t.deepEqual([seen.canCancel, seen.canReschedule], [true, false]);
    t.regex(seen.cancelNote, /计入爽约/);
    await app.post(`/api/bookings/${first.id}/cancel`, 'wang:1');
    t.is((await app.get('/api/booking/standing', 'wang:1')).body.strikes, 0.5);
    const fresh = await book(app, 'li:1');
    t.truthy(fresh.number);
    await app.post(`/api/bookings/${fresh.id}/cancel`, 'li:1');
    t.is((await app.get('/api/booking/standing', 'li:1')).body.strikes, 0);
    const third = await book(app, 'he:1');
    room.clock.set('2026-11-26T01:00:00Z');
    t.is(
      (await app.post(`/api/bookings/${third.id}/cancel`, 'he:1')).body.error.id,
      'booking.cancel_too_late',
    );
  },
);

test.serial('an offer nobody takes ends by itself and frees its place', async (t) => {
  const room = testRoom(1);
  const app = await serveBooking(room);
  t.teardown(app.close);
  await book(app, 'wang:1');
  await app.post('/api/staff/closures', 'staff:hallManager', {
    hall: 'small',
    date: '2026-11-26',
    reason: '停电',
  });
  room.clock.forward(24 * 3600_000);
  await sweepHolds(room);
  const open = await slots().find({ day: '2026-11-27' }).toArray();
  for (const slot of open) t.is(slot.left, slot.capacity);
  t.is((await ledgers().findOne({ _id: 'wang' }))!.claims.length, 0);
});

test.serial(
  'a visit is reminded of the evening before and two hours before, each once, and no more when cancelled',
  async (t) => {
    const room = testRoom(4);
    const app = await serveBooking(room);
    t.teardown(app.close);
    await book(app, 'wang:1', { start: '10:00' });
    const other = await book(app, 'li:1', { start: '10:00' });
    room.clock.set('2026-11-25T09:59:00Z');
    t.is(await remindBookings(room), 0);
    room.clock.set('2026-11-25T10:00:00Z'); // 18:00
    t.deepEqual([await remindBookings(room), await remindBookings(room)], [2, 0]);
    await app.post(`/api/bookings/${other.id}/cancel`, 'li:1');
    room.clock.set('2026-11-26T00:00:00Z');
    const late = await book(app, 'he:1', { start: '10:00' });
    t.truthy(late.number);
    t.deepEqual([await remindBookings(room), await remindBookings(room)], [1, 0]);
    t.is(await NoticeModel.countDocuments({ personId: 'wang', kind: 'booking.reminder' }), 2);
    t.is(await NoticeModel.countDocuments({ personId: 'he', kind: 'booking.reminder' }), 0);
  },
);
