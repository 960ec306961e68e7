import { fork } from 'node:child_process';
import test from 'ava';
import { useDatabase } from '../../testing/database.ts';
import { NoticeModel } from '../notices/model.ts';
import { CounterModel } from './counterModel.ts';
import { ledgers } from './ledgerModel.ts';
import { bookings } from './model.ts';
import { slots } from './slotModel.ts';
import { sweepHolds } from './sweepHolds.ts';
import { type Answer, serveBooking } from './testing/app.ts';
import { plainCalendar, testRoom } from './testing/room.ts';

const place = useDatabase(test);
const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };
const daysOf = '/api/booking/days?matter=id&hall=small';
const slotsOf = (date: string): string => `/api/booking/slots?matter=id&hall=small&date=${date}`;

test.beforeEach(async () => {
  await Promise.all([
    bookings().deleteMany({}),
    slots().deleteMany({}),
    NoticeModel.deleteMany({}),
    ledgers().deleteMany({}),
    CounterModel.deleteMany({}),
  ]);
});

test.serial(
  'R5.1.1: a citizen holds, confirms, and is told the matter, the time and the place',
  async (t) => {
    const room = testRoom();
    const app = await serveBooking(room);
    t.teardown(app.close);
    const held = await app.post('/api/bookings', 'wang:2', wish);
    t.is(held.status, 200);
    t.deepEqual([held.body.state, held.body.number, held.body.start], ['held', null, '09:00']);
    t.is(held.body.holdUntil, '2026-11-25T00:55:00.000Z');
    const again = await app.post('/api/bookings', 'wang:2', wish);
    t.is(again.body.id, held.body.id, 'the same request answers the same hold');

    const seen = await app.get(slotsOf('2026-11-26'));
    t.is(seen.body.slots[0].state, 'beingTaken');

    const booked = await app.post(`/api/bookings/${held.body.id}/confirm`, 'wang:2');
    t.is(booked.body.number, 'ZC2611260001');
    t.regex(booked.body.qrText, /^ZCQ1\.[0-9A-Z]{26}\.[\w-]{22}$/);
    t.is(booked.body.cancelNote, '可在 11月26日 08:00 前取消');
    const twice = await app.post(`/api/bookings/${held.body.id}/confirm`, 'wang:2');
    t.is(twice.body.number, 'ZC2611260001', 'a reply that was lost is given again');

    const notices = await NoticeModel.find({ personId: 'wang' }).lean();
    t.is(notices.length, 1);
    const [notice] = notices;
    t.is(notice!.kind, 'booking.confirmed');
    t.like(notice!.values, {
      matter: '事项id',
      time: '2026年11月26日 09:00~09:30',
      hall: '示例政务服务中心B区',
      number: 'ZC2611260001',
    });
    t.is(notice!.page, `packages/booking/detail/index?id=${held.body.id}`);
    t.is((await app.get(slotsOf('2026-11-26'))).body.slots[0].state, 'full');
    t.is((await app.get('/api/bookings', 'wang:2')).body.bookings.length, 1);
    t.is((await app.get('/api/bookings/ZC2611260001', 'wang:2')).body.id, held.body.id);
  },
);

test.serial('R5.1.4: a cancelled place is free again at once, and a message says so', async (t) => {
  const room = testRoom();
  const app = await serveBooking(room);
  t.teardown(app.close);
  const held = await app.post('/api/bookings', 'wang:2', wish);
  await app.post(`/api/bookings/${held.body.id}/confirm`, 'wang:2');
  t.is((await app.post('/api/bookings', 'li:2', wish)).body.error.id, 'booking.slot_full');
  const cancelled = await app.post(`/api/bookings/${held.body.id}/cancel`, 'wang:2', { reason: '临时有事' });
  t.deepEqual([cancelled.status, cancelled.body.state], [200, 'cancelled']);
  t.is((await app.get(slotsOf('2026-11-26'))).body.slots[0].left, 1);
  t.is((await app.post('/api/bookings', 'li:2', wish)).status, 200);
  const kinds = await NoticeModel.find({ personId: 'wang' }).sort({ _id: 1 }).lean();
  t.deepEqual(kinds.map((each) => each.kind).sort(), ['booking.cancelled', 'booking.confirmed']);
  t.is((await app.get('/api/bookings?state=past', 'wang:2')).body.bookings[0].state, 'cancelled');
  t.is(
    (await app.post(`/api/bookings/${held.body.id}/cancel`, 'wang:2')).status,
    200,
    'sent twice, done once',
  );
  t.is(await NoticeModel.countDocuments({ personId: 'wang' }), 2);
});

