import anyTest, { type TestFn } from 'ava';
import { TestClock } from '../../kernel/clock.ts';
import { useDatabase } from '../../testing/database.ts';
import { DeliveryModel, MatterVersionModel, StagedMatterModel } from './deliveryModel.ts';
import { findMatter } from './findMatter.ts';
import { MatterModel } from './model.ts';
import { listSourceMatters, presentSourceMatter, presentSync } from './presentSync.ts';
import { type SyncRun, SyncRunModel } from './runModel.ts';
import { askForSync, runWaiting, syncAgain, syncNightly } from './runSync.ts';
import { seedMatters } from './seed.ts';
import type { SyncRoom } from './syncMatters.ts';
import { foodLicence, openProvince } from './testing/province.ts';

const test = anyTest as TestFn<{ province: Awaited<ReturnType<typeof openProvince>>; room: SyncRoom }>;
useDatabase(anyTest as TestFn);
const clock = new TestClock(new Date('2026-11-25T20:30:00Z'));
const admin = { staffId: 'S-admin', name: '管理员' };

test.before(async (t) => {
  const province = await openProvince(clock);
  t.context = { province, room: { clock, items: province.items, onWithdrawn: async () => {} } };
});
test.after.always((t) => t.context.province?.close());
test.beforeEach(async (t) => {
  clock.set('2026-11-25T20:30:00Z');
  t.context.province.government.items.reset(440);
  for (const model of [MatterModel, DeliveryModel, StagedMatterModel, MatterVersionModel, SyncRunModel])
    await (model as typeof MatterModel).deleteMany({});
  await seedMatters(clock.now());
});

const lastRun = async (): Promise<SyncRun> =>
  (await SyncRunModel.findOne().sort({ askedAt: -1, _id: -1 }).lean<SyncRun>())!;

test.serial('R8.2: a run that staff ask for is a record with who, when, pages and counts', async (t) => {
  const { room } = t.context;
  const asked = await askForSync(room, false, admin);
  t.is(asked.state, 'waiting');
  await t.throwsAsync(askForSync(room, false, admin), { message: /已有一次同步/ });
  t.true(await runWaiting(room));
  t.false(await runWaiting(room), 'nothing waits any more');
  t.like(await lastRun(), {
    _id: asked._id,
    cause: 'staff',
    askedBy: { id: 'S-admin', name: '管理员' },
    state: 'live',
    total: 440,
    pages: 3,
    pagesDone: 3,
    received: 440,
    applied: 440,
    added: 400,
    changed: 40,
    withdrawn: 0,
    problem: null,
    active: false,
  });
  clock.forward(1000);
  await askForSync(room, false, admin);
  await runWaiting(room);
  t.is((await lastRun()).state, 'unchanged', 'the same delivery again');
  const view = await presentSync(true, true, clock.now());
  t.deepEqual(view.counts, { offered: 440, fromSource: 440, withdrawn: 0, doubtful: view.counts.doubtful });
  t.true(view.counts.doubtful > 0, 'promises of one day without words are doubted');
  t.is(view.runs.length, 2);
  t.is(view.lastGoodAt, '2026-11-25T20:30:01.000Z');
});

test.serial('a refused delivery says which page was short; what was live stays', async (t) => {
  const { room, province } = t.context;
  await syncNightly(room);
  const before = await MatterModel.find().sort({ _id: 1 }).lean();
  clock.forward(60_000);
  province.government.items.newBatch();
  province.government.items.broken = { page: 2, how: 'short' };
  await syncNightly(room);
  const run = await lastRun();
  t.like(run, { cause: 'nightly', state: 'refused', askedBy: null });
  t.regex(run.problem ?? '', /应收 440 项，实收 437 项/);
  t.deepEqual(run.reasons, ['第 2 页应有 200 项，实收 197 项', ...run.reasons.slice(1)]);
  t.deepEqual(await MatterModel.find().sort({ _id: 1 }).lean(), before);
  province.government.items.broken = { page: 2, how: 'html' };
  clock.forward(60_000);
  province.government.items.newBatch();
  await syncNightly(room);
  t.regex((await lastRun()).problem ?? '', /第 2 页没有取到/);
});

