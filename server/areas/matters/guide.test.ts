import type { AddressInfo } from 'node:net';
import anyTest, { type TestFn } from 'ava';
import ExcelJS from 'exceljs';
import { createApp } from '../../app.ts';
import { TestClock } from '../../kernel/clock.ts';
import { useDatabase } from '../../testing/database.ts';
import { seedHalls } from '../halls/seed.ts';
import type { BundleList, BundleView, MatterView } from './contract.ts';
import { MatterVersionModel } from './deliveryModel.ts';
import { findMatter } from './findMatter.ts';
import { MatterModel } from './model.ts';
import { GuideRefresher } from './refreshMatter.ts';
import { mattersRoutes } from './routes.ts';
import { seedMatters } from './seed.ts';
import { type SyncRoom, syncMatters } from './syncMatters.ts';
import { foodLicence, openProvince } from './testing/province.ts';

interface World {
  province: Awaited<ReturnType<typeof openProvince>>;
  guides: GuideRefresher;
  room: SyncRoom;
  url: string;
  stop: () => void;
}
const test = anyTest as TestFn<World>;
useDatabase(anyTest as TestFn);
const clock = new TestClock(new Date('2026-11-25T01:00:00Z'));

test.before(async (t) => {
  const province = await openProvince(clock);
  province.government.items.reset(60);
  const guides = new GuideRefresher({ clock, items: province.items });
  const app = createApp({
    clock,
    routes: mattersRoutes({ guides, items: province.items }),
    citizenOf: async () => undefined,
    staffOf: async () => undefined,
    ready: async () => true,
    rateFactor: 1000,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const room = { clock, items: province.items, onWithdrawn: async () => {} };
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  t.context = { province, guides, room, url, stop };
  await seedHalls();
  await seedMatters(clock.now());
  await syncMatters(room);
});
test.after.always(async (t) => {
  t.context.stop?.();
  await t.context.guides?.settled();
  await t.context.province?.close();
});

const guide = async (t: { context: World }, id = 'm01'): Promise<MatterView> =>
  (await (await fetch(`${t.context.url}/api/matters/${id}`)).json()) as MatterView;

test.serial(
  'R8.2: the guide has windows, fees, limits, papers, proofs and where it comes from',
  async (t) => {
    const view = await guide(t, 'm32');
    t.deepEqual(view.source, { state: 'fresh', at: '2026-11-25T01:00:00.000Z' });
    t.true(view.halls[0]!.windows.length > 0, 'the windows by their numbers');
    t.regex(view.halls[0]!.hours[0]!, /^周一至周五 09:00–12:00/);
    t.is(view.fees.length, 1);
    t.deepEqual(view.proofs, [
      {
        id: 'property',
        name: '房产查册证明',
        note: '经您同意后由大厅联网查询，不用先去开证明。',
        replaces: ['不动产权证书'],
      },
    ]);
    t.deepEqual(
      view.materials.map(({ blankForms }) => blankForms.map(({ file }) => file)),
      [[0], [1], [2], [3]],
    );
    t.false(JSON.stringify(view).includes('/files/'), 'addresses of the source do not leave the server');
  },
);

test.serial('a blank form comes as the file it is, under a name people can read', async (t) => {
  const { materials } = await guide(t);
  const answer = await fetch(`${t.context.url}/api/matters/m01/files/0`);
  t.is(answer.status, 200);
  t.regex(answer.headers.get('content-type') ?? '', /spreadsheetml/);
  const name = decodeURIComponent(answer.headers.get('content-disposition') ?? '');
  t.true(name.includes(`${materials[0]!.name}.xlsx`), name);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await answer.arrayBuffer()) as never);
  t.is(book.worksheets[0]!.getCell('A1').text, materials[0]!.name);
  t.is((await fetch(`${t.context.url}/api/matters/m01/files/99`)).status, 404);
});

test.serial(
  'a form whose address lies outside the source, or that is a page of HTML, is not handed on',
  async (t) => {
    const first = (address: string) =>
      MatterModel.updateOne(
        { _id: 'm02' },
        { $set: { 'materials.0.blankForms': [{ name: '表', address }] } },
      );
    for (const address of ['http://10.1.2.3/secret', '//10.1.2.3/x', '/files/../admin', '/files/none']) {
      await first(address);
      t.is((await fetch(`${t.context.url}/api/matters/m02/files/0`)).status, 404, address);
    }
    await first(`/files/${foodLicence}-1`);
    t.context.province.government.setProfile('items', { htmlErrRate: 1 });
    t.is((await fetch(`${t.context.url}/api/matters/m02/files/0`)).status, 503);
    t.context.province.government.setProfile('items', { htmlErrRate: 0 });
  },
);