test.serial(
  'I1: 50 people race for the last place over HTTP; one wins, 49 get one clear error',
  async (t) => {
    const app = await serveBooking(testRoom());
    t.teardown(app.close);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => app.post('/api/bookings', `P${index}:1`, wish)),
    );
    t.is(answers.filter((each) => each.status === 200).length, 1);
    const refused = answers.filter((each) => each.status !== 200);
    t.is(refused.length, 49);
    for (const each of refused) t.is(each.body.error.id, 'booking.slot_full');
    const [slot] = await slots().find({}).toArray();
    t.deepEqual([slot!.left, slot!.holders.length], [0, 1]);
    t.is(await bookings().countDocuments({}), 1);
  },
);

test.serial(
  'I1: two processes race for 10 places with 50 people; ten numbers, dense and unique',
  async (t) => {
    const windows = 7; // 7 windows × 2 − 30 % = 9 places
    const racers = [0, 25].map((first) =>
      fork(
        new URL('./testing/racer.ts', import.meta.url),
        [place.uri, place.name, String(first), '25', String(windows)],
        { execArgv: ['--import=tsx'] },
      ),
    );
    const next = (index: number) =>
      new Promise<unknown>((resolve, reject) => {
        racers[index]!.once('message', resolve);
        racers[index]!.once('error', reject);
      });
    await Promise.all(racers.map((_, index) => next(index)));
    const results = racers.map((_, index) => next(index));
    for (const racer of racers) racer.send('go');
    const all = ((await Promise.all(results)) as string[][]).flat();
    const numbers = all.filter((each) => each.startsWith('ZC')).sort();
    t.deepEqual(
      numbers,
      Array.from({ length: 9 }, (_, index) => `ZC261126000${index + 1}`),
    );
    t.is(all.filter((each) => each === 'booking.slot_full').length, 41);
    const [slot] = await slots().find({}).toArray();
    t.deepEqual([slot!.left, slot!.holders.length], [0, 9]);
  },
);