test.serial('a delivery that removes many is refused by name, and taken when a person insists', async (t) => {
  const { room, province } = t.context;
  await syncNightly(room);
  province.government.items.drop(province.government.items.codes().slice(-60));
  clock.forward(1000);
  await syncNightly(room);
  const run = await lastRun();
  t.is(run.state, 'refused');
  t.is(run.reasons.length, 51);
  t.regex(run.reasons[0]!, /^将下架：.+（[0-9A-Z]{31}）$/);
  t.is(run.reasons.at(-1), '另有 10 项将下架');
  clock.forward(1000);
  await askForSync(room, true, admin);
  await runWaiting(room);
  t.like(await lastRun(), { state: 'live', withdrawn: 60, force: true });
  t.is((await listSourceMatters({ q: '', show: 'withdrawn', page: 1 })).total, 60);
});

test.serial('a system that is down ends a run as failed, with the reason', async (t) => {
  const { room, province } = t.context;
  province.government.setProfile('items', { http5xx: 1 });
  t.teardown(() => province.government.setProfile('items', { http5xx: 0 }));
  await syncNightly(room);
  t.like(await lastRun(), { state: 'failed', active: false });
  t.regex((await lastRun()).problem ?? '', /没有正常答复/);
});

test.serial('a night that failed is tried again; one that was done or refused is not', async (t) => {
  const { room, province } = t.context;
  province.government.setProfile('items', { http5xx: 1 });
  await syncNightly(room);
  province.government.setProfile('items', { http5xx: 0 });
  clock.forward(1000);
  await syncAgain(room);
  t.is((await lastRun()).state, 'live');
  await syncAgain(room);
  province.government.items.drop(province.government.items.codes().slice(-60));
  clock.forward(1000);
  await syncNightly(room);
  t.is((await lastRun()).state, 'refused');
  await syncAgain(room);
  t.is(await SyncRunModel.countDocuments(), 3);
});

test.serial('a run whose process died keeps nobody out', async (t) => {
  const { room } = t.context;
  await askForSync(room, false, admin);
  await SyncRunModel.updateMany({}, { $set: { state: 'running', beatAt: clock.wall() } });
  await t.throwsAsync(askForSync(room, false, admin), { message: /已有一次同步/ });
  await syncNightly(room);
  t.is(await SyncRunModel.countDocuments(), 1, 'the nightly run leaves a living one alone');
  clock.forward(121_000);
  await syncNightly(room);
  t.deepEqual(
    (await SyncRunModel.find().sort({ askedAt: 1 }).lean()).map(({ state }) => state),
    ['interrupted', 'live'],
  );
});

test.serial('type codes that the table does not name are counted, with an example', async (t) => {
  const { room, province } = t.context;
  const strange = foodLicence.replace('4440131', '4447731');
  province.government.items.add(strange, foodLicence, { name: '一种新类型的事项' });
  await syncNightly(room);
  t.deepEqual((await lastRun()).unknownTypes, [{ code: '77', count: 1, example: '一种新类型的事项' }]);
  t.like(await MatterModel.findOne({ code: strange }).lean(), { typeLabel: '其他', type: '77' });
});

test.serial(
  'versions stand side by side with what differs; what is to come is listed by its day',
  async (t) => {
    const { room, province } = t.context;
    await syncNightly(room);
    clock.forward(1000);
    province.government.items.change(foodLicence, {
      name: '食品经营许可（改名）',
      condition: '有场所<br>有制度',
      promise: { day: '3', unit: '工作日', explain: '3个工作日' },
    });
    const other = province.government.items.codes()[3]!;
    province.government.items.change(other, { cancel: '2026-12-02' });
    const later = province.government.items.codes()[4]!;
    province.government.items.change(later, { name: '明年的名字', effective: '2026-12-20' });
    await syncNightly(room);
    const detail = await presentSourceMatter((await findMatter('m01'))!, null);
    t.deepEqual(
      detail.versions.map(({ version }) => version),
      [4, 3],
    );
    t.is(detail.versions[1]!.differences, null);
    t.deepEqual(detail.versions[0]!.differences?.slice(0, 2), [
      { field: '名称', before: ['食品经营许可（新办）'], after: ['食品经营许可（改名）'] },
      { field: '承诺时限', before: ['5 个工作日'], after: ['3 个工作日'] },
    ]);
    const { upcoming } = await presentSync(true, true, clock.now());
    t.deepEqual(
      upcoming.map(({ code, on, kind }) => ({ code, on, kind })),
      [
        { code: other, on: '2026-12-02', kind: 'cancellation' },
        { code: later, on: '2026-12-20', kind: 'version' },
      ],
    );
    t.deepEqual(
      (await listSourceMatters({ q: '改名', show: 'all', page: 1 })).matters.map(({ id }) => id),
      ['m01'],
    );
  },
);
