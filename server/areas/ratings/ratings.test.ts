import test from 'ava';
import ExcelJS from 'exceljs';
import { createApp } from '../../app.ts';
import { TestClock } from '../../kernel/clock.ts';
import { createFieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import { inTransaction } from '../../kernel/database.ts';
import { newId } from '../../kernel/ids.ts';
import { addDays } from '../../kernel/localDay.ts';
import { useDatabase } from '../../testing/database.ts';
import { clearAll } from '../booking/testing/clear.ts';
import { plainCalendar } from '../booking/testing/room.ts';
import { NoticeModel } from '../notices/model.ts';
import { closeAnswered } from './actOnOrder.ts';
import { ratedDays, type ServiceEvent, serviceEvents, workOrders } from './model.ts';
import { openRatingEvent, type RenderedService } from './openRatingEvent.ts';
import type { RatingsRoom } from './room.ts';
import { ratingsRoutes } from './routes.ts';
import { Counter } from './rules.ts';
import { ratingRules } from './settings.ts';
import { closeSilent } from './silence.ts';
import { type OrderEvent, orderStateAfter } from './states.ts';
import { readSpan, recountDays, rollRatedDays } from './statistics.ts';

useDatabase(test);
test.beforeEach(clearAll);

const names: Record<string, string> = { wang: '王小明', li: '李老板' };
const wednesday = '2026-11-25T02:00:00Z';

// biome-ignore lint/suspicious/noExplicitAny: what the wire says is checked by each test
type Answer = { status: number; body: any };

async function open(t: { teardown(run: () => void): void }) {
  const clock = new TestClock(new Date(wednesday));
  const cipher = createFieldCipher({ fieldKeys: ['1'.repeat(32)], indexKey: '2'.repeat(64) });
  const room: RatingsRoom = {
    ...{ clock, cipher, rules: ratingRules, calendar: plainCalendar() },
    findPerson: async (id) =>
      names[id] ? { name: names[id], displayName: `${names[id][0]}**`, phoneMasked: '138****0001' } : null,
    findMatter: async (id) => (id === 'id' ? {} : null),
    staffNames: async (ids) => new Map(ids.map((id) => [id, `员工${id}`])),
  };
  const app = createApp({
    ...{ clock, routes: ratingsRoutes(room), rateFactor: 1000, ready: async () => true },
    citizenOf: async (ctx) => {
      const who = /^person (\w+)$/.exec(ctx.get('authorization'))?.[1];
      return who ? { personId: who, level: 2, channel: 'weapp' } : undefined;
    },
    staffOf: async (ctx) => {
      const [, role, staffId = 'S1', hall] =
        /^staff (\w+) (\w+) ?(\w+)?$/.exec(ctx.get('authorization')) ?? [];
      return role ? { staffId, name: '张', roles: [role], hallIds: hall ? [hall] : [] } : undefined;
    },
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.teardown(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const ask = async (method: string, path: string, who: string, body?: unknown): Promise<Answer> => {
    const headers = { authorization: who, 'content-type': 'application/json' };
    const response = await fetch(url + path, {
      ...{ method, headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    ...{ room, clock, url },
    get: (path: string, who = '') => ask('GET', path, who),
    post: (path: string, who: string, body: unknown = {}) => ask('POST', path, who, body),
    finish: async (change: Partial<RenderedService> = {}) => {
      const service: RenderedService = {
        ...{ key: `ticket:${newId()}`, kind: 'hall', personId: 'wang', number: 'ZC2611250001' },
        ...{ matter: '居民身份证换领', department: '区公安分局', finishedAt: clock.now() },
        hall: { id: 'district', name: '增城区政务服务中心', window: '12' },
        ...change,
      };
      await inTransaction((session) => openRatingEvent(room, service, session));
      return (await serviceEvents().findOne({ key: service.key }))!;
    },
  };
}

const me = 'person wang';
const clerk = 'staff windowClerk S1';
const manager = 'staff hallManager S2';

test.serial('R4.2: a service is rated once, by its own citizen, however often it is sent', async (t) => {
  const here = await open(t);
  const event = await here.finish({ key: 'ticket:1' });
  await here.finish({ key: 'ticket:1' });
  t.is(await serviceEvents().countDocuments({}), 1, 'one service, one event');
  t.is(await NoticeModel.countDocuments({ kind: 'rating.invite' }), 1);
  const path = `/api/ratings/${event._id}`;
  t.is((await here.get(path, 'person li')).body.error.id, 'ratings.unknown');
  t.is((await here.post(path, 'person li', { level: 1 })).body.error.id, 'ratings.unknown');
  t.is((await here.post(path, me, { level: 5, tags: ['没有的标签'] })).body.error.id, 'ratings.bad_tag');
  t.is((await here.post(path, me, { level: 6 })).status, 400);
  const sent = await Promise.all([5, 4, 1].map((level) => here.post(path, me, { level, text: '很好' })));
  t.deepEqual(sent.map((each) => each.status).sort(), [200, 409, 409]);
  const winner = sent.find((each) => each.status === 200)!.body.rating.level;
  t.is((await here.get(path, me)).body.rating.level, winner);
  t.is(await workOrders().countDocuments({}), winner === 1 ? 1 : 0);
  const stored = (await serviceEvents().findOne({ _id: event._id }))!;
  t.notRegex(JSON.stringify(stored), /很好|王小明/, 'words and names are stored encrypted');
  t.is(stored.rating!.textState, 'held', 'nothing is published unread');
});

test.serial(
  'R4.2: by name and number too; five misses, then nobody gets through for a quarter of an hour',
  async (t) => {
    const here = await open(t);
    await here.finish({ kind: 'online', number: '440118202611250001', hall: null });
    const right = { name: '王 小明', number: '440118202611250001' };
    const found = await here.post('/api/ratings/find', 'person li', right);
    t.like(found.body, { matter: '居民身份证换领', open: true });
    t.notRegex(JSON.stringify(found.body), /王|138/, 'no personal data to who only knows the number');
    for (let n = 0; n < 8; n++) await here.post('/api/ratings/find', 'person li', right);
    const wrongName = { ...right, name: '王大明' };
    const wrongNumber = { ...right, number: '440118202611250002' };
    const [a, b] = [
      await here.post('/api/ratings/find', 'person li', wrongName),
      await here.post('/api/ratings/find', 'person li', wrongNumber),
    ];
    t.deepEqual([a.status, a.body.error.id], [404, 'ratings.unknown']);
    t.deepEqual(
      [b.status, b.body.error.message],
      [404, a.body.error.message],
      'which part was wrong is not told',
    );
    await Promise.all([1, 2, 3, 4, 5].map(() => here.post('/api/ratings/find', 'person li', wrongNumber)));
    const late = await here.post('/api/ratings/find', 'person li', right);
    t.is(late.body.error.id, 'ratings.too_many_misses', 'even the right answer has to wait');
    for (const guesser of ['a', 'b', 'c', 'd', 'e']) {
      await here.post('/api/ratings/find', `person ${guesser}`, { ...right, name: `猜${guesser}` });
    }
    t.is((await here.post('/api/ratings/find', 'person f', right)).status, 429, 'many accounts, one number');
    here.clock.forward(16 * 60_000);
    const rated = await here.post('/api/ratings/by-number', 'person li', { ...right, level: 4 });
    t.like(rated.body.rating, { level: 4, levelLabel: '满意' });
    const again = await here.post('/api/ratings/by-number', 'person li', { ...right, level: 1 });
    t.is(again.body.error.id, 'ratings.already_rated');
  },
);

test.serial(
  'R4.2: seven natural days of silence are 基本满意, kept apart from what people chose',
  async (t) => {
    const here = await open(t);
    const event = await here.finish();
    const rated = await here.finish({ number: 'ZC2611250002' });
    await here.post(`/api/ratings/${rated._id}`, me, { level: 2, tags: ['跑了多次'] });
    here.clock.set(new Date('2026-12-02T15:59:00Z')); // 23:59 of the seventh day
    t.is(await closeSilent(here.room), 0);
    here.clock.set(new Date('2026-12-02T16:00:00Z'));
    t.is((await here.post(`/api/ratings/${event._id}`, me, { level: 1 })).body.error.id, 'ratings.too_late');
    t.deepEqual([await closeSilent(here.room), await closeSilent(here.room)], [1, 0]);
    t.like((await here.get(`/api/ratings/${event._id}`, me)).body, {
      open: false,
      rating: { source: 'silent', level: 3 },
    });
    const statistics = await here.get('/api/staff/statistics/ratings?from=2026-11-01&to=2026-12-31', manager);
    t.like(statistics.body.total, { active: 1, silent: 1, bad: 1, satisfied: 0 });
  },
);

test.serial(
  'R4.2: a bad rating is a work order with a clock: called in one working day, fixed in five, extended to fifteen',
  async (t) => {
    const here = await open(t);
    here.clock.set(new Date('2026-11-27T08:00:00Z')); // Friday
    const event = await here.finish();
    await here.post(`/api/ratings/${event._id}`, me, { level: 1, tags: ['态度不好'], text: '等了很久' });
    const list = async (who = clerk) => (await here.get('/api/staff/rating-orders', who)).body.orders;
    t.like((await list())[0], {
      ...{ state: 'toContact', dueContact: '2026-11-30', dueFix: '2026-12-04', late: null, text: '等了很久' },
      ...{ citizen: '王**', phone: '138****0001', acts: ['contact', 'handOver', 'appeal'] },
    });
    t.deepEqual(await list('staff windowClerk S3 elsewhere'), [], 'another hall does not see it');
    t.is((await here.get('/api/staff/rating-orders', 'staff auditor S4')).status, 403);
    const path = `/api/staff/rating-orders/${event._id}/act`;
    const act = (what: string, who = clerk, more = {}) =>
      here.post(path, who, { do: what, why: '说明', ...more });
    t.is((await act('contact', 'staff windowClerk S3 elsewhere')).body.error.id, 'ratings.order_unknown');
    t.is((await act('answer')).body.error.id, 'ratings.order_changed', 'nobody has called yet');
    here.clock.set(new Date('2026-12-01T02:00:00Z'));
    t.is((await list())[0].late, 'contact');
    t.is((await act('contact')).body.state, 'fixing');
    t.like((await act('handOver', clerk, { department: '区数据局' })).body, { department: '区数据局' });
    t.like((await act('extend')).body, { dueFix: '2026-12-18' });
    t.is((await act('extend')).body.error.id, 'ratings.order_changed', 'once');
    t.is((await act('answer')).body.state, 'answered');
    t.is(await NoticeModel.countDocuments({ kind: 'rating.answered' }), 1);
    const mine = async () => (await here.get(`/api/ratings/${event._id}`, me)).body.order;
    t.like(await mine(), { answer: '说明', mayFollowUp: true });
    const follow = (satisfied: boolean) =>
      here.post(`/api/ratings/${event._id}/follow-up`, me, { satisfied, text: '还没改好' });
    t.is(
      (await here.post(`/api/ratings/${event._id}/follow-up`, 'person li', { satisfied: true })).status,
      404,
    );
    t.is((await follow(false)).body.order.state, 'fixing');
    t.is((await act('answer')).body.state, 'answered');
    t.is((await follow(false)).body.error.id, 'ratings.no_follow_up', 'one follow-up');
    here.clock.set(new Date('2026-12-09T02:00:00Z'));
    t.is(await closeAnswered(here.room), 1);
    const [over] = (await here.get('/api/staff/rating-orders?view=over', clerk)).body.orders;
    t.deepEqual(
      over.history.map((each: { what: string; who: string }) => `${each.who} ${each.what}`),
      [
        ...['市民 收到差评', '员工S1 首次联系', '员工S1 转办', '员工S1 延长期限', '员工S1 答复市民'],
        ...['市民 市民追评', '员工S1 答复市民', '系统 办结'],
      ],
    );
  },
);

test.serial(
  'R4.2: a mistaken rating is appealed by one and decided by another, and then does not count',
  async (t) => {
    const here = await open(t);
    const event = await here.finish();
    await here.post(`/api/ratings/${event._id}`, me, { level: 2 });
    here.clock.set(new Date('2026-11-27T02:00:00Z'));
    await rollRatedDays(here.room);
    const total = async () =>
      (await here.get('/api/staff/statistics/ratings?from=2026-11-25&to=2026-11-26', manager)).body.total;
    t.is((await total()).bad, 1);
    const act = (what: string, who: string) =>
      here.post(`/api/staff/rating-orders/${event._id}/act`, who, { do: what, why: '评错了窗口' });
    await act('appeal', manager);
    t.is((await act('agree', clerk)).status, 403);
    t.is((await act('agree', manager)).body.error.id, 'ratings.own_appeal');
    t.is((await act('agree', 'staff hallManager S9')).body.state, 'voided');
    t.is((await total()).bad, 0, 'also where the day had been rolled up');
    t.is(await serviceEvents().countDocuments({ 'rating.level': 2 }), 1, 'kept, not deleted');
  },
);

test('every step of a work order is an edge of the graph, and the ends have none', (t) => {
  const events: OrderEvent[] = [
    ...(['contact', 'handOverNew', 'handOver', 'extend', 'answer', 'close', 'followUp'] as const),
    ...(['appeal', 'agree', 'refuseNew', 'refuse'] as const),
  ];
  for (const state of ['closed', 'voided'] as const) {
    t.deepEqual(
      events.filter((event) => orderStateAfter(state, event)),
      [],
    );
  }
  t.is(orderStateAfter('toContact', 'answer'), null);
});

test.serial(
  'I12: the roll-up equals a recount, by each dimension; the public table has no personal data',
  async (t) => {
    const here = await open(t);
    await serviceEvents().insertMany(randomEvents(1200));
    here.clock.set(new Date('2026-12-05T02:00:00Z'));
    await rollRatedDays(here.room);
    const [from, to] = ['2026-10-20', '2026-12-05'];
    t.true((await ratedDays().countDocuments({})) > 40);
    t.truthy(await ratedDays().findOne({ _id: '2026-11' }), 'a month that is over is one document');
    const recount = new Counter();
    for (const cells of (await recountDays(from, to)).values()) for (const cell of cells) recount.merge(cell);
    t.deepEqual((await readSpan(from, to)).cells, recount.cells());
    const { body } = await here.get('/api/ratings/public?month=2026-11');
    const november = await serviceEvents()
      .find({ 'rating.day': { $gte: '2026-11-01', $lte: '2026-11-30' }, voided: false })
      .toArray();
    t.is(body.total.active, november.filter((each) => each.rating!.source === 'active').length);
    t.is(body.total.silent, november.filter((each) => each.rating!.source === 'silent').length);
    t.notRegex(JSON.stringify(body), /wang|ZC26/);
    const asked = `from=${from}&to=${to}&department=${encodeURIComponent('部门1')}`;
    const report = (await here.get(`/api/staff/statistics/ratings?${asked}`, manager)).body;
    t.true(
      report.byMatter.length > 0 &&
        report.byMatter.every((row: { key: string }) => row.key.startsWith('部门1')),
    );
    const sums = ['byDepartment', 'byHall', 'byHour', 'byDay'].map((by) =>
      report[by].reduce((sum: number, row: { active: number }) => sum + row.active, 0),
    );
    t.deepEqual(sums, [report.total.active, report.total.active, report.total.active, report.total.active]);
    const file = await fetch(`${here.url}/api/staff/statistics/ratings.xlsx?${asked}`, {
      headers: { authorization: manager },
    });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await file.arrayBuffer()) as never);
    t.is(workbook.getWorksheet('汇总')!.getCell('G2').value, report.total.active);
  },
);

/** Ratings of 45 days, from a seed. */
function randomEvents(count: number): ServiceEvent[] {
  let seed = 7;
  const chance = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  return Array.from({ length: count }, (_, at): ServiceEvent => {
    const day = addDays('2026-10-20', chance(47));
    const finishedAt = new Date(`${day}T0${1 + chance(8)}:00:00Z`);
    return {
      ...{
        _id: newId(),
        key: `ticket:${at}`,
        kind: 'hall',
        personId: 'wang',
        lookUp: null,
        number: `ZC26${at}`,
      },
      ...{
        matter: `事项${chance(9)}`,
        department: `部门${chance(4)}`,
        hallId: 'h',
        hall: `大厅${chance(3)}`,
      },
      ...{ window: `${chance(20)}`, finishedAt, until: day, open: false, voided: chance(50) === 0 },
      rating: {
        ...{
          source: chance(3) === 0 ? 'silent' : 'active',
          level: 1 + chance(5),
          tags: [],
          textSealed: null,
        },
        ...{ textState: 'none', at: finishedAt, day, personId: null },
      },
    };
  });
}

test.serial('R4.1: a guide has one opinion of each person, and a mean', async (t) => {
  const here = await open(t);
  const path = '/api/guide-ratings/id';
  t.deepEqual((await here.get(path)).body, { count: 0, mean: null, mine: null });
  await here.post(path, me, { level: 2 });
  await here.post(path, me, { level: 4 });
  t.deepEqual((await here.post(path, 'person li', { level: 5 })).body, { count: 2, mean: 4.5, mine: 5 });
  t.is((await here.post('/api/guide-ratings/none', me, { level: 5 })).status, 404);
});

test.serial('a text is held until somebody has read it, and is never dropped', async (t) => {
  const here = await open(t);
  const event = await here.finish();
  await here.post(`/api/ratings/${event._id}`, me, { level: 4, text: '窗口的张先生很耐心' });
  const held = (await here.get('/api/staff/ratings?view=text', clerk)).body.ratings;
  t.like(held[0], { text: '窗口的张先生很耐心', textState: 'held' });
  const kept = await here.post(`/api/staff/ratings/${event._id}/text`, clerk, { show: false });
  t.like(kept.body, { text: '窗口的张先生很耐心', textState: 'kept' });
  t.deepEqual((await here.get('/api/staff/ratings?view=text', clerk)).body.ratings, []);
});
