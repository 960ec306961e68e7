import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import test from 'ava';
import { citizens } from '../../../mocks/wechat/citizens.ts';
import { createApp } from '../../app.ts';
import { systemClock } from '../../kernel/clock.ts';
import { createFieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import { addDays, localDayOf } from '../../kernel/localDay.ts';
import { useDatabase } from '../../testing/database.ts';
import { accountAt, startTestWechat } from '../../testing/officialAccount.ts';
import { idleEnvironment } from '../../testing/settings.ts';
import { bookings } from '../booking/model.ts';
import { HallModel } from '../halls/model.ts';
import { MatterModel } from '../matters/model.ts';
import { AccountTemplates } from '../notices/accountTemplates.ts';
import { noticeSettings } from '../notices/settings.ts';
import { demoPersonId, seedPeople } from '../people/seed.ts';
import { createBroadcast } from './actOnBroadcast.ts';
import { countAudience, pageOfAudience } from './audience.ts';
import { audienceLabel } from './audienceLabel.ts';
import { keepList, removeOldLists } from './audienceLists.ts';
import { type Audience, AudienceListView, type BroadcastInput } from './contract.ts';
import { estimateBroadcast } from './estimate.ts';
import { BroadcastModel } from './model.ts';
import { previewBroadcast } from './preview.ts';
import type { BroadcastsRoom } from './room.ts';
import { broadcastsRoutes } from './routes.ts';
import { TagNames } from './tagNames.ts';

const database = useDatabase(test);
const openidOf = (id: string): string => citizens.find((each) => each.id === id)!.openids.officialAccount;
const anna = { staffId: 'anna', name: '安娜', roles: ['publisher'], hallIds: [] };
let room: BroadcastsRoom;

test.before(async () => {
  const wechat = await startTestWechat();
  const account = accountAt(wechat.url, { timeoutMs: 3000 });
  database.closers.push(wechat.close, account.close);
  const keys = idleEnvironment as Record<string, string>;
  const fieldCipher = createFieldCipher({ fieldKeys: [keys['FIELD_KEY']!], indexKey: keys['INDEX_KEY']! });
  await seedPeople({ now: new Date(), fieldCipher });
  room = {
    clock: systemClock(),
    account,
    templates: new AccountTemplates(account, () => Date.now()),
    applicants: async () => ({ total: 0, openids: [], next: null }),
    settings: noticeSettings,
  };
  const today = localDayOf(new Date());
  const booked = (person: 'wang' | 'zhang', hallId: string, days: number, state = 'booked') => ({
    _id: `${person}-${hallId}-${days}-${state}`,
    personId: demoPersonId(person),
    hallId,
    matterId: 'm1',
    date: addDays(today, -days),
    state,
    number: `ZC${person === 'wang' ? 1 : 2}61125${days}${hallId.length}${state.length}0`,
  });
  await HallModel.collection.insertMany([
    { _id: 'hall-a', townCode: 'T1' },
    { _id: 'village-b', townCode: 'T1' },
    { _id: 'hall-c', townCode: 'T2' },
  ] as never);
  await bookings().insertMany([
    booked('wang', 'hall-a', 3),
    booked('wang', 'village-b', 4),
    booked('zhang', 'village-b', 5),
    booked('wang', 'hall-c', 50),
    booked('zhang', 'hall-c', 2, 'expired'),
  ] as never);
});

const lines = (...texts: string[]) => texts.map((text, i) => ({ line: i + 1, text }));
const keep = (...texts: string[]) =>
  keepList(room.account, { name: '名单', lines: lines(...texts), staffId: 'anna' }, new Date());

test('R9: an uploaded list names what it cannot reach and who is in it twice, under whatever name', async (t) => {
  const number = (await bookings().findOne({ personId: demoPersonId('wang'), hallId: 'hall-a' }))!.number!;
  const list = await keep(
    '手机号',
    '13800000001', // 王小明
    openidOf('li'),
    number, // 王小明 again
    '13999999999',
    openidOf('zhang'), // does not follow
    '随便',
  );
  t.is(list.reachable, 2);
  t.deepEqual(
    list.problems.map(({ line, problem, of }) => [line, problem, of]),
    [
      [4, 'duplicate', 2],
      [5, 'unknown', null],
      [6, 'notFollowing', null],
      [7, 'malformed', null],
    ],
  );
  const audience: Audience = { kind: 'list', listId: list.id };
  t.is(await countAudience(room, audience), 2);
  const page = await pageOfAudience(room, audience, null);
  t.deepEqual([...page.openids].sort(), [openidOf('li'), openidOf('wang')].sort());
  t.is(page.next, null);
});

test('R9: a list that reaches nobody is refused', async (t) => {
  await t.throwsAsync(keep('13999999999'), { message: /没有能收到/ });
  await t.throwsAsync(countAudience(room, { kind: 'list', listId: 'gone' }), { message: /没有找到这份名单/ });
});

test('R9: a list of thousands is read back whole, page by page', async (t) => {
  const openids = Array.from({ length: 2500 }, (_, i) => `oList${String(i).padStart(23, '0')}`);
  const people = async (asked: readonly string[]) =>
    asked.map((openid) => ({ openid, follows: true, unionid: null, tagIds: [] }));
  const { id } = await keepList(
    { people },
    { name: '大', lines: lines(...openids), staffId: 'a' },
    new Date(),
  );
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page = await pageOfAudience(room, { kind: 'list', listId: id }, after);
    seen.push(...page.openids);
    after = page.next;
    more = after !== null;
  }
  t.deepEqual(seen, openids);
});

