import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import { type Government, startGovernment } from '../../mocks/government/server.ts';
import { cancelBooking } from '../areas/booking/cancelBooking.ts';
import { closeHall } from '../areas/booking/closeHall.ts';
import { confirmBooking } from '../areas/booking/confirmBooking.ts';
import { findOwnBooking } from '../areas/booking/findBooking.ts';
import { holdSlot } from '../areas/booking/holdSlot.ts';
import { ledgers } from '../areas/booking/ledgerModel.ts';
import { bookings } from '../areas/booking/model.ts';
import type { BookingRoom } from '../areas/booking/room.ts';
import { slots } from '../areas/booking/slotModel.ts';
import { serveBooking } from '../areas/booking/testing/app.ts';
import { clearAll } from '../areas/booking/testing/clear.ts';
import { matter, plainCalendar, smallHall, type TestRoom, testRoom } from '../areas/booking/testing/room.ts';
import { MatterModel } from '../areas/matters/model.ts';
import { NoticeModel } from '../areas/notices/model.ts';
import { PersonModel } from '../areas/people/model.ts';
import { openPersonalData, sealIdentity } from '../areas/people/personalData.ts';
import { checkInAtKiosk } from '../areas/queue/checkIn.ts';
import { tickets } from '../areas/queue/model.ts';
import { queueRules } from '../areas/queue/settings.ts';
import { createCityBooking } from '../government/booking/client.ts';
import { followChanges, type StepRoom, sendNext } from '../government/booking/keepInStep.ts';
import { CityOrderModel } from '../government/booking/orderModel.ts';
import type { CityBooking } from '../government/booking/port.ts';
import { CallLog } from '../government/kit/callLog.ts';
import { SystemGate } from '../government/kit/systemGate.ts';
import { policyOf } from '../government/policies.ts';
import { systemClock } from '../kernel/clock.ts';
import { createFieldCipher } from '../kernel/crypto/fieldCipher.ts';
import { useDatabase } from '../testing/database.ts';
import { type CityRoom, openCityBooking, reconcile, stepRoom } from './cityBooking.ts';

interface House {
  government: Government;
  city: CityBooking;
  room: TestRoom & BookingRoom;
  channel: CityRoom;
  step: StepRoom;
}

const test = anyTest as TestFn<{ government: Government; city: CityBooking & { close(): Promise<void> } }>;
useDatabase(anyTest as TestFn);

const orgCodes = { small: 'ZC-A' };
const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };
const idNumbers: Record<string, string> = { wang: '440118199001010019', chen: '440183197605200030' };
const slot = { org: 'ZC-A', item: 'id', day: '2026-11-26', time: '09:00-09:30' };

test.before(async (t) => {
  openPersonalData(createFieldCipher({ fieldKeys: ['0'.repeat(32)], indexKey: '1'.repeat(64) }));
  const government = await startGovernment({
    identity: { clientId: 'a', clientSecret: 'b' },
    gateway: { paasId: 'p', token: 'gateway-token' },
    now: () => new Date('2026-11-25T02:00:00Z'),
    seed: 7,
  });
  government.booking.capacity = 10;
  government.booking.others = false;
  const policy = {
    ...policyOf('booking'),
    maintenance: [],
    timeoutMs: 2000,
    breaker: { failures: 1000, restMs: 50 },
  };
  const gate = new SystemGate(policy, { clock: systemClock(), callLog: new CallLog() });
  t.context.government = government;
  t.context.city = createCityBooking({ base: `${government.url}/booking`, gate });
});
test.after.always(async (t) => {
  await t.context.city?.close();
  await t.context.government?.close();
});

type T = ExecutionContext<{ government: Government; city: CityBooking }>;

/** A hall with one place a half hour (or more), two matters, two people with accounts, joined to the city. */
async function house(t: T, windows = 1): Promise<House> {
  await clearAll();
  const { government, city } = t.context;
  government.booking.reset();
  government.booking.moods = { refuseFree: 0, oversell: 0 };
  government.setProfile('booking', {});
  const at = new Date('2026-11-25T00:00:00Z');
  for (const [id, idNumber] of Object.entries(idNumbers)) {
    const plain = { code: id, name: '王小明', idType: '10', idNumber, phone: '13800000001', version: null };
    const nobody = { unionid: null, officialAccountOpenid: null, miniProgramOpenid: null };
    await PersonModel.create({
      ...{ _id: id, ...nobody, follower: false, seniorMode: false, level: 2, createdAt: at },
      identity: sealIdentity(id, plain, { boundAt: at, checkedAt: at }),
    });
  }
  for (const id of ['id', 'passport']) {
    const { id: _id, ...rest } = matter(id);
    await MatterModel.collection.insertOne({ _id, ...rest } as never);
  }
  const base = testRoom(windows, '2026-11-25T02:00:00Z');
  const channel = openCityBooking(city, base.clock, orgCodes);
  const room = { ...base, city: channel.channel };
  return { government, city, room, channel, step: stepRoom(city, room, orgCodes) };
}

