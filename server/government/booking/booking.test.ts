import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import { type Government, startGovernment } from '../../../mocks/government/server.ts';
import { systemClock, TestClock } from '../../kernel/clock.ts';
import { useDatabase } from '../../testing/database.ts';
import { CallLog, CallModel } from '../kit/callLog.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { SystemGate } from '../kit/systemGate.ts';
import { policyOf } from '../policies.ts';
import { createCityBooking } from './client.ts';
import { followChanges, queueCancel, queueOrder, type StepRoom, sendNext } from './keepInStep.ts';
import { CityCursorModel, CityOrderModel, type StoredOrder } from './orderModel.ts';
import type { CityBooking } from './port.ts';

interface World {
  government: Government;
  city: CityBooking;
  /** What our rows live by: due times and leases. */
  clock: TestClock;
  room: StepRoom;
  refused: string[];
  cancelled: string[];
  close(): Promise<void>;
}

const test = anyTest as TestFn<World>;
useDatabase(anyTest as TestFn);

const callLog = new CallLog();
const hallNow = new Date('2026-11-25T02:00:00Z');
const slot = {
  orgCode: 'ZC-A',
  itemCode: '11440118MB2X0001234440131007001',
  itemName: '食品经营许可（新办）',
  day: '2026-11-26',
  from: '09:00',
  until: '09:30',
};
const person = { id: 'P1', name: '王小明', idNumber: '440118199001010019', phone: '13800000001' };

test.before(async (t) => {
  const government = await startGovernment({
    identity: { clientId: 'a', clientSecret: 'b' },
    gateway: { paasId: 'p', token: 'gateway-token' },
    now: () => hallNow,
    seed: 7,
  });
  const real = systemClock();
  const policy = {
    ...policyOf('booking'),
    maintenance: [],
    timeoutMs: 1200, // longer than a busy machine takes
    breaker: { failures: 1000, restMs: 50 },
  };
  const gate = new SystemGate(policy, { clock: real, callLog });
  const city = createCityBooking({ base: `${government.url}/booking`, gate });
  const clock = new TestClock(new Date());
  const refused: string[] = [];
  const cancelled: string[] = [];
  t.context = {
    government,
    city,
    clock,
    refused,
    cancelled,
    room: {
      clock,
      city,
      personOf: async (id) => ({ ...person, id, idNumber: id === 'P1' ? person.idNumber : `id-${id}` }),
      onRefused: async (number, code) => void refused.push(`${number}:${code}`),
      onCancelledByHall: async (number, reason) => void cancelled.push(`${number}:${reason}`),
    },
    close: async () => void (await Promise.all([city.close(), government.close()])),
  };
});
test.after.always((t) => t.context.close?.());

test.beforeEach(async (t) => {
  const { government, refused, cancelled, clock } = t.context;
  government.booking.reset();
  government.booking.capacity = 4;
  government.booking.moods = { refuseFree: 0, oversell: 0 };
  government.setProfile('booking', {});
  refused.length = cancelled.length = 0;
  clock.set(new Date());
  await Promise.all([CityOrderModel.deleteMany({}), CityCursorModel.deleteMany({})]);
});

type T = ExecutionContext<World>;

/** Works until nothing is open, letting pauses pass. */
async function workAll(t: T): Promise<void> {
  for (let round = 0; round < 400; round++) {
    while (await sendNext(t.context.room));
    if ((await CityOrderModel.countDocuments({ open: true })) === 0) return;
    t.context.clock.forward(11 * 60_000);
  }
  t.fail('work is left after 400 rounds');
}

const row = async (number: string): Promise<StoredOrder | null> =>
  CityOrderModel.findById(number).lean<StoredOrder>();

test.serial('contract: free times, a booking, the same one found by our number, cancelled', async (t) => {
  const { city } = t.context;
  const { slots, fresh } = await city.slots(slot.orgCode, slot.itemCode, 30);
  t.true(fresh);
  t.is(slots.length % 14, 0);
  t.true(slots.some(({ day, from, free }) => day === '2026-11-26' && from === '09:00' && free));
  t.false(
    slots.some(({ day }) => day === '2026-11-28'),
    'a Saturday',
  );
  const { orderNo } = await city.create({ ...slot, ourNumber: 'ZC1', person });
  t.deepEqual(await city.find('ZC1'), [
    { orderNo, ourNumber: 'ZC1', day: '2026-11-26', state: 'booked', reason: null },
  ]);
  t.like(await t.throwsAsync(city.create({ ...slot, ourNumber: 'ZC2', person })), {
    kind: 'refused',
    code: 'duplicate',
  });
  t.like(await t.throwsAsync(city.create({ ...slot, day: '2026-11-28', ourNumber: 'ZC3', person })), {
    code: 'closedDay',
  });
  await city.cancel(orderNo, '本人取消');
  await city.cancel(orderNo, '本人取消');
  t.is((await city.find('ZC1'))[0]?.state, 'cancelledByPerson');
  t.like(await t.throwsAsync(city.cancel('GZ0', 'x')), { kind: 'refused', code: 'unknownOrder' });
});

