import test from 'ava';
import { citizens } from '../../../mocks/wechat/citizens.ts';
import type { Wechat } from '../../../mocks/wechat/server.ts';
import { systemClock } from '../../kernel/clock.ts';
import { inTransaction } from '../../kernel/database.ts';
import type { RunningWorker } from '../../kernel/jobs.ts';
import { textAt } from '../../kernel/xml/parseXml.ts';
import { accountKeys } from '../../testing/accountKeys.ts';
import { useDatabase } from '../../testing/database.ts';
import { accountAt, listenWith, startTestWechat } from '../../testing/officialAccount.ts';
import type { ClosableOfficialAccount } from '../../wechat/official-account/client.ts';
import { wechatCallback } from '../account/callback.ts';
import { AccountTemplates } from './accountTemplates.ts';
import { createNotice, type NewNotice } from './createNotice.ts';
import { listNotices } from './listNotices.ts';
import { type Notice, NoticeModel, type NoticeState } from './model.ts';
import { applyReceipts, statusOf, takeReceipt } from './receipts.ts';
import type { NoticesRoom } from './room.ts';
import { noticeSettings } from './settings.ts';
import { noticesWorkers } from './worker.ts';

const database = useDatabase(test);

let wechat: Wechat;
let account: ClosableOfficialAccount;
let room: NoticesRoom;
let running: RunningWorker[] = [];
const unfollowed: string[] = [];

test.before(async () => {
  wechat = await startTestWechat();
  account = accountAt(wechat.url, { timeoutMs: 2000 });
  room = {
    clock: systemClock(),
    account,
    templates: new AccountTemplates(account, () => Date.now()),
    settings: { ...noticeSettings, quietHours: { from: '00:00', to: '00:00' } },
    findPerson: async (id) => {
      const citizen = citizens.find((each) => each.id === id);
      return citizen
        ? { id, phone: citizen.phone, follower: citizen.follows, openids: citizen.openids }
        : null;
    },
    setFollower: async (openid) => void unfollowed.push(openid),
    subscription: null,
    sms: null,
    pollMs: 50,
    leaseMs: 1500,
  };
  const server = await listenWith(
    wechatCallback({
      ...accountKeys,
      clock: room.clock,
      handle: async () => '',
      sayLater: async () => {},
      takeReport: async ({ event, openid, fields, at }) => {
        if (event !== 'templatesendjobfinish') return false;
        await takeReceipt({
          _id: textAt(fields, 'MsgID'),
          openid,
          status: statusOf(textAt(fields, 'Status')),
          at,
        });
        return true;
      },
    }),
  );
  wechat.setCallback(`${server.url}/wechat/callback`);
  running = noticesWorkers(room).map((worker) => worker.start());
  database.closers.push(wechat.close, account.close, server.close, async () => {
    for (const worker of running) await worker.stop();
  });
});

const booked = (personId: string, subject: string): NewNotice => ({
  key: `${personId}:booking.confirmed:${subject}`,
  personId,
  kind: 'booking.confirmed',
  values: {
    matter: '居民身份证换领',
    time: '2026年11月26日 09:30~10:00',
    hall: '增城区政务服务中心A区',
    number: subject,
  },
  page: `packages/booking/detail/index?id=${subject}`,
  at: new Date(),
});

async function stateReached(key: string, ...states: NoticeState[]): Promise<Notice> {
  for (let i = 0; i < 400; i++) {
    const notice = await NoticeModel.findOne({ key }).lean<Notice>();
    if (notice && states.includes(notice.state)) return notice;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(
    `${key} did not become ${states}: ${JSON.stringify(await NoticeModel.findOne({ key }).lean())}`,
  );
}

const cards = (citizen: string, subject: string): number =>
  wechat.messages(citizen).filter((message) => JSON.stringify(message.content).includes(subject)).length;

test.serial(
  'R9: a notice is in the chat well under 2 s after the commit, and its receipt makes it delivered',
  async (t) => {
    const notice = booked('wang', 'ZC0000000001');
    const begun = performance.now();
    await inTransaction((session) => createNotice(notice, session));
    const sent = await stateReached(notice.key, 'sent', 'delivered');
    t.true(performance.now() - begun < 2000);
    t.regex(sent.msgId!, /^\d{16,}$/);
    const [card] = wechat.messages('wang');
    t.deepEqual(card!.content, {
      kind: 'template',
      title: '预约成功通知',
      fields: [
        { label: '预约事项', value: '居民身份证换领' },
        { label: '预约时间', value: '2026年11月26日 09:30~10:00' },
        { label: '办理地点', value: '增城区政务服务中心A区' },
        { label: '预约号', value: 'ZC0000000001' },
        { label: '温馨提示', value: '请按办事指南带齐材料' },
      ],
      link: {
        miniProgram: { appid: 'wx0123456789mp0001', path: 'packages/booking/detail/index?id=ZC0000000001' },
      },
    });
    await stateReached(notice.key, 'delivered');
  },
);

test.serial('a transaction that fails sends nothing; the same key is said once', async (t) => {
  const notice = booked('wang', 'ZC0000000002');
  await t.throwsAsync(
    inTransaction(async (session) => {
      await createNotice(notice, session);
      throw new Error('no');
    }),
  );
  t.is(await NoticeModel.countDocuments({ key: notice.key }), 0);
  await Promise.all(Array.from({ length: 8 }, () => createNotice(notice)));
  await stateReached(notice.key, 'delivered');
  t.is(cards('wang', 'ZC0000000002'), 1);
});

test.serial(
  'a person who does not follow is not written to, and finds the notice in the mini-program',
  async (t) => {
    const notice = booked('zhang', 'ZC0000000003');
    await createNotice(notice);
    await stateReached(notice.key, 'unreachable');
    const { notices, unread } = await listNotices('zhang');
    t.is(notices[0]!.values['number'], 'ZC0000000003');
    t.is(unread, 1);
  },
);

test.serial('an answer that is lost is asked for again with the same client_msg_id: one card', async (t) => {
  const notice = booked('li', 'ZC0000000004');
  wechat.setProfile({ dropResponses: 1, paths: ['/cgi-bin/message/template/send'] });
  await createNotice(notice);
  for (let i = 0; i < 200 && cards('li', 'ZC0000000004') === 0; i++)
    await new Promise((r) => setTimeout(r, 25));
  wechat.setProfile({ dropResponses: 0, paths: [] });
  await stateReached(notice.key, 'delivered');
  t.is(cards('li', 'ZC0000000004'), 1);
});

test.serial('a receipt that comes before the message id is stored is kept until it is', async (t) => {
  const notice = booked('wang', 'ZC0000000005');
  await takeReceipt({ _id: '9000000000000000001', openid: 'x', status: 'refused', at: new Date() });
  await takeReceipt({ _id: '9000000000000000001', openid: 'x', status: 'delivered', at: new Date() });
  await applyReceipts(new Date());
  wechat.setProfile({ dropEvents: 1 });
  await createNotice(notice);
  const sent = await stateReached(notice.key, 'sent');
  wechat.setProfile({ dropEvents: 0 });
  await NoticeModel.updateOne({ _id: sent._id }, { $set: { msgId: '9000000000000000001' } });
  t.is((await stateReached(notice.key, 'refused', 'delivered')).state, 'refused', 'the first receipt counts');
});