test.serial(
  'issue A, shows 5: each refusal has its Chinese message and id, and changes nothing',
  async (t) => {
    const room = testRoom(4);
    room.calendar = plainCalendar({ '2026-11-27': { name: '国庆节', works: false } });
    const app = await serveBooking(room);
    t.teardown(app.close);
    const first = await app.post('/api/bookings', 'wang:1', wish);
    await app.post(`/api/bookings/${first.body.id}/confirm`, 'wang:1');
    const before = JSON.stringify([await bookings().find({}).toArray(), await slots().find({}).toArray()]);
    const cases: [string, Promise<Answer>, number, string][] = [
    ['level too low', app.post('/api/bookings', 'he:0', wish), 403, 'hall.level_too_low'],
    ['closed day', app.post('/api/bookings', 'li:1', { ...wish, date: '2026-11-27' }), 409, 'booking.day_closed'],
    ['weekend', app.post('/api/bookings', 'li:1', { ...wish, date: '2026-11-28' }), 409, 'booking.day_closed'],
    ['past time', app.post('/api/bookings', 'li:1', { ...wish, date: '2026-11-24' }), 409, 'booking.slot_past'],
    ['no such day', app.post('/api/bookings', 'li:1', { ...wish, date: '2026-02-31' }), 409, 'booking.slot_past'],
    ['not released', app.post('/api/bookings', 'li:1', { ...wish, date: '2026-12-08' }), 409, 'booking.day_not_released'],
    ['lunch', app.post('/api/bookings', 'li:1', { ...wish, start: '12:30' }), 404, 'booking.slot_unknown'],
    ['again', app.post('/api/bookings', 'wang:1', wish), 409, 'booking.already_booked'],
    ['same matter', app.post('/api/bookings', 'wang:1', { ...wish, start: '10:00' }), 409, 'booking.already_booked'],
    ['matter not here', app.post('/api/bookings', 'li:1', { ...wish, matter: 'no' }), 404, 'booking.matter_not_here'],
    ['hall unknown', app.post('/api/bookings', 'li:1', { ...wish, hall: 'no' }), 404, 'booking.matter_not_here'],
    ['forged session', app.post('/api/bookings', 'forged', wish), 401, 'hall.sign_in_needed'],
    ['another’s number', app.get('/api/bookings/ZC2611260001', 'li:1'), 404, 'booking.not_found'],
    ['another’s id', app.post(`/api/bookings/${first.body.id}/cancel`, 'li:1'), 404, 'booking.not_found'],
    ['unknown id', app.get('/api/bookings/ZC2611269999', 'li:1'), 404, 'booking.not_found'],
    ['staff only', app.get('/api/staff/bookings', 'wang:1'), 401, 'hall.sign_in_needed'],
    ['wrong role', app.get('/api/staff/bookings', 'staff:publisher'), 403, 'hall.forbidden'],
  ]; // biome-ignore format: a table
    for (const [what, asked, status, id] of cases) {
      const answer = await asked;
      t.is(answer.status, status, what);
      t.is(answer.body.error.id, id, what);
      t.regex(answer.body.error.message, /[一-龥]/, what);
      t.false(JSON.stringify(answer.body).includes('wang'), what);
    }
    const closed = await app.post('/api/bookings', 'li:1', { ...wish, date: '2026-11-27' });
    t.regex(closed.body.error.message, /国庆节放假/);
    const after = JSON.stringify([await bookings().find({}).toArray(), await slots().find({}).toArray()]);
    t.is(after, before);
  },
);

test.serial('I2: two a day and five open, whatever is asked at once', async (t) => {
  const room = testRoom(20);
  const app = await serveBooking(room);
  t.teardown(app.close);
  const day = (date: string, matter: string, start: string) =>
    app.post('/api/bookings', 'wang:1', { ...wish, date, matter, start });
  const sameDay = await Promise.all(
    ['id', 'passport', 'hukou', 'wedding'].map((matter, at) => day('2026-11-26', matter, `1${at % 2}:00`)),
  );
  t.is(sameDay.filter((each) => each.status === 200).length, 2);
  for (const each of sameDay.filter((one) => one.status !== 200))
    t.is(each.body.error.id, 'booking.day_quota');
  const others = await Promise.all(
    ['2026-11-27', '2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03'].map((date) =>
      day(date, 'id', '09:00'),
    ),
  );
  t.is(others.filter((each) => each.status === 200).length, 3);
  for (const each of others.filter((one) => one.status !== 200))
    t.is(each.body.error.id, 'booking.open_quota');
  const stored = await slots().find({}).toArray();
  t.is(
    stored.reduce((sum, each) => sum + each.holders.length, 0),
    5,
    'who was refused keeps no place',
  );
});

test.serial('ten taps at once on the same slot are one hold', async (t) => {
  const app = await serveBooking(testRoom(20));
  t.teardown(app.close);
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => app.post('/api/bookings', 'wang:1', wish)),
  );
  t.deepEqual([...new Set(answers.map((each) => each.body.error?.id ?? each.status))], [200]);
  t.is(new Set(answers.map((each) => each.body.id)).size, 1);
  const [slot] = await slots().find({}).toArray();
  t.is(slot!.holders.length, 1);
});