test.serial('R8.3: bookings of every channel are one set; the last place goes once', async (t) => {
  const { city, government } = t.context;
  let free = 0;
  while (
    government.booking.bookElsewhere(slot.orgCode, slot.itemCode, slot.day, '09:00-09:30', `other-${free}`)
  )
    free += 1;
  t.true(free > 0);
  const { slots } = await city.slots(slot.orgCode, slot.itemCode, 30);
  t.false(slots.find(({ day, from }) => day === slot.day && from === '09:00')?.free);
  t.like(await t.throwsAsync(city.create({ ...slot, ourNumber: 'ZC1', person })), { code: 'full' });
});

test.serial(
  'with the system down the last free times are given with their age, and words of trouble are an outage',
  async (t) => {
    const { city, government } = t.context;
    const before = await city.slots(slot.orgCode, slot.itemCode, 30);
    for (const fault of [{ http5xx: 1 }, { htmlErrRate: 1 }, { bizErrRate: 1 }, { timeoutRate: 1 }]) {
      government.setProfile('booking', fault);
      const after = await city.slots(slot.orgCode, slot.itemCode, 30);
      t.deepEqual([after.slots, after.fresh], [before.slots, false]);
      const error = (await t.throwsAsync(
        city.create({ ...slot, ourNumber: 'ZC1', person }),
      )) as GovernmentError;
      t.true(error.retryable, `${error.kind}:${error.code}`);
    }
  },
);

test.serial(
  'section 9 no. 9: the reply is lost; we ask by our number before anything is sent again, and there is one booking',
  async (t) => {
    const { government, room } = t.context;
    government.setProfile('booking', { lostReplyRate: 1 });
    await queueOrder('ZC1', 'P1', slot, t.context.clock.wall());
    await queueOrder('ZC1', 'P1', slot, t.context.clock.wall());
    await sendNext(room);
    t.is(government.booking.orders.length, 1, 'it arrived');
    t.like(await row('ZC1'), { state: 'waiting', mayHaveArrived: true, open: true });
    t.false(await sendNext(room), 'not due yet');
    government.setProfile('booking', {});
    await workAll(t);
    t.is(government.booking.orders.length, 1);
    t.like(await row('ZC1'), { state: 'standing', orderNo: government.booking.orders[0]!.order_no });
  },
);

test.serial(
  'a process that dies during the call leaves the doubt behind, not a second booking',
  async (t) => {
    const { government, room, clock } = t.context;
    await queueOrder('ZC1', 'P1', slot, t.context.clock.wall());
    const dying: StepRoom = {
      ...room,
      city: {
        ...room.city,
        create: async (order) => {
          await room.city.create(order);
          throw new Error('kill -9');
        },
      },
    };
    await t.throwsAsync(sendNext(dying), { message: 'kill -9' });
    t.false(await sendNext(room), 'the lease is still running');
    clock.forward(31_000);
    await workAll(t);
    t.is(government.booking.orders.length, 1);
    t.is((await row('ZC1'))?.state, 'standing');
  },
);

test.serial('what the city does not take is told, with its reason', async (t) => {
  const { government, refused } = t.context;
  government.booking.moods.refuseFree = 1;
  await queueOrder('ZC1', 'P1', slot, t.context.clock.wall());
  await workAll(t);
  t.deepEqual(refused, ['ZC1:full']);
  t.is((await row('ZC1'))?.state, 'refused');
});

test.serial(
  'cancelled by the person: before it was sent, while it is under way, and when it stands',
  async (t) => {
    const { government, room } = t.context;
    await queueOrder('never', 'P1', slot, t.context.clock.wall());
    await queueCancel('never', t.context.clock.wall());
    await workAll(t);
    t.is(government.booking.orders.length, 0);

    await queueOrder('meanwhile', 'P1', slot, t.context.clock.wall());
    const interrupted: StepRoom = {
      ...room,
      city: {
        ...room.city,
        create: async (order) => {
          await queueCancel('meanwhile', t.context.clock.wall());
          return room.city.create(order);
        },
      },
    };
    await sendNext(interrupted);
    await workAll(t);
    await queueOrder('standing', 'P2', slot, t.context.clock.wall());
    await workAll(t);
    await queueCancel('standing', t.context.clock.wall());
    await workAll(t);
    t.deepEqual(
      government.booking.orders.map(({ out_no, state }) => [out_no, state]),
      [
        ['meanwhile', '2'],
        ['standing', '2'],
      ],
    );
    t.is((await row('meanwhile'))?.state, 'cancelled');
  },
);

