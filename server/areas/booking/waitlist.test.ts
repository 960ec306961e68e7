import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { NoticeModel } from '../notices/model.ts';
import { ledgers } from './ledgerModel.ts';
import { bookings } from './model.ts';
import { serveWaitlists } from './serveWaitlist.ts';
import { slots } from './slotModel.ts';
import { sweepHolds } from './sweepHolds.ts';
import { serveBooking, type TestApp } from './testing/app.ts';
import { clearAll } from './testing/clear.ts';
import { testRoom } from './testing/room.ts';
import { waits } from './waitModel.ts';

useDatabase(test);
test.beforeEach(clearAll);

const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };
const minutes = (count: number): number => count * 60_000;

async function book(app: TestApp, who: string, change: Partial<typeof wish> = {}) {
  const held = await app.post('/api/bookings', `${who}:1`, { ...wish, ...change });
  if (held.status !== 200) return held.body;
  return (await app.post(`/api/bookings/${held.body.id}/confirm`, `${who}:1`)).body;
}
const join = (app: TestApp, who: string, change: Record<string, unknown> = {}) =>
  app.post('/api/booking/waits', `${who}:1`, { ...wish, ...change });
const waitsOf = async (app: TestApp, who: string) =>
  (await app.get('/api/booking/waits', `${who}:1`)).body.waits;

test.serial(
  'R5.1.1: a full slot has a line: first come, first offered, by notice; the next one on silence',
  async (t) => {
    const room = testRoom(1);
    const app = await serveBooking(room);
    t.teardown(app.close);
    const early = await join(app, 'li');
    t.is(early.body.error.id, 'booking.place_free', 'nobody waits for what is free');
    const mine = await book(app, 'wang');
    const first = await join(app, 'li');
    t.like(first.body, { state: 'waiting', ahead: 0, start: '09:00', dayLabel: '11月26日 周四' });
    t.like((await join(app, 'he')).body, { state: 'waiting', ahead: 1 });
    t.is((await join(app, 'li')).body.id, first.body.id, 'asked twice, one wait');
    const { slots: seen } = (await app.get('/api/booking/slots?matter=id&hall=small&date=2026-11-26')).body;
    t.like(seen[0], { state: 'full', waiting: 2, canWait: true });

    await app.post(`/api/bookings/${mine.id}/cancel`, 'wang:1');
    const [offered] = await waitsOf(app, 'li');
    t.like(offered, { state: 'offered', stateLabel: '有名额了', offerUntil: '2026-11-25T00:55:00.000Z' });
    const notice = await NoticeModel.findOne({ personId: 'li', kind: 'booking.offer' }).lean();
    t.like(notice!.values, { result: '有名额了，保留到08:55' });
    t.is(notice!.page, `packages/booking/confirm/index?id=${offered.bookingId}`);
    t.is((await app.post('/api/bookings', 'zhang:1', wish)).body.error.id, 'booking.slot_full');

    room.clock.forward(minutes(15));
    await sweepHolds(room);
    t.like((await waitsOf(app, 'li'))[0], { state: 'passed' });
    const [next] = await waitsOf(app, 'he');
    t.is(next.state, 'offered');
    const done = await app.post(`/api/bookings/${next.bookingId}/confirm`, 'he:1');
    t.like(done.body, { state: 'booked', number: 'ZC2611260002' });
    t.is((await waitsOf(app, 'he'))[0].state, 'accepted');
    t.is(await NoticeModel.countDocuments({ kind: 'booking.offer' }), 2);
  },
);

test.serial('a released place that cools down is shut for all but the line', async (t) => {
  const room = testRoom(1, undefined, { coolDownMinutes: { least: 5, most: 30 } });
  const app = await serveBooking(room);
  t.teardown(app.close);
  const mine = await book(app, 'wang');
  await join(app, 'li');
  await app.post(`/api/bookings/${mine.id}/cancel`, 'wang:1');
  t.is((await waitsOf(app, 'li'))[0].state, 'offered');
  const [slot] = await slots().find({}).toArray();
  t.deepEqual([slot!.left, slot!.holders.length, slot!.cooling.length, slot!.waiting.length], [0, 1, 0, 0]);
});

test.serial(
  'while anybody waits, a free place goes to nobody else, whoever asks at that moment',
  async (t) => {
    const room = testRoom(1, '2026-11-25T00:40:00Z');
    const app = await serveBooking(room);
    t.teardown(app.close);
    const mine = await book(app, 'wang', { start: '16:00' });
    const late = { start: '16:00' };
    await join(app, 'li', late);
    room.clock.set(new Date('2026-11-25T15:00:00Z')); // 23:00: nobody is asked at night
    await app.post(`/api/bookings/${mine.id}/cancel`, 'wang:1');
    t.is((await waitsOf(app, 'li'))[0].state, 'waiting');
    const grabbed = await Promise.all(
      ['he', 'zhang', 'chen'].map((who) => app.post('/api/bookings', `${who}:1`, { ...wish, ...late })),
    );
    for (const each of grabbed) t.is(each.body.error.id, 'booking.slot_full');
    room.clock.set(new Date('2026-11-25T23:00:00Z')); // 07:00
    await serveWaitlists(room);
    t.is((await waitsOf(app, 'li'))[0].state, 'offered');
  },
);

