import test from 'ava';
import { type SmsStandIn, startSms } from '../../../mocks/sms/server.ts';
import { citizens } from '../../../mocks/wechat/citizens.ts';
import type { Wechat } from '../../../mocks/wechat/server.ts';
import { TestClock } from '../../kernel/clock.ts';
import { connectSms, type SmsClient } from '../../sms/client.ts';
import { programKeys } from '../../testing/accountKeys.ts';
import { useDatabase } from '../../testing/database.ts';
import { accountAt, startTestWechat } from '../../testing/officialAccount.ts';
import { createSubscriptionMessages } from '../../wechat/mini-program/subscriptionMessages.ts';
import { AccessToken } from '../../wechat/official-account/accessToken.ts';
import { type ClosableOfficialAccount, stableToken } from '../../wechat/official-account/client.ts';
import { Transport } from '../../wechat/official-account/transport.ts';
import { AccountTemplates } from './accountTemplates.ts';
import { consentTemplates, recordAnswers } from './askConsent.ts';
import { createNotice } from './createNotice.ts';
import { type Notice, NoticeModel, type NoticeState } from './model.ts';
import { setOptOut } from './optOuts.ts';
import type { NoticesRoom, SubscriptionChannel } from './room.ts';
import { sendNotice } from './sendNotice.ts';
import { noticeSettings } from './settings.ts';
import { listStaffNotices, resendNotice } from './staffNotices.ts';
import { noticeStatistics } from './statistics.ts';
import { claimDue } from './worker.ts';

const database = useDatabase(test);

let wechat: Wechat;
let account: ClosableOfficialAccount;
let transport: Transport;
let room: NoticesRoom;
let channel: SubscriptionChannel;
let clock: TestClock;
let sms: SmsStandIn;
let texting: SmsClient;
const strangers: string[] = [];

test.before(async () => {
  wechat = await startTestWechat();
  account = accountAt(wechat.url);
  transport = new Transport({ base: wechat.url });
  const tokens = new AccessToken({
    appid: programKeys.appid,
    fetch: stableToken(transport, programKeys.appid, programKeys.secret),
  });
  const messages = createSubscriptionMessages({ transport, tokens });
  channel = { messages, templates: new AccountTemplates(messages, () => 0) };
  database.closers.push(wechat.close, account.close, () => transport.close());
  database.closers.push(
    () => texting.close(),
    () => sms.close(),
  );
});
test.beforeEach(async () => {
  const keys = { secretId: 'id', secretKey: 'key', app: '1400000001', signature: '增城政务' };
  await texting?.close();
  await sms?.close();
  sms = await startSms(keys);
  texting = connectSms({ base: sms.url, ...keys, timeoutMs: 3000 });
  await NoticeModel.deleteMany({});
  clock = new TestClock(new Date());
  clock.set(new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 2 * 3600_000)); // 10:00 in Beijing
  room = {
    clock,
    account,
    templates: new AccountTemplates(account, () => 0),
    settings: noticeSettings,
    findPerson: async (id) => {
      const citizen = citizens.find((each) => each.id === id);
      return citizen
        ? { id, phone: citizen.phone, follower: citizen.follows, openids: citizen.openids }
        : null;
    },
    setFollower: async (openid, follows) => void (follows || strangers.push(openid)),
    subscription: channel,
    sms: texting,
  };
});

const kinds = {
  'queue.soon': { ticket: 'A012', ahead: '3', hall: '增城区政务服务中心A区' },
  'queue.yourTurn': { ticket: 'A012', window: 'A区05号窗口', hall: '区中心', time: '2026年11月26日 09:42' },
  'case.accepted': {
    matter: '食品经营许可',
    number: '1',
    time: '2026年11月24日 10:21',
    department: '增城区市场监督管理局',
  },
} as const;

let subject = 0;
async function sent(kind: keyof typeof kinds, personId: string): Promise<Notice> {
  const key = `${personId}:${kind}:${++subject}`;
  await createNotice({ key, personId, kind, values: kinds[kind], page: null, at: clock.now() });
  return run(key);
}
async function run(key: string): Promise<Notice> {
  await NoticeModel.updateOne({ key }, { $min: { dueAt: clock.wall() } });
  for (const notice of await claimDue(room, 10)) await sendNotice(room, notice);
  return (await NoticeModel.findOne({ key }).lean<Notice>())!;
}
const serviceMessages = (citizen: string): number => wechat.messages(citizen, 'service').length;
const consent = (citizen: string, templateIds: readonly string[]): Promise<Response> =>
  fetch(`${wechat.url}/__mock/wechat/consent`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ citizen, templateIds, accept: true, account: 'mp' }),
  });
const is = (notice: Notice, state: NoticeState, by: Notice['channel']): [boolean, string] => [
  notice.state === state && notice.channel === by,
  JSON.stringify(notice),
];

