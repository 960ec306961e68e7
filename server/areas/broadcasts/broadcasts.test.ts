import { PassThrough } from 'node:stream';
import test from 'ava';
import ExcelJS from 'exceljs';
import { citizens } from '../../../mocks/wechat/citizens.ts';
import type { Wechat } from '../../../mocks/wechat/server.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { HallError } from '../../kernel/http/hallError.ts';
import type { StaffMember } from '../../kernel/http/route.ts';
import type { RunningWorker } from '../../kernel/jobs.ts';
import { accountKeys } from '../../testing/accountKeys.ts';
import { useDatabase } from '../../testing/database.ts';
import { accountAt, listenWith, startTestWechat } from '../../testing/officialAccount.ts';
import type { ClosableOfficialAccount } from '../../wechat/official-account/client.ts';
import { wechatCallback } from '../account/callback.ts';
import { takeReportsOf } from '../account/reports.ts';
import { AccountTemplates } from '../notices/accountTemplates.ts';
import { noticeSettings } from '../notices/settings.ts';
import { noticesWorkers } from '../notices/worker.ts';
import { actOnBroadcast, createBroadcast, editBroadcast, findBroadcast } from './actOnBroadcast.ts';
import type { BroadcastInput, BroadcastState } from './contract.ts';
import { refreshCounts, storeCounts } from './counts.ts';
import { listReceivers } from './listReceivers.ts';
import { type Broadcast, BroadcastModel } from './model.ts';
import { previewBroadcast } from './preview.ts';
import type { BroadcastsRoom } from './room.ts';
import { broadcastsWorkers } from './worker.ts';
import { writeReport } from './writeReport.ts';

const database = useDatabase(test);

const anna: StaffMember = { staffId: 'anna', name: '安娜', roles: ['publisher', 'approver'], hallIds: [] };
const ben: StaffMember = { staffId: 'ben', name: '本', roles: ['publisher', 'approver'], hallIds: [] };
const cora: StaffMember = { staffId: 'cora', name: '科拉', roles: ['approver'], hallIds: [] };
const now = new Date();
const openidOf = (id: string): string => citizens.find((each) => each.id === id)!.openids.officialAccount;

let wechat: Wechat;
let account: ClosableOfficialAccount;
let room: BroadcastsRoom;
let running: RunningWorker[] = [];
let closeServer: () => Promise<void>;

test.before(async () => {
  wechat = await startTestWechat();
  account = accountAt(wechat.url, { timeoutMs: 3000, connections: 64 });
  const clock = systemClock();
  room = {
    clock,
    account,
    templates: new AccountTemplates(account, () => Date.now()),
    applicants: async () => ({ total: 2, openids: ['wang', 'li'].map(openidOf), next: null }),
    settings: { ...noticeSettings, personalReserve: { share: 0.1, atLeast: 50 } },
    concurrency: 32,
    leaseMs: 2000,
    pollMs: 50,
  };
  const server = await listenWith(
    wechatCallback({
      ...accountKeys,
      clock,
      handle: async () => '',
      sayLater: async () => {},
      takeReport: takeReportsOf(clock),
    }),
  );
  closeServer = server.close;
  wechat.setCallback(`${server.url}/wechat/callback`);
  running = [
    ...broadcastsWorkers(room),
    ...noticesWorkers({
      clock,
      account,
      templates: room.templates,
      settings: noticeSettings,
      findPerson: async () => null,
      setFollower: async () => {},
      subscription: null,
      sms: null,
    }),
  ].map((worker) => worker.start());
  database.closers.push(wechat.close, account.close, closeServer, async () => {
    for (const worker of running) await worker.stop();
  });
});

/** What an earlier test left switched on would spoil the next one. */
test.beforeEach(() => wechat.setProfile({ errorRate: 0, dropResponses: 0, latencyMs: 0, paths: [] }));

const text = (words: string): BroadcastInput => ({
  title: '停电通知',
  audience: { kind: 'followers' },
  content: { kind: 'text', text: words },
  scheduledAt: null,
});