test.serial(
  'an old guide is served at once and looked at behind the reader; a newer version is there next time',
  async (t) => {
    const { guides, province } = t.context;
    clock.forward(60_000);
    const calls = province.government.calls('items');
    await guide(t);
    await guides.settled();
    t.is(province.government.calls('items'), calls, 'looked at a minute ago: nobody asks again');
    province.government.items.change(foodLicence, { name: '食品经营许可（新名）' });
    clock.forward(11 * 60_000);
    t.is((await guide(t)).name, '食品经营许可（新办）', 'the reader does not wait');
    await guides.settled();
    const after = await guide(t);
    t.is(after.name, '食品经营许可（新名）');
    t.deepEqual(after.source, { state: 'fresh', at: clock.now().toISOString() });
    const stored = await findMatter('m01');
    t.is(stored?.sourceVersion, 4);
    t.true((stored?.halls.length ?? 0) > 0, 'the windows are ours and stay');
    t.is(await MatterVersionModel.countDocuments({ code: foodLicence, version: 4 }), 1);
    await syncMatters(t.context.room);
    t.is(
      await MatterVersionModel.countDocuments({ code: foodLicence, version: 4 }),
      2,
      'the whole version follows',
    );
  },
);

test.serial('the province is down: the last good copy with its time; it comes back: fresh', async (t) => {
  const { guides, province } = t.context;
  clock.forward(11 * 60_000);
  const good = (await guide(t)).source!.at;
  await guides.settled();
  clock.forward(11 * 60_000);
  province.government.setProfile('items', { http5xx: 1 });
  const at = (await guide(t)).source!.at;
  t.not(at, good);
  await guides.settled();
  t.deepEqual((await guide(t)).source, { state: 'stale', at });
  const calls = province.government.calls('items');
  await guide(t);
  await guides.settled();
  t.is(province.government.calls('items'), calls, 'after a failure it rests a minute');
  province.government.setProfile('items', { http5xx: 0 });
  clock.forward(61_000);
  await guide(t);
  await guides.settled();
  t.deepEqual((await guide(t)).source, { state: 'fresh', at: clock.now().toISOString() });
});

test.serial(
  'a matter the province no longer finds says so, and stays until a delivery decides',
  async (t) => {
    const { guides, province } = t.context;
    const code = (await findMatter('m03'))!.code;
    province.government.items.drop([code]);
    clock.forward(11 * 60_000);
    await guide(t, 'm03');
    await guides.settled();
    t.is((await guide(t, 'm03')).source?.state, 'missing');
    t.is((await findMatter('m03'))?.withdrawnAt, null);
  },
);

test.serial('ten readers of one old guide ask the province once', async (t) => {
  const { guides, province } = t.context;
  clock.forward(11 * 60_000);
  const calls = province.government.calls('items');
  await Promise.all(Array.from({ length: 10 }, () => guide(t, 'm05')));
  await guides.settled();
  t.is(province.government.calls('items'), calls + 1);
});

test.serial(
  'one-thing bundles: matters in order, each paper once, without what the hall looks up',
  async (t) => {
    const { bundles } = (await (await fetch(`${t.context.url}/api/bundles`)).json()) as BundleList;
    t.true(bundles.length >= 5);
    t.like(bundles[0], { id: 'restaurant', name: '开餐饮店', count: 5, audience: 'personal' });
    const view = (await (await fetch(`${t.context.url}/api/bundles/newcomer`)).json()) as BundleView;
    t.is(view.steps[0]!.matter.name, '居住证首次申领');
    t.is(view.steps[0]!.condition, null);
    const idCard = view.materials.find(({ name }) => name === '身份证')!;
    t.deepEqual(idCard.for, ['办居住证', '异地就医备案']);
    t.false(
      view.materials.some(({ name }) => name === '不动产权证书'),
      'looked up by the hall',
    );
    t.is((await fetch(`${t.context.url}/api/bundles/none`)).status, 404);
  },
);

test.serial('a withdrawn matter leaves its bundle', async (t) => {
  await MatterModel.updateOne({ _id: 'm39' }, { $set: { withdrawnAt: new Date() } });
  const view = (await (await fetch(`${t.context.url}/api/bundles/restaurant`)).json()) as BundleView;
  t.is(view.steps.length, 4);
  t.is(view.count, 4);
});