/** Sends what is due until nothing is open. */
async function workAll(t: T, { step, room }: House): Promise<void> {
  for (let round = 0; round < 50; round++) {
    while (await sendNext(step));
    if ((await CityOrderModel.countDocuments({ open: true })) === 0) return;
    room.clock.forward(60_000);
  }
  t.fail('work is left');
}

const book = async ({ room }: House, who: string, change: Partial<typeof wish> = {}) =>
  confirmBooking(room, who, (await holdSlot(room, who, { ...wish, ...change }, 'weapp'))._id);
const states = (government: Government) =>
  government.booking.orders.map(({ out_no, state }) => `${out_no}:${state}`);

test.serial('R8.3: what is booked, moved and cancelled here stands so in the city’s system', async (t) => {
  const h = await house(t);
  const mine = await book(h, 'wang');
  await workAll(t, h);
  t.deepEqual(states(h.government), ['ZC2611260001:1']);
  t.like(h.government.booking.orders[0], { org_code: 'ZC-A', predate: '2026-11-26', time: '09:00-09:30' });
  await cancelBooking(h.room, 'wang', mine._id, undefined);
  await workAll(t, h);
  t.deepEqual(states(h.government), ['ZC2611260001:2']);
  t.is(await followChanges(h.step), 0, 'the echo of our own is no news');
  await book(h, 'chen', { date: '2026-11-25', start: '14:00' });
  t.is(await CityOrderModel.countDocuments({ open: true }), 0, 'the city takes none for today');
});

test.serial(
  'section 9 no. 8: the last place, wanted here and in another channel at once, goes once',
  async (t) => {
    const h = await house(t);
    const elsewhere = h.government.booking.bookElsewhere(
      slot.org,
      slot.item,
      slot.day,
      slot.time,
      'other-1',
    )!;
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 10 }, (_, index) => holdSlot(h.room, `P${index}`, wish, 'weapp')),
      followChanges(h.step),
    ]);
    const here = outcomes.slice(0, 10).filter((each) => each.status === 'fulfilled').length;
    const there = await bookings().countDocuments({ number: elsewhere, state: 'booked' });
    t.is(here + there, 1);
    const [stored] = await slots().find({}).toArray();
    t.deepEqual([stored!.left, stored!.holders.length], [0, 1]);
    await workAll(t, h);
    t.is(
      h.government.booking.orders[0]!.state,
      there === 1 ? '1' : '3',
      'who has no place here has none there',
    );
  },
);

test.serial(
  'section 9 no. 9: the city’s reply is lost and the citizen taps again: one booking, one number',
  async (t) => {
    const h = await house(t);
    h.government.setProfile('booking', { lostReplyRate: 1 });
    const held = await holdSlot(h.room, 'wang', wish, 'weapp');
    const first = await confirmBooking(h.room, 'wang', held._id);
    await sendNext(h.step);
    const again = await confirmBooking(h.room, 'wang', held._id);
    t.is(again.number, first.number);
    h.government.setProfile('booking', {});
    await workAll(t, h);
    t.deepEqual(states(h.government), ['ZC2611260001:1']);
  },
);

test.serial(
  'section 9 no. 10: closed by a typhoon here, it is cancelled there too, whoever made it',
  async (t) => {
    const h = await house(t, 3);
    await book(h, 'wang');
    h.government.booking.bookElsewhere(slot.org, slot.item, slot.day, slot.time, 'other-1');
    await followChanges(h.step);
    await workAll(t, h);
    const closing = { hall: 'small', date: slot.day, from: '00:00', to: '23:59', reason: '台风红色预警' };
    const closed = await closeHall(h.room, closing, 'staff:S1');
    t.deepEqual([closed.hit.length, closed.offered], [2, 1], 'a stranger cannot take an offer up');
    await workAll(t, h);
    t.true(h.government.booking.orders.every(({ state }) => state !== '1'));
    t.is((await ledgers().findOne({ _id: 'wang' }))!.strikes.length, 0);
  },
);

