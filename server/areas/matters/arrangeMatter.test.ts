import test from 'ava';
import { TestClock } from '../../kernel/clock.ts';
import { useDatabase } from '../../testing/database.ts';
import { seedHalls } from '../halls/seed.ts';
import { applyRecords } from './applyRecords.ts';
import { arrangeMatter } from './arrangeMatter.ts';
import { findMatter } from './findMatter.ts';
import { listMatters } from './listMatters.ts';
import { MatterModel } from './model.ts';
import { presentChoices } from './presentSync.ts';
import { seedMatters } from './seed.ts';

useDatabase(test);
const clock = new TestClock(new Date('2026-11-25T01:00:00Z'));
let ahead = 0;
const room = { clock, bookedAhead: async () => ahead };

test.before(async () => {
  await seedHalls();
  await seedMatters(clock.now());
});
test.beforeEach(() => {
  ahead = 0;
});

const fresh = async (id: string): Promise<void> => {
  await MatterModel.deleteOne({ _id: id });
  const like = await MatterModel.findById('m01').lean();
  await MatterModel.create([{ ...like, _id: id, code: id, halls: [], bookable: false, sourceVersion: 1 }]);
};

test.serial(
  'a matter without windows gets some, and can be booked; the next delivery leaves them',
  async (t) => {
    await fresh('new-1');
    const { halls, topics } = await presentChoices();
    t.is(halls[0]!.id, 'district');
    const { group } = halls[0]!.groups[0]!;
    const arranged = await arrangeMatter(room, 'new-1', {
      topic: topics[0]!,
      minutes: 30,
      places: [{ hallId: 'district', group }],
    });
    t.like(arranged, { bookable: true, minutes: 30 });
    t.is(arranged.halls[0]!.windows, halls[0]!.groups[0]!.windows);
    t.true((await listMatters({ hall: 'district', page: 1 })).total > 0);
    const record = {
      ...{ code: 'new-1', version: 2, name: '改名', type: '01', typeLabel: '行政许可', department: '甲' },
      ...{ departmentCode: 'x', audiences: ['personal'], legalTime: null, promisedTime: null, doubts: [] },
      ...{ conditions: [], materials: [], fees: [], steps: [], laws: [], questions: [], phone: null },
      ...{ address: null, openingHours: null, situations: 1, proofs: [], effectiveOn: null },
      ...{ cancelledOn: null, operation: 'upsert' },
    };
    await applyRecords([record as never], 'D', clock.now());
    t.like(await findMatter('new-1'), { name: '改名', minutes: 30, bookable: true, topic: topics[0] });
  },
);

test.serial('a hall or a kind of windows that is not there is refused', async (t) => {
  await fresh('new-2');
  const put = (hallId: string, group: string) =>
    arrangeMatter(room, 'new-2', { topic: '开办企业', minutes: 20, places: [{ hallId, group }] });
  await t.throwsAsync(put('nowhere', '综合'), { message: /没有这种窗口/ });
  await t.throwsAsync(put('district', '没有的窗口'), { message: /没有这种窗口/ });
  await t.throwsAsync(arrangeMatter(room, 'none', { topic: '开办企业', minutes: 20, places: [] }), {
    message: /没有找到/,
  });
});

test.serial('a place for which visits lie ahead is not taken away; a new one may come', async (t) => {
  const matter = (await findMatter('m01'))!;
  ahead = 3;
  const rest = { topic: matter.topic, minutes: matter.minutes };
  const error = await t.throwsAsync(arrangeMatter(room, 'm01', { ...rest, places: [] }), {
    message: /还有市民预约/,
  });
  t.deepEqual((error as unknown as { details: unknown }).details, {
    hall: '增城区政务服务中心',
    count: 3,
  });
  const places = matter.halls.map(({ hallId, group }) => ({ hallId, group }));
  const village = (await presentChoices()).halls.at(-1)!;
  const more = [...places, { hallId: village.id, group: village.groups[0]!.group }];
  const arranged = await arrangeMatter(room, 'm01', { ...rest, places: more });
  t.is(arranged.halls.length, places.length + 1);
  t.is(arranged.halls[0]!.hallId, 'district', 'nearest kind first');
  ahead = 0;
  t.false((await arrangeMatter(room, 'm01', { ...rest, places: [] })).bookable);
});