test('R9: a list older than its time is emptied, unless a broadcast still needs it; its name stays', async (t) => {
  const day = 86_400_000;
  const later = new Date(Date.now() + 31 * day);
  const [old, needed] = [await keep('13800000001'), await keep('13800000001', '13999999999')];
  const broadcast = await createBroadcast(
    input({ kind: 'list', listId: needed.id }, 'template'),
    anna,
    new Date(),
  );
  await BroadcastModel.updateOne({ _id: broadcast._id }, { $set: { state: 'approved' } });
  const tags = new TagNames(room.account, () => 0);
  const label = (listId: string): Promise<string> => audienceLabel({ kind: 'list', listId }, tags);
  t.is(await label(old.id), '名单「名单」');
  t.is(await removeOldLists(32, later), 0);
  t.true((await removeOldLists(30, later)) >= 1);
  await t.throwsAsync(pageOfAudience(room, { kind: 'list', listId: old.id }, null), {
    message: /没有找到这份名单/,
  });
  t.is(
    await BroadcastModel.db.collection('broadcastListPages').countDocuments({ _id: `${old.id}:0` as never }),
    0,
  );
  t.is(await label(old.id), '名单「名单」（内容已按期删除）');
  t.is((await pageOfAudience(room, { kind: 'list', listId: needed.id }, null)).openids.length, 1);
  await BroadcastModel.updateOne({ _id: broadcast._id }, { $set: { state: 'sent' } });
  t.is(await removeOldLists(30, later), 1);
  t.is(await removeOldLists(30, later), 0);
});

test('R9: staff read the names of tags, matters and towns, never their ids', async (t) => {
  await HallModel.collection.insertOne({
    _id: 'town-c',
    kind: 'town',
    townCode: 'T3',
    townName: '石滩镇',
  } as never);
  await MatterModel.collection.insertOne({ _id: 'm-id', code: 'c', name: '户口迁移' } as never);
  const tags = new TagNames(room.account, () => 0);
  const tag = await room.account.createTag('企业');
  t.is(await audienceLabel({ kind: 'tag', tagId: tag.id }, tags), '标签「企业」');
  t.is(
    await audienceLabel({ kind: 'town', townCode: 'T3', days: 30 }, tags),
    '近 30 天在石滩镇大厅预约过的关注者',
  );
  t.is(
    await audienceLabel({ kind: 'applicants', matterId: 'm-id', days: 90 }, tags),
    '近 90 天预约过「户口迁移」的关注者',
  );
  t.is(
    await audienceLabel({ kind: 'applicants', matterId: 'gone', days: 90 }, tags),
    '近 90 天预约过一个已下架事项的关注者',
  );
});

const input = (audience: Audience, kind: 'template' | 'text'): BroadcastInput => ({
  title: '通知',
  audience,
  content:
    kind === 'text'
      ? { kind, text: '停电' }
      : { kind, template: 'service.announcement', values: { subject: '甲' }, page: null },
  scheduledAt: null,
});

test('R9: people of a town are those who booked at its halls; who does not follow is counted apart', async (t) => {
  const audience: Audience = { kind: 'town', townCode: 'T1', days: 30 };
  const broadcast = await createBroadcast(input(audience, 'template'), anna, new Date());
  const { count, notFollowing, sample, cost } = await estimateBroadcast(room, broadcast);
  t.deepEqual([count, notFollowing], [1, 1]);
  t.is(sample.length, 1);
  t.regex(sample[0]!.name ?? '', /^王\*/);
  t.false(JSON.stringify(sample).includes(openidOf('wang')));
  t.like(cost, { kind: 'template', needed: 1, days: 1 });
  t.is(await countAudience(room, { ...audience, townCode: 'T2' }), 0, 'too long ago, or never confirmed');
  const refused = await previewBroadcast(room, { kind: 'text', text: '停电' }, audience);
  t.is(refused.problems[0]?.field, 'audience');
});

test('R9: the approver sees how many mass messages of the month are used', async (t) => {
  const broadcast = await createBroadcast(input({ kind: 'followers' }, 'text'), anna, new Date());
  const { sample, notFollowing, cost } = await estimateBroadcast(room, broadcast);
  t.deepEqual(cost, { kind: 'mass', used: 0, limit: 4 });
  t.is(notFollowing, null);
  t.is(sample.length, 5);
});

test('R9: a list comes over HTTP as the file it is; a form of another site cannot send one', async (t) => {
  const app = createApp({
    clock: room.clock,
    routes: broadcastsRoutes(room),
    citizenOf: async () => undefined,
    staffOf: async () => anna,
    ready: async () => true,
  });
  app.silent = true;
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/staff/broadcast-lists`;
  const send = (type: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
    fetch(`${base}?name=a.csv`, { method: 'POST', headers: { 'content-type': type }, body });
  try {
    const taken = await send('application/octet-stream', '13800000001\n13800000001\n');
    const list = AudienceListView.parse(await taken.json());
    t.like(list, { reachable: 1, counts: { duplicate: 1 } });
    t.deepEqual(await (await fetch(`${base}/${list.id}`)).json(), list);
    t.is((await send('text/plain', '13800000001')).status, 400);
    const long = await send('application/octet-stream', new Uint8Array(8 * 1024 * 1024 + 1));
    t.like(await long.json(), { error: { id: 'broadcasts.list_too_long' } });
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