test.serial(
  'a hold that runs out frees its place, for a reader at once and for all by the sweep',
  async (t) => {
    const room = testRoom();
    const app = await serveBooking(room);
    t.teardown(app.close);
    const held = await app.post('/api/bookings', 'wang:1', wish);
    room.clock.forward(15 * 60_000);
    t.is((await app.get(`/api/bookings/${held.body.id}`, 'wang:1')).body.state, 'expired');
    const late = await app.post(`/api/bookings/${held.body.id}/confirm`, 'wang:1');
    t.is(late.body.error.id, 'booking.hold_expired');
    const other = await app.post('/api/bookings', 'li:1', wish);
    t.is(other.status, 200);
    room.clock.forward(15 * 60_000);
    await sweepHolds(room);
    const [slot] = await slots().find({}).toArray();
    t.deepEqual([slot!.left, slot!.holders.length], [1, 0]);
    t.is(await bookings().countDocuments({ state: 'expired' }), 2);
  },
);

test.serial(
  'a crash after the place was taken leaves nothing behind once the hold would have ended',
  async (t) => {
    const room = testRoom();
    const app = await serveBooking(room);
    t.teardown(app.close);
    const held = await app.post('/api/bookings', 'wang:1', wish);
    await bookings().deleteMany({}); // the process died before its last step
    const retried = await app.post('/api/bookings', 'wang:1', wish);
    t.is(retried.body.id, held.body.id, 'the person’s own retry completes it');
    await bookings().deleteMany({});
    room.clock.forward(15 * 60_000);
    await sweepHolds(room);
    const [slot] = await slots().find({}).toArray();
    t.deepEqual([slot!.left, slot!.holders.length], [1, 0]);
    t.is((await app.post('/api/bookings', 'wang:1', wish)).status, 200);
  },
);

test.serial(
  'several matters in one visit take the sum of their time; other windows need another booking',
  async (t) => {
    const room = testRoom(4); // 4 × 2 − 30 % = 5 units
    const app = await serveBooking(room);
    t.teardown(app.close);
    const both = await app.post('/api/bookings', 'wang:1', { ...wish, also: ['passport'] });
    t.is(both.body.matter.name, '事项id等2项');
    t.is((await app.get(slotsOf('2026-11-26'))).body.slots[0].left, 3);
    const apart = await app.post('/api/bookings', 'li:1', { ...wish, also: ['wedding'] });
    t.is(apart.body.error.id, 'booking.not_together');
    const again = await app.post('/api/bookings', 'wang:1', { ...wish, matter: 'passport', start: '10:00' });
    t.is(again.body.error.id, 'booking.already_booked');
  },
);

test.serial('a scarce resource limits its matters where windows are free', async (t) => {
  const photo = { id: 'photo', name: '照相亭', hallId: 'small', matterIds: ['id'], perSlot: 1 };
  const app = await serveBooking(testRoom(10, undefined, { scarce: [photo] }));
  t.teardown(app.close);
  t.is((await app.post('/api/bookings', 'wang:1', wish)).status, 200);
  t.is((await app.post('/api/bookings', 'li:1', wish)).body.error.id, 'booking.slot_full');
  t.is((await app.post('/api/bookings', 'li:1', { ...wish, matter: 'passport' })).status, 200);
  t.is((await app.get(slotsOf('2026-11-26'))).body.slots[0].left, 0);
});

test.serial('staff see the bookings of the day, masked, with their counts', async (t) => {
  const app = await serveBooking(testRoom(4));
  t.teardown(app.close);
  for (const who of ['wang:1', 'li:1']) {
    const held = await app.post('/api/bookings', who, wish);
    await app.post(`/api/bookings/${held.body.id}/confirm`, who);
  }
  await app.post('/api/bookings', 'he:1', wish); // only held: not yet a booking
  const seen = await app.get('/api/staff/bookings?date=2026-11-26', 'staff:windowClerk');
  t.is(seen.body.total, 2);
  t.like(seen.body.rows[0], { number: 'ZC2611260001', person: '王*明', phone: '138****0001' });
  t.deepEqual(seen.body.counts, { booked: 2, cancelled: 0, done: 0, noShow: 0 });
  t.deepEqual(seen.body.starts, [{ start: wish.start, count: 2 }]);
  const found = await app.get('/api/staff/bookings?date=2026-11-26&q=0002', 'staff:windowClerk');
  t.is(found.body.total, 1);
});