test.serial(
  'the hall cancels at the city: here another time is held, and the person is told once',
  async (t) => {
    const h = await house(t);
    const mine = await book(h, 'wang');
    await workAll(t, h);
    h.government.booking.cancelByHall({ day: slot.day }, '系统升级');
    h.government.setProfile('booking', { dupCallback: 3, outOfOrder: true });
    await followChanges(h.step);
    await followChanges(h.step);
    const old = await findOwnBooking('wang', mine._id);
    t.is(old.state, 'cancelledByHall');
    const offer = await findOwnBooking('wang', old.replacedBy!);
    t.is(offer.state, 'held');
    t.not(offer.slotId, mine.slotId);
    t.is(await NoticeModel.countDocuments({ kind: 'booking.cancelledByHall' }), 1);
  },
);

test.serial('the city has no place although we have: ours ends with another time held', async (t) => {
  const h = await house(t);
  h.government.booking.moods.refuseFree = 1;
  const mine = await book(h, 'wang');
  await workAll(t, h);
  const old = await findOwnBooking('wang', mine._id);
  t.like(old, { state: 'cancelledByHall' });
  t.truthy(old.replacedBy);
  const notice = await NoticeModel.findOne({ kind: 'booking.cancelledByHall' }).lean();
  t.regex(notice!.values['reason']!, /市预约系统已约满/);
});

test.serial(
  'R5.1.4: a booking of another channel takes a place here, is seen, checked in, and cancelled like ours',
  async (t) => {
    const h = await house(t, 3);
    const app = await serveBooking(h.room);
    t.teardown(app.close);
    const known = h.government.booking.bookElsewhere(
      slot.org,
      'id',
      slot.day,
      slot.time,
      idNumbers['wang']!,
      {
        channel: '穗好办',
      },
    )!;
    const stranger = h.government.booking.bookElsewhere(
      slot.org,
      'id',
      slot.day,
      '10:00-10:30',
      '440118200001010012',
    )!;
    h.government.booking.bookElsewhere('OTHER', 'id', slot.day, slot.time, 'x');
    h.government.setProfile('booking', { dupCallback: 2, outOfOrder: true });
    await followChanges(h.step);
    await followChanges(h.step);
    t.is(await bookings().countDocuments({}), 2);
    const stored = await slots().find({ start: '09:00' }).toArray();
    t.deepEqual([stored[0]!.left, stored[0]!.holders.length], [3, 1]);
    const mine = (await app.get('/api/bookings', 'wang:1')).body.bookings;
    t.like(mine[0], { number: known, channelLabel: '市预约系统（穗好办）', canCancel: true });
    const seen = (await app.get('/api/staff/bookings?date=2026-11-26', 'staff:windowClerk')).body.rows;
    t.like(seen[1], {
      number: stranger,
      person: '陈*例',
      phone: '138****0099',
      channel: '市预约系统（大厅）',
    });
    const twice = await app.post('/api/bookings', 'wang:1', { ...wish, start: '11:00' });
    t.is(twice.body.error.id, 'booking.already_booked', 'it counts in the quota');

    await app.post(`/api/bookings/${known}/cancel`, 'wang:1');
    await workAll(t, h);
    t.is(h.government.booking.orders[0]!.state, '2');
    const { clock, calendar, secret, findHall, findPeople } = h.room;
    clock.set(new Date('2026-11-26T02:00:00Z'));
    const queue = { clock, calendar, secret, findHall, findPeople, rules: queueRules };
    const kiosk = {
      _id: 'K1',
      hallId: smallHall().id,
      name: '一号',
      tokenHash: '',
      locked: false,
      seenAt: null,
    };
    const ticket = await checkInAtKiosk(queue, kiosk, stranger);
    t.like(await tickets().findOne({ _id: ticket._id }), { kind: 'booked', bookingNumber: stranger });
  },
);

