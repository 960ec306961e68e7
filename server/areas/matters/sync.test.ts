import anyTest, { type TestFn } from 'ava';
import mongoose from 'mongoose';
import { type Government, startGovernment } from '../../../mocks/government/server.ts';
import { createItemsSystem } from '../../government/items/client.ts';
import { CallLog } from '../../government/kit/callLog.ts';
import { SystemGate } from '../../government/kit/systemGate.ts';
import { policyOf } from '../../government/policies.ts';
import { systemClock, TestClock } from '../../kernel/clock.ts';
import { useDatabase } from '../../testing/database.ts';
import { tellMatterWithdrawn } from '../booking/tellMatterWithdrawn.ts';
import { NoticeModel } from '../notices/model.ts';
import { applyDueVersions } from './applyDueVersions.ts';
import { DeliveryModel, MatterVersionModel, StagedMatterModel } from './deliveryModel.ts';
import { findMatter } from './findMatter.ts';
import { listMatters } from './listMatters.ts';
import { type Matter, MatterModel } from './model.ts';
import { refuseDelivery } from './rules.ts';
import { seedMatters } from './seed.ts';
import { type SyncRoom, syncMatters } from './syncMatters.ts';

interface World {
  government: Government;
  clock: TestClock;
  room: SyncRoom;
  told: Matter[];
  close(): Promise<void>;
}

const test = anyTest as TestFn<World>;
useDatabase(anyTest as TestFn);
const gateway = { paasId: 'p', token: 'gateway-token' };

test.before(async (t) => {
  const clock = new TestClock(new Date('2026-11-25T20:30:00Z'));
  const government = await startGovernment({
    identity: { clientId: 'a', clientSecret: 'b' },
    gateway,
    now: () => clock.now(),
  });
  const policy = { ...policyOf('items'), maintenance: [], breaker: { failures: 1000, restMs: 100 } };
  const real = systemClock();
  const gate = new SystemGate(policy, { clock: real, callLog: new CallLog() });
  const items = createItemsSystem({ base: `${government.url}/items`, gateway, gate, clock: real });
  const told: Matter[] = [];
  t.context = {
    government,
    clock,
    told,
    room: { clock, items, onWithdrawn: async (matter) => void told.push(matter) },
    close: async () => void (await Promise.all([items.close(), government.close()])),
  };
});
test.after.always((t) => t.context.close?.());

test.beforeEach(async (t) => {
  const { government, clock, told } = t.context;
  clock.set('2026-11-25T20:30:00Z');
  government.items.reset(440);
  told.length = 0;
  await Promise.all(
    [MatterModel, DeliveryModel, StagedMatterModel, MatterVersionModel].map((model) =>
      (model as typeof MatterModel).deleteMany({}),
    ),
  );
  await seedMatters(clock.now());
});

const foodLicence = '11440118MB2X0001234440131007001';

test.serial(
  'R8.2: 2,245 matters with their children in under a minute, with progress; the same delivery again changes nothing',
  async (t) => {
    const { government, room, clock } = t.context;
    government.items.reset(2245);
    const seen = new Set<string>();
    const watched: SyncRoom = {
      ...room,
      items: {
        latestBatch: () => room.items.latestBatch(),
        batchPage: async (id, page) => {
          const delivery = await DeliveryModel.findById(id).lean();
          seen.add(`${delivery?.state} ${delivery?.received}/${delivery?.total}`);
          return room.items.batchPage(id, page);
        },
      },
    };
    const started = performance.now();
    const delivery = await syncMatters(watched);
    t.true(performance.now() - started < 60_000);
    t.like(delivery, {
      state: 'live',
      total: 2245,
      received: 2245,
      applied: 2245,
      added: 2205,
      changed: 40,
      withdrawn: 0,
    });
    t.true(seen.has('receiving 0/2245') && seen.has('receiving 2200/2245'));
    t.is(seen.size, 12);
    t.is(await MatterModel.countDocuments({ withdrawnAt: null }), 2245);
    t.is(await MatterVersionModel.countDocuments(), 2245);
    t.is(await StagedMatterModel.countDocuments(), 0);

    const food = await MatterModel.findOne({ code: foodLicence }).lean();
    t.like(food, {
      _id: 'm01',
      bookable: true,
      topic: '开办企业',
      minutes: 25,
      promisedTime: '5 个工作日',
      sourceVersion: 3,
    });
    t.true((food?.halls.length ?? 0) > 0, 'the windows are ours and stay');

    t.is((await syncMatters(room))?._id, delivery?._id);
    clock.forward(86_400_000);
    government.items.newBatch();
    t.like(await syncMatters(room), { state: 'live', added: 0, changed: 0, withdrawn: 0 });
  },
);