const announcement = (subject: string): BroadcastInput => ({
  title: '窗口调整',
  audience: { kind: 'followers' },
  content: {
    kind: 'template',
    template: 'service.announcement',
    values: { subject, scope: '全区', time: '2026年11月27日 09:00', tip: '可先在小程序预约' },
    page: null,
  },
  scheduledAt: null,
});

async function approved(input: BroadcastInput): Promise<Broadcast> {
  const draft = await createBroadcast(input, anna, new Date());
  const submitted = await actOnBroadcast(draft._id, 'submit', { version: 1 }, anna, new Date());
  return actOnBroadcast(draft._id, 'approve', { version: submitted.version }, ben, new Date());
}

async function reached(
  id: string,
  ready: (broadcast: Broadcast) => boolean,
  why: string,
): Promise<Broadcast> {
  for (let i = 0; i < 3000; i++) {
    const broadcast = await findBroadcast(id);
    const counts = await refreshCounts(broadcast, new Date(Date.now() + 2000));
    if (ready({ ...broadcast, counts })) return { ...broadcast, counts };
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${why}: ${JSON.stringify(await findBroadcast(id))}`);
}
const inState =
  (...states: BroadcastState[]) =>
  ({ state }: Broadcast): boolean =>
    states.includes(state);
const errorId = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: HallError) => error.id,
  );

test.serial('I10: neither who wrote it nor who submitted it may approve it', async (t) => {
  const draft = await createBroadcast(text('甲'), anna, now);
  const edited = await editBroadcast(draft._id, { ...text('乙'), version: 1 }, ben, now);
  const submitted = await actOnBroadcast(draft._id, 'submit', { version: edited.version }, anna, now);
  const at = { version: submitted.version };
  t.is(await errorId(actOnBroadcast(draft._id, 'approve', at, anna, now)), 'broadcasts.own_approval');
  t.is(await errorId(actOnBroadcast(draft._id, 'approve', at, ben, now)), 'broadcasts.own_approval');
  const rejected = await actOnBroadcast(draft._id, 'reject', { ...at, reason: '时间不对' }, cora, now);
  t.is(rejected.state, 'rejected');
  t.is(rejected.rejectReason, '时间不对');
});

test.serial('two approvals at once: one wins, the other hears that it changed', async (t) => {
  const draft = await createBroadcast({ ...text('丙'), scheduledAt: '2099-01-01T00:00:00Z' }, anna, now);
  const { version } = await actOnBroadcast(draft._id, 'submit', { version: 1 }, anna, now);
  const results = await Promise.all(
    [ben, cora].map((staff) => errorId(actOnBroadcast(draft._id, 'approve', { version }, staff, now))),
  );
  t.deepEqual(results.toSorted(), ['broadcasts.changed', 'none']);
  const edited = await editBroadcast(draft._id, { ...text('丁'), version: version + 1 }, anna, now);
  t.is(edited.state, 'draft', 'an edit takes the approval away');
  t.is(edited.approver, null);
});

test.serial('a draft that WeChat would refuse cannot be submitted, and its preview says why', async (t) => {
  const input = announcement('');
  const draft = await createBroadcast(input, anna, now);
  t.is(await errorId(actOnBroadcast(draft._id, 'submit', { version: 1 }, anna, now)), 'broadcasts.invalid');
  const preview = await previewBroadcast(room, input.content, input.audience);
  t.deepEqual(preview.problems, [{ field: 'subject', message: '变更内容：不能为空' }]);
  t.is(preview.audienceCount, 7);
  const personal = { kind: 'template', template: 'booking.confirmed', values: {}, page: null } as const;
  t.is((await previewBroadcast(room, personal, input.audience)).problems.length, 1, 'not for broadcasts');
});

test.serial('R9: a mass text is sent once and ends with WeChat’s own counts', async (t) => {
  const { _id } = await approved(text('本周六大厅停电检修，请改日前来。'));
  const done = await reached(_id, inState('sent', 'failed'), 'the mass text');
  t.is(done.state, 'sent');
  t.like(done.counts, { audience: 7, sent: 7, waiting: 0, failed: 0 });
  t.is(wechat.messages('wang').filter(({ origin }) => origin === 'mass').length, 1);
});

test.serial('R9: a template broadcast reaches every follower once; its counts equal WeChat’s', async (t) => {
  wechat.setProfile({ followers: 1993, dropResponses: 0.02, paths: ['/cgi-bin/message/template/send'] });
  const { _id } = await approved(announcement('甲事项暂停办理'));
  const done = await reached(
    _id,
    ({ state, counts }) => state === 'sent' && counts.delivered === 2000,
    'delivered',
  );
  wechat.setProfile({ dropResponses: 0, paths: [] });
  t.deepEqual(done.counts, {
    audience: 2000,
    waiting: 0,
    sent: 2000,
    delivered: 2000,
    refused: 0,
    failed: 0,
  });
  const [campaign] = wechat.ledger({ contains: '甲事项暂停办理' }).campaigns;
  t.deepEqual(campaign!.perPerson, { '1': 2000 });
});

test.serial('pause, resume and stop do what they say within 2 s', async (t) => {
  wechat.setProfile({ followers: 5000, latencyMs: 20 });
  const { _id, version } = await approved(announcement('乙事项暂停办理'));
  await reached(_id, ({ counts }) => counts.sent > 100, 'under way');
  const paused = await actOnBroadcast(_id, 'pause', { version }, ben, new Date());
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const sent = wechat.ledger({ contains: '乙事项暂停办理' }).campaigns[0]!.messages;
  await new Promise((resolve) => setTimeout(resolve, 700));
  t.is(wechat.ledger({ contains: '乙事项暂停办理' }).campaigns[0]!.messages, sent, 'nothing more is sent');
  t.true(sent < 5007);
  const resumed = await actOnBroadcast(_id, 'resume', { version: paused.version }, ben, new Date());
  await reached(_id, ({ counts }) => counts.sent > sent, 'under way again');
  await actOnBroadcast(_id, 'stop', { version: resumed.version }, ben, new Date());
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const counts = await storeCounts(_id, new Date());
  const [campaign] = wechat.ledger({ contains: '乙事项暂停办理' }).campaigns;
  t.is(counts.sent, campaign!.messages);
  t.deepEqual(Object.keys(campaign!.perPerson), ['1']);
  t.is(counts.audience, counts.sent + counts.waiting);
  wechat.setProfile({ latencyMs: 0 });
});

test.serial(
  'the quota ends at noon: the broadcast rests until tomorrow and leaves the reserve to notices',
  async (t) => {
    const path = '/cgi-bin/message/template/send';
    wechat.setProfile({ followers: 2000, quotas: { [path]: { daily: 1000, used: 0 } } });
    const { _id } = await approved(announcement('丙事项暂停办理'));
    const resting = await reached(_id, ({ restUntil }) => restUntil !== null, 'resting');
    t.is(resting.state, 'sending');
    t.is(wechat.ledger({ contains: '丙事项暂停办理' }).campaigns[0]!.messages, 900);
    t.like(await account.quota(path), { remain: 100 });
    t.true(resting.restUntil!.getTime() > Date.now());
    wechat.setProfile({ quotas: { [path]: { daily: 100_000, used: 0 } } });
    await BroadcastModel.updateOne({ _id }, { $set: { restUntil: new Date() } }); // the next day
    const done = await reached(_id, inState('sent'), 'sent the next day');
    t.is(done.counts.sent, 2007);
    t.deepEqual(wechat.ledger({ contains: '丙事项暂停办理' }).campaigns[0]!.perPerson, { '1': 2007 });
  },
);

test.serial(
  'too many failures pause it by itself; a template that WeChat disabled does at once',
  async (t) => {
    const path = '/cgi-bin/message/template/send';
    wechat.setProfile({ followers: 3000, errorRate: 0.5, errcode: 47003, paths: [path] });
    const { _id } = await approved(announcement('丁事项暂停办理'));
    const halted = await reached(_id, inState('paused'), 'halted');
    t.regex(halted.history.at(-1)!.note!, /^失败率达到 \d+%，已自动暂停$/);
    wechat.setProfile({ errorRate: 1, errcode: 43116 });
    await actOnBroadcast(_id, 'resume', { version: halted.version }, ben, new Date());
    const again = await reached(
      _id,
      ({ history }) => history.at(-1)!.note?.includes('43116') ?? false,
      'halted again',
    );
    t.is(again.state, 'paused');
    wechat.setProfile({ errorRate: 0, paths: [] });
  },
);

test.serial('one minute’s rate is kept to four fifths, and 45011 slows it down', async (t) => {
  const path = '/cgi-bin/message/template/send';
  wechat.setProfile({ followers: 50, quotas: { [path]: { daily: 100_000, used: 0, perMinute: 1200 } } });
  const begun = performance.now();
  const { repeats } = wechat.ledger();
  const { _id } = await approved(announcement('戊事项暂停办理'));
  await reached(_id, inState('sent'), 'sent');
  // Claimed rows outlive their lease at this rate; none may be called a second time while it waits for its turn.
  t.is(wechat.ledger().repeats, repeats, 'nobody was called twice');
  t.true(performance.now() - begun > (57 / 16) * 1000 * 0.9, '57 messages at 16 a second');
});

test.serial(
  'R9: an urgent broadcast does not wait behind a big one, and both share the calls evenly',
  async (t) => {
    const path = '/cgi-bin/message/template/send';
    wechat.setProfile({
      ...{ followers: 6000, latencyMs: 30 },
      quotas: { [path]: { daily: 100_000, used: 0 } },
    });
    const big = await approved(announcement('庚事项暂停办理'));
    await reached(big._id, ({ counts }) => counts.sent > 200, 'the big one under way');
    const urgent = await approved({
      ...announcement('辛事项今天停办'),
      audience: { kind: 'applicants', matterId: 'm1', days: 30 },
    });
    await reached(urgent._id, inState('sent'), 'the urgent one');
    const second = await approved(announcement('壬事项暂停办理'));
    await reached(second._id, ({ counts }) => counts.sent > 100, 'the second big one under way');
    const sentOf = (name: string): number => wechat.ledger({ contains: name }).campaigns[0]?.messages ?? 0;
    const [before, alsoBefore] = [sentOf('庚事项'), sentOf('壬事项')];
    t.true(before < 6007, 'the big one is not over');
    await reached(second._id, ({ counts }) => counts.sent > 700, 'both go on');
    const [first, other] = [sentOf('庚事项') - before, sentOf('壬事项') - alsoBefore];
    t.true(first > other / 3 && first < other * 3, `${first} and ${other} in the same time`);
    for (const { _id, version } of [big, second])
      await actOnBroadcast(_id, 'stop', { version }, ben, new Date());
    for (const { _id } of [big, second]) await reached(_id, inState('stopped'), 'stopped');
    t.deepEqual(wechat.ledger({ contains: '辛事项' }).campaigns[0]!.perPerson, { '1': 2 });
  },
);

test.serial(
  'those who booked a matter get it by template only; the report names every receiver',
  async (t) => {
    wechat.setProfile({
      followers: 0,
      quotas: { '/cgi-bin/message/template/send': { daily: 100_000, used: 0 } },
    });
    const audience = { kind: 'applicants', matterId: 'm1', days: 30 } as const;
    const wrong = await previewBroadcast(room, text('己').content, audience);
    t.is(wrong.problems[0]!.field, 'audience');
    const { _id } = await approved({ ...announcement('己事项暂停办理'), audience });
    const done = await reached(_id, inState('sent'), 'sent');
    t.is(done.counts.sent, 2);
    const { receivers, next } = await listReceivers(_id, {});
    t.deepEqual([receivers.length, next], [2, null]);
    t.false(
      receivers.some(({ receiver }) => receiver === openidOf('wang')),
      'openids are told in part',
    );
    const file = new PassThrough();
    const chunks: Buffer[] = [];
    file.on('data', (chunk: Buffer) => chunks.push(chunk));
    await writeReport(done, done.counts, '近 30 天预约过「户口迁移」的关注者', file);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.concat(chunks) as never);
    t.is(workbook.getWorksheet('明细')!.rowCount, 3);
    t.is(workbook.getWorksheet('汇总')!.getCell('B3').value, '近 30 天预约过「户口迁移」的关注者');
    t.is(workbook.getWorksheet('汇总')!.getCell('B10').value, 2);
  },
);