for (const [what, at, covered] of [
  ['a Sunday at 23:30', '2026-11-29T15:30:00Z', '2027-12-31'],
  ['31 December', '2026-12-31T15:59:00Z', '2027-12-31'],
  ['the morning before the release', '2026-11-25T00:10:00Z', '2027-12-31'],
  ['a year that is estimated', '2027-06-01T02:00:00Z', '2027-12-31'],
] as const) {
  test.serial(`issue A, shows 8: at ${what} there is something to book, and it can be booked`, async (t) => {
    const room = testRoom(2, at);
    room.calendar = plainCalendar({}, covered, '2027-01-01');
    const app = await serveBooking(room);
    t.teardown(app.close);
    const { days, rules } = (await app.get(daysOf)).body;
    const open = days.filter((each: { state: string }) => each.state === 'open');
    t.true(open.length >= 6, JSON.stringify(days));
    for (const each of days) if (each.state === 'closed') t.regex(each.note, /周末休息|时段已过/);
    t.is(
      rules.some((each: string) => each.includes('估算')),
      open.at(-1).date >= '2027-01-01',
    );
    const { slots: times } = (await app.get(slotsOf(open.at(-1).date))).body;
    const held = await app.post('/api/bookings', 'wang:1', {
      ...wish,
      date: open.at(-1).date,
      start: times[0].start,
    });
    t.is(held.status, 200);
  });
}

test.serial('beyond the published calendar nothing can be booked', async (t) => {
  const room = testRoom(2, '2026-12-29T02:00:00Z');
  room.calendar = plainCalendar({}, '2026-12-31');
  const app = await serveBooking(room);
  t.teardown(app.close);
  const { days } = (await app.get(daysOf)).body;
  t.is(days.at(-1).date, '2026-12-31');
  const beyond = await app.post('/api/bookings', 'wang:1', { ...wish, date: '2027-01-04' });
  t.is(beyond.body.error.id, 'booking.day_closed');
  t.regex(beyond.body.error.message, /尚未公布/);
});

test.serial('a time that has begun is past by the server’s clock, and not offered', async (t) => {
  const room = testRoom(2, '2026-11-25T02:00:00Z'); // 10:00
  const app = await serveBooking(room);
  t.teardown(app.close);
  const { slots: times } = (await app.get(slotsOf('2026-11-25'))).body;
  t.deepEqual(
    times.slice(0, 4).map((each: { state: string }) => each.state),
    ['past', 'past', 'past', 'open'],
  );
  const past = await app.post('/api/bookings', 'wang:1', { ...wish, date: '2026-11-25', start: '10:00' });
  t.is(past.body.error.id, 'booking.slot_past');
});

test.serial('a cooled place stays shut until its time, against resale', async (t) => {
  const room = testRoom(1, undefined, { coolDownMinutes: { least: 5, most: 30 } });
  const app = await serveBooking(room);
  t.teardown(app.close);
  const held = await app.post('/api/bookings', 'wang:1', wish);
  await app.post(`/api/bookings/${held.body.id}/confirm`, 'wang:1');
  await app.post(`/api/bookings/${held.body.id}/cancel`, 'wang:1');
  t.is((await app.post('/api/bookings', 'li:1', wish)).body.error.id, 'booking.slot_full');
  room.clock.forward(30 * 60_000 + 1);
  t.is((await app.post('/api/bookings', 'li:1', wish)).status, 200);
});