test.serial(
  'section 9 no. 5: a delivery whose page 2 of 3 is HTML leaves the old version live; the next night it is taken',
  async (t) => {
    const { government, room, clock } = t.context;
    await syncMatters(room);
    const before = await MatterModel.find().sort({ _id: 1 }).lean();
    government.items.change(foodLicence, { name: '食品经营许可（改名）' });
    for (const how of ['html', 'short', 'bump'] as const) {
      clock.forward(60_000);
      government.items.newBatch();
      government.items.broken = { page: 2, how };
      const delivery = await syncMatters(room);
      t.is(delivery?.state, 'refused', how);
      t.regex(delivery?.problem ?? '', /不完整/);
      t.deepEqual(await MatterModel.find().sort({ _id: 1 }).lean(), before);
      t.is(await StagedMatterModel.countDocuments(), 0);
    }
    government.items.broken = null;
    clock.forward(60_000);
    government.items.newBatch();
    t.like(await syncMatters(room), { state: 'live', changed: 1 });
    t.like(await findMatter('m01'), { name: '食品经营许可（改名）', sourceVersion: 4 });
    t.is(await MatterVersionModel.countDocuments({ code: foodLicence }), 2, 'the old version is kept');
  },
);

test.serial('a delivery that would remove more than 5 % is refused until a person insists', async (t) => {
  const { government, room, told } = t.context;
  await syncMatters(room);
  government.items.drop(government.items.codes().slice(-30));
  const refused = await syncMatters(room);
  t.is(refused?.state, 'refused');
  t.regex(refused?.problem ?? '', /下架 30 项/);
  t.is(await MatterModel.countDocuments({ withdrawnAt: null }), 440);
  t.is((await syncMatters(room))?.state, 'refused', 'asking again does not change it');
  t.like(await syncMatters(room, true), { state: 'live', withdrawn: 30 });
  t.is(await MatterModel.countDocuments({ withdrawnAt: null }), 410);
  t.is(told.length, 30);
});

test.serial(
  'section 9 no. 6: a cancelled matter leaves lists and booking, stays for history, and who is concerned is told once',
  async (t) => {
    const { government, room, told, clock } = t.context;
    await syncMatters(room);
    government.items.change(foodLicence, { operation: 'D' });
    await syncMatters(room);
    t.deepEqual(
      told.map(({ id }) => id),
      ['m01'],
    );
    const listed = (await listMatters({ q: '食品经营许可（新办）', page: 1 })).matters;
    t.deepEqual(
      listed.map(({ id }) => id),
      [],
    );
    t.like(await findMatter('m01'), { name: '食品经营许可（新办）', bookable: false });
    clock.forward(60_000);
    government.items.newBatch();
    await syncMatters(room);
    t.is(told.length, 1);
    government.items.change(foodLicence, { operation: 'U' });
    await syncMatters(room);
    t.like(await findMatter('m01'), { bookable: true, withdrawnAt: null });
  },
);

test.serial('a process that dies while it tells people leaves nobody untold', async (t) => {
  const { government, room, told } = t.context;
  await syncMatters(room);
  government.items.change(foodLicence, { operation: 'D' });
  const dying: SyncRoom = {
    ...room,
    onWithdrawn: async () => {
      throw new Error('the process died');
    },
  };
  await t.throwsAsync(syncMatters(dying), { message: /died/ });
  t.is(await DeliveryModel.countDocuments({ state: 'applying' }), 1);
  await syncMatters(room);
  t.deepEqual(
    told.map(({ id }) => id),
    ['m01'],
  );
  t.is(await DeliveryModel.countDocuments({ state: 'applying' }), 0);
});