test.serial('who waits for any time of a day gets the first that comes, once', async (t) => {
  const room = testRoom(1, '2026-11-25T00:40:00Z', { slotMinutes: 120, unitMinutes: 120 });
  const app = await serveBooking(room);
  t.teardown(app.close);
  const held = [];
  for (const [index, start] of ['09:00', '13:00', '15:00'].entries())
    held.push(await book(app, `P${index}`, { start }));
  const any = await join(app, 'li', { start: undefined });
  t.like(any.body, { start: null, ahead: 0 });
  await Promise.all(held.map((each, index) => app.post(`/api/bookings/${each.id}/cancel`, `P${index}:1`)));
  t.is(await bookings().countDocuments({ personId: 'li' }), 1);
  t.is((await waitsOf(app, 'li'))[0].state, 'offered');
  const stored = await slots().find({}).toArray();
  t.deepEqual(
    stored.flatMap((each) => each.waiting),
    [],
  );
  t.is(
    stored.reduce((sum, each) => sum + each.left, 0),
    2,
    'the rest is open to all',
  );
});

test.serial(
  'I2: quotas hold at the join and at the offer; who may no longer have it is passed over',
  async (t) => {
    const room = testRoom(1);
    const app = await serveBooking(room);
    t.teardown(app.close);
    const mine = await book(app, 'wang');
    await join(app, 'li');
    await join(app, 'he');
    await book(app, 'li', { matter: 'passport', start: '10:00' });
    await book(app, 'li', { matter: 'wedding', start: '11:00' }); // two on that day now
    await app.post(`/api/bookings/${mine.id}/cancel`, 'wang:1');
    t.like((await waitsOf(app, 'li'))[0], { state: 'closed', note: '您已有别的预约' });
    t.is((await waitsOf(app, 'he'))[0].state, 'offered');
    t.is((await join(app, 'li', { matter: 'hukou' })).body.error.id, 'booking.day_quota');
    t.is(await NoticeModel.countDocuments({ personId: 'li', kind: 'booking.waitEnded' }), 1);
  },
);

test.serial('two waits a person, whatever is asked at once', async (t) => {
  const app = await serveBooking(testRoom(1));
  t.teardown(app.close);
  const starts = ['09:00', '09:30', '10:00', '10:30'];
  for (const [index, start] of starts.entries()) await book(app, `P${index}`, { start });
  const matters = ['id', 'passport', 'hukou', 'long'];
  const answers = await Promise.all(
    starts.map((start, index) => join(app, 'li', { start, matter: matters[index] })),
  );
  t.deepEqual(answers.map((each) => each.body.error?.id ?? 'in').sort(), [
    ...['booking.wait_quota', 'booking.wait_quota', 'in', 'in'],
  ]);
  t.is(await waits().countDocuments({ personId: 'li', open: true }), 2);
});

test.serial('leaving the line, and declining an offer, let the next one in', async (t) => {
  const app = await serveBooking(testRoom(1));
  t.teardown(app.close);
  const mine = await book(app, 'wang');
  const li = await join(app, 'li');
  await join(app, 'he');
  await join(app, 'chen');
  t.is((await app.post(`/api/booking/waits/${li.body.id}/leave`, 'he:1')).status, 404, 'not another’s');
  t.is((await app.post(`/api/booking/waits/${li.body.id}/leave`, 'li:1')).body.state, 'left');
  await app.post(`/api/bookings/${mine.id}/cancel`, 'wang:1');
  const [offer] = await waitsOf(app, 'he');
  await app.post(`/api/bookings/${offer.bookingId}/cancel`, 'he:1');
  t.is((await waitsOf(app, 'he'))[0].state, 'declined');
  t.is((await waitsOf(app, 'chen'))[0].state, 'offered');
  t.deepEqual((await ledgers().findOne({ _id: 'he' }))!.claims, []);
});

test.serial(
  'the line closes an hour before the time, and when the hall does; then the place is open to all',
  async (t) => {
    const room = testRoom(1);
    const app = await serveBooking(room);
    t.teardown(app.close);
    await book(app, 'wang');
    await join(app, 'li');
    room.clock.set(new Date('2026-11-26T00:00:00Z')); // 08:00
    await serveWaitlists(room);
    t.like((await waitsOf(app, 'li'))[0], { state: 'closed', note: '临近办理时间' });
    t.is((await join(app, 'he')).body.error.id, 'booking.wait_closed');

    await book(app, 'chen', { date: '2026-11-27' });
    await join(app, 'li', { date: '2026-11-27' });
    const closing = { hall: 'small', date: '2026-11-27', reason: '台风红色预警' };
    await app.post('/api/staff/closures', 'staff:hallManager', closing);
    const closed = (await waitsOf(app, 'li')).find((each: { date: string }) => each.date === '2026-11-27');
    t.like(closed, { state: 'closed', note: '台风红色预警' });
    t.is((await join(app, 'he', { date: '2026-11-27' })).body.error.id, 'booking.day_closed');
  },
);