test.serial(
  'the account’s template comes first; who does not follow gets what they consented to, else an SMS, else nothing',
  async (t) => {
    t.true(...is(await sent('queue.soon', 'wang'), 'sent', 'template'));
    t.true(...is(await sent('queue.soon', 'zhang'), 'unreachable', null));
    t.true(...is(await sent('queue.yourTurn', 'zhang'), 'sent', 'sms'));
    t.deepEqual(
      sms.received.map(({ phone, text }) => [phone, text]),
      [['13800000005', '【增城政务】A012号请到区中心A区05号窗口办理，过号请联系现场工作人员。']],
    );
    const { templates } = await consentTemplates(channel, ['queue.soon']);
    await consent('zhang', [templates[0]!.templateId]);
    await recordAnswers(channel, 'zhang', [{ templateId: templates[0]!.templateId, answer: 'accept' }]);
    const before = serviceMessages('zhang');
    t.true(...is(await sent('queue.soon', 'zhang'), 'sent', 'subscription'));
    t.is(serviceMessages('zhang'), before + 1);
  },
);

test.serial('a consent that WeChat does not know of is given up, and the next channel speaks', async (t) => {
  const { templates } = await consentTemplates(channel, ['queue.yourTurn']);
  await recordAnswers(channel, 'zhang', [{ templateId: templates[0]!.templateId, answer: 'accept' }]);
  t.true(...is(await sent('queue.yourTurn', 'zhang'), 'sent', 'sms'));
  t.is(sms.received.length, 1);
});

test.serial(
  'an SMS without an answer is never repeated; one the provider refuses is not said to be sent',
  async (t) => {
    sms.fault = { drop: true };
    const lost = await sent('queue.yourTurn', 'zhang');
    t.true(...is(lost, 'unknown', 'sms'));
    sms.fault = null;
    t.is((await run(lost.key)).state, 'unknown');
    t.is(sms.received.length, 1, 'it went out, once');
    clock.forward(1000);
    const held = await sent('queue.yourTurn', 'zhang');
    t.true(...is(held, 'created', null));
    t.regex(held.problem?.message ?? '', /ThirtySecondLimit/);
    sms.blacklist.add('13800000005');
    t.is((await sent('queue.yourTurn', 'zhang')).state, 'unreachable');
    t.is(sms.received.length, 1);
  },
);

test.serial('somebody who left the account is known as such from then on', async (t) => {
  room = { ...room, findPerson: async (id) => ({ ...(await findZhang(id)), follower: true }) };
  const notice = await sent('case.accepted', 'zhang');
  t.is(notice.state, 'unreachable');
  t.is(notice.problem?.code, 43004);
  t.is(strangers.length, 1);
});
async function findZhang(id: string) {
  const { phone, openids } = citizens.find((each) => each.id === id)!;
  return { id, phone, openids };
}

test.serial('quiet hours hold what nobody waits for, and let through what somebody does', async (t) => {
  clock.forward(13 * 3600_000); // 23:00
  const held = await sent('case.accepted', 'wang');
  t.is(held.state, 'created');
  t.is(held.dueAt.getTime() - clock.wall().getTime(), 9 * 3600_000, 'until 8 in the morning');
  t.is((await sent('queue.yourTurn', 'wang')).state, 'sent');
  clock.forward(9 * 3600_000);
  t.is((await run(held.key)).state, 'sent');
});

test.serial(
  'what is too late is not sent; what a person switched off is not either, unless it must be',
  async (t) => {
    const key = 'wang:queue.yourTurn:late';
    const at = clock.now();
    await createNotice({
      key,
      personId: 'wang',
      kind: 'queue.yourTurn',
      values: kinds['queue.yourTurn'],
      page: null,
      at,
    });
    clock.forward(11 * 60_000);
    t.is((await run(key)).state, 'expired');
    await setOptOut('wang', 'queue.soon', true);
    await setOptOut('wang', 'queue.yourTurn', true);
    t.is((await sent('queue.soon', 'wang')).state, 'optedOut');
    t.is((await sent('queue.yourTurn', 'wang')).state, 'sent', 'may not be switched off');
    await setOptOut('wang', 'queue.soon', false);
  },
);

test.serial('staff find a notice by its number and send it again; a delivered one cannot be', async (t) => {
  const failed = await sent('case.accepted', 'nobody');
  t.is(failed.state, 'unreachable');
  const { notices } = await listStaffNotices({ q: '1' }, async () => new Map());
  t.deepEqual(
    notices.map(({ id, mayResend }) => [id, mayResend]),
    [[failed._id, true]],
  );
  await NoticeModel.updateOne({ _id: failed._id }, { $set: { personId: 'li' } });
  await resendNotice(failed._id, { wall: clock.wall(), now: clock.now() });
  t.is((await run(failed.key)).state, 'sent');
  await t.throwsAsync(resendNotice(failed._id, { wall: clock.wall(), now: clock.now() }), {
    message: /不能重发/,
  });
});

test.serial('statistics are a recount: days, kinds, and the quota as WeChat counts it', async (t) => {
  await sent('queue.yourTurn', 'wang');
  await sent('queue.soon', 'zhang');
  await NoticeModel.updateMany({}, { $set: { createdAt: clock.wall() } });
  const { days, kinds: byKind, quota } = await noticeStatistics(room, 2);
  t.is(days.at(-1)!.total, 2);
  t.is(days.at(-1)!.sent, await NoticeModel.countDocuments({ state: 'sent' }));
  t.deepEqual(byKind.map(({ kind, total }) => [kind, total]).toSorted(), [
    ['queue.soon', 1],
    ['queue.yourTurn', 1],
  ]);
  t.is(quota!.limit, 100_000);
  t.is(quota!.reserve, 10_000);
});