test.serial('a version counts from its day of effect, a cancellation from its own', async (t) => {
  const { government, room, clock, told } = t.context;
  await syncMatters(room);
  government.items.change(foodLicence, { name: '食品经营许可（新规）', effective: '2026-12-01' });
  const other = government.items.codes()[1]!;
  government.items.change(other, { cancel: '2026-12-02' });
  await syncMatters(room);
  t.is((await findMatter('m01'))?.name, '食品经营许可（新办）');
  t.is(await applyDueVersions(room), 0);
  clock.set('2026-11-30T16:05:00Z'); // 00:05 on 1 December in Beijing
  t.is(await applyDueVersions(room), 1);
  t.is((await findMatter('m01'))?.name, '食品经营许可（新规）');
  t.is(told.length, 0);
  clock.set('2026-12-01T16:05:00Z');
  await applyDueVersions(room);
  t.deepEqual(
    told.map(({ code }) => code),
    [other],
  );
  t.is(await applyDueVersions(room), 0);
});

test.serial('section 9 no. 7: a script in a text of the source reaches nobody', async (t) => {
  const { government, room } = t.context;
  government.items.change(foodLicence, {
    condition: '有场所&lt;script&gt;alert(1)&lt;/script&gt;<img src=x onerror=alert(2)>',
    questions: [{ question: '要多久<script>x</script>', answer: '<b>5 天</b>' }],
  });
  await syncMatters(room);
  const matter = await findMatter('m01');
  t.deepEqual(matter?.conditions, ['有场所']);
  t.deepEqual(matter?.questions, [{ question: '要多久', answer: '5 天' }]);
});

test.serial('two processes do not sync at once', async (t) => {
  const { room } = t.context;
  const [one, two] = await Promise.all([syncMatters(room), syncMatters(room)]);
  t.is([one, two].filter((each) => each === null).length, 1);
});

test.serial(
  'section 9 no. 6: the two people who have booked the cancelled matter are told once each',
  async (t) => {
    const { government, room, clock } = t.context;
    await syncMatters(room);
    const visit = (id: string, days: number): object => ({
      _id: id,
      personId: `P-${id}`,
      matterId: 'm01',
      also: [],
      state: 'booked',
      startsAt: new Date(clock.now().getTime() + days * 86_400_000),
    });
    await mongoose.connection
      .collection('bookings')
      .insertMany([visit('a', 1), visit('b', 2), visit('past', -1)] as never);
    government.items.change(foodLicence, { operation: 'D' });
    const telling: SyncRoom = {
      ...room,
      onWithdrawn: async (matter) => void (await tellMatterWithdrawn(matter, clock.now())),
    };
    await syncMatters(telling);
    t.is(await tellMatterWithdrawn({ id: 'm01', name: '食品经营许可（新办）' }, clock.now()), 2, 'once more');
    const notices = await NoticeModel.find({ kind: 'service.announcement' }).lean();
    t.deepEqual(notices.map(({ personId }) => personId).sort(), ['P-a', 'P-b']);
    t.is(notices[0]?.values['scope'], '食品经营许可（新办）');
  },
);

test('what a delivery must be to be taken', (t) => {
  const good = { total: 100, materials: 300, removed: 5, live: 100 };
  t.is(refuseDelivery(good, good), null);
  t.regex(refuseDelivery({ ...good, total: 101 }, good) ?? '', /应收 101 项，实收 100 项/);
  t.regex(refuseDelivery({ ...good, materials: 301 }, good) ?? '', /材料/);
  t.regex(refuseDelivery(good, { ...good, removed: 6 }) ?? '', /5%/);
  t.is(refuseDelivery(good, { ...good, removed: 0, live: 0 }), null, 'the first delivery removes nothing');
});