test.serial(
  'section 9 no. 11: a make-up Saturday is booked with us, and stays so where the city knows no such day',
  async (t) => {
    const h = await house(t);
    const special = {
      '2026-11-27': { name: '调休', works: false },
      '2026-11-28': { name: '补班', works: true },
    };
    const room = { ...h.room, calendar: plainCalendar(special) };
    await t.throwsAsync(holdSlot(room, 'wang', { ...wish, date: '2026-11-27' }, 'weapp'), {
      message: /不对外办公/,
    });
    const hours = smallHall(1, {
      hours: [{ weekdays: [1, 2, 3, 4, 5, 6], intervals: [['09:00', '12:00']] }],
    });
    room.halls.set('small', hours);
    const held = await holdSlot(room, 'wang', { ...wish, date: '2026-11-28' }, 'weapp');
    const booked = await confirmBooking(room, 'wang', held._id);
    await workAll(t, h);
    t.is((await CityOrderModel.findById(booked.number))?.state, 'refused', 'the city works Monday to Friday');
    t.is((await findOwnBooking('wang', booked._id)).state, 'booked');
    t.like(await reconcile(h.step, room, h.channel.channel, orgCodes, 5), { sent: 0, endedHere: 0 });
  },
);

test.serial(
  'section 9 no. 12: booked elsewhere and sixteen minutes late is a walk-in ticket, by our clock',
  async (t) => {
    const h = await house(t);
    const number = h.government.booking.bookElsewhere(slot.org, 'id', slot.day, slot.time, 'other-1')!;
    await followChanges(h.step);
    const { clock, calendar, secret, findHall, findPeople } = h.room;
    clock.set(new Date('2026-11-26T01:16:00Z'));
    const queue = { clock, calendar, secret, findHall, findPeople, rules: queueRules };
    const kiosk = { _id: 'K1', hallId: 'small', name: '一号', tokenHash: '', locked: false, seenAt: null };
    const ticket = await checkInAtKiosk(queue, kiosk, number);
    t.like(ticket, { kind: 'walkIn', bookingNumber: number });
  },
);

test.serial('what is over when we hear of it is not taken over', async (t) => {
  const h = await house(t);
  h.government.booking.bookElsewhere(slot.org, 'id', slot.day, slot.time, 'other-1');
  h.room.clock.set(new Date('2026-11-26T02:00:00Z'));
  await followChanges(h.step);
  t.is(await bookings().countDocuments({}), 0);
});

test.serial('cancelled elsewhere by its person, the place here is free again', async (t) => {
  const h = await house(t);
  const order = h.government.booking.bookElsewhere(slot.org, 'id', slot.day, slot.time, 'other-1')!;
  await followChanges(h.step);
  await t.throwsAsync(book(h, 'wang'), { message: /约满/ });
  h.government.booking.cancelByPerson(order);
  await followChanges(h.step);
  t.is((await book(h, 'wang')).state, 'booked');
});

test.serial('staff cancel one booking, of either channel, with a reason and another time', async (t) => {
  const h = await house(t);
  const app = await serveBooking(h.room);
  t.teardown(app.close);
  const mine = await book(h, 'wang');
  const path = `/api/staff/bookings/${mine._id}/cancel`;
  t.is((await app.post(path, 'staff:windowClerk', { reason: '窗口停电' })).status, 403);
  t.is((await app.post(path, 'staff:hallManager', { reason: '窗口停电' })).status, 204);
  t.like(await findOwnBooking('wang', mine._id), { state: 'cancelledByHall' });
  t.is((await app.post(path, 'staff:hallManager', { reason: '窗口停电' })).status, 204, 'again: the same');
});

test.serial('reconciliation finds what got lost on either side, and puts it right', async (t) => {
  const h = await house(t, 4);
  const missing = await book(h, 'wang');
  await book(h, 'chen', { start: '10:00' });
  await workAll(t, h);
  t.deepEqual(await reconcile(h.step, h.room, h.channel.channel, orgCodes, 3), {
    ...{ imported: 0, endedHere: 0, sent: 0, endedThere: 0 },
  });
  // A change of theirs that we never read, one of ours that never was written down, one that vanished there.
  const order = h.government.booking.orders.find(({ out_no }) => out_no !== missing.number)!;
  h.government.booking.cancelByHall({ orderNo: order.order_no }, '系统升级');
  h.government.booking.bookElsewhere(slot.org, 'id', slot.day, '11:00-11:30', 'other-1');
  h.government.booking.forget(missing.number!);
  const counts = await reconcile(h.step, h.room, h.channel.channel, orgCodes, 3);
  t.deepEqual(counts, { imported: 1, endedHere: 1, sent: 1, endedThere: 0 });
  await workAll(t, h);
  t.is(
    h.government.booking.orders.filter(({ out_no, state }) => out_no === missing.number && state === '1')
      .length,
    1,
  );
  t.deepEqual(await reconcile(h.step, h.room, h.channel.channel, orgCodes, 3), {
    ...{ imported: 0, endedHere: 0, sent: 0, endedThere: 0 },
  });
});