test.serial(
  'the hall cancels at the city: told once, whatever comes twice or out of order; other channels are not ours',
  async (t) => {
    const { government, room, cancelled } = t.context;
    for (const [number, id] of [
      ['ZC1', 'P1'],
      ['ZC2', 'P2'],
    ] as const)
      await queueOrder(number, id, slot, t.context.clock.wall());
    await workAll(t);
    government.booking.bookElsewhere(slot.orgCode, slot.itemCode, slot.day, '10:00-10:30', 'x');
    t.is(government.booking.cancelByHall({ day: slot.day }, '台风红色预警'), 3);
    government.setProfile('booking', { dupCallback: 3, outOfOrder: true });
    t.is(await followChanges(room), 2);
    t.is(await followChanges(room), 0);
    t.deepEqual(cancelled.sort(), ['ZC1:台风红色预警', 'ZC2:台风红色预警']);
    t.is((await row('ZC1'))?.state, 'cancelled');
    await CityCursorModel.deleteMany({});
    t.is(await followChanges(room), 0, 'even read again from the beginning');
  },
);

test.serial('the last place given away twice: the city takes one back, and its person is told', async (t) => {
  const { government, room, cancelled } = t.context;
  while (
    government.booking.bookElsewhere(
      slot.orgCode,
      slot.itemCode,
      slot.day,
      '09:00-09:30',
      `o${government.booking.orders.length}`,
    )
  );
  government.booking.moods.oversell = 1;
  await queueOrder('ZC1', 'P1', slot, t.context.clock.wall());
  await workAll(t);
  await followChanges(room);
  t.is(cancelled.length, 1);
});

test.serial(
  'issue D, show 3: 1,000 random operations under the full fault profile: nothing lost, nothing twice, every call in the audit',
  async (t) => {
    const { government, room, city } = t.context;
    t.timeout(300_000);
    government.booking.capacity = 400;
    government.setProfile('booking', {
      timeoutRate: 0.01,
      http5xx: 0.08,
      bizErrRate: 0.05,
      htmlErrRate: 0.05,
      lostReplyRate: 0.08,
      dupCallback: 2,
      outOfOrder: true,
    });
    let state = 11;
    const chance = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
      return Math.floor((state / 0x80000000) * below);
    };
    await callLog.flush();
    await CallModel.deleteMany({});
    const before = government.calls('booking');
    const wanted = new Map<string, 'booked' | 'cancelled'>();
    const times = ['09:00-09:30', '10:00-10:30', '11:00-11:30', '14:00-14:30'];
    for (let i = 0; i < 1000; i++) {
      const kind = chance(10);
      if (kind < 4) {
        const number = `N${wanted.size}`;
        const [from, until] = times[chance(times.length)]!.split('-') as [string, string];
        await queueOrder(number, `person-${number}`, { ...slot, from, until }, t.context.clock.wall());
        wanted.set(number, 'booked');
      } else if (kind < 6 && wanted.size > 0) {
        const number = `N${chance(wanted.size)}`;
        await queueCancel(number, t.context.clock.wall());
        wanted.set(number, 'cancelled');
      } else if (kind < 8) {
        await sendNext(room);
      } else if (kind < 9) {
        await followChanges(room).catch((error: unknown) => t.true(error instanceof GovernmentError));
      } else {
        await city
          .slots(slot.orgCode, slot.itemCode, 5)
          .catch((error: unknown) => t.true(error instanceof GovernmentError));
      }
    }
    await workAll(t);
    const there = new Map<string, string[]>();
    for (const { out_no, state: at } of government.booking.orders)
      there.set(out_no, [...(there.get(out_no) ?? []), at]);
    for (const [number, want] of wanted) {
      const standing = (there.get(number) ?? []).filter((at) => at === '1').length;
      t.is(standing, want === 'booked' ? 1 : 0, `${number} should be ${want}: ${there.get(number)}`);
      t.true((there.get(number) ?? []).length <= 1, `${number} was made twice`);
    }
    t.is(t.context.refused.length, 0);
    await callLog.flush();
    const audited = await CallModel.find().lean();
    const attempts = audited.reduce((sum, each) => sum + each.attempts, 0);
    const seen = government.calls('booking') - before;
    t.true(attempts >= seen && attempts - seen < 30, `${attempts} written, ${seen} seen`);
    t.true(audited.every(({ result }) => result !== 'begun' && result !== 'fault'));
  },
);
