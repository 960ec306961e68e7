import { setTimeout as pause } from 'node:timers/promises';
import test from 'ava';
import { citizens } from '../../../mocks/wechat/citizens.ts';
import type { Wechat } from '../../../mocks/wechat/server.ts';
import { useDatabase } from '../../testing/database.ts';
import { type Killable, startKillable } from '../../testing/killable.ts';
import { startTestWechat } from '../../testing/officialAccount.ts';
import { createNotice } from './createNotice.ts';
import { type Notice, NoticeModel } from './model.ts';

const database = useDatabase(test);
const openids = Object.fromEntries(
  citizens.map(({ id, openids: { officialAccount } }) => [id, officialAccount]),
);
const sendPath = '/cgi-bin/message/template/send';
let wechat: Wechat;
const processes: Killable[] = [];

test.before(async () => {
  wechat = await startTestWechat();
  database.closers.push(wechat.close, async () => {
    for (const each of processes) await each.kill();
  });
});

async function startSender(leaseMs = 1500): Promise<Killable> {
  const sender = await startKillable('senderProcess.ts', [
    database.uri,
    database.name,
    wechat.url,
    JSON.stringify({ openids, leaseMs }),
  ]);
  processes.push(sender);
  return sender;
}

const newNotice = (personId: string, number: string) => ({
  key: `${personId}:booking.confirmed:${number}`,
  personId,
  kind: 'booking.confirmed',
  values: { matter: '社保卡补领', time: '2026年11月26日 09:30~10:00', hall: '荔城街道', number },
  page: null,
  at: new Date(),
});
const find = async (key: string): Promise<Notice> => (await NoticeModel.findOne({ key }).lean<Notice>())!;

async function until(ready: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let i = 0; i < 800; i++) {
    if (await ready()) return;
    await pause(25);
  }
  throw new Error(`${what} did not happen`);
}
const cards = (citizen: string, number: string): number =>
  wechat.messages(citizen).filter(({ content }) => JSON.stringify(content).includes(number)).length;

test.serial('R9: kill -9 between the commit and the send: after a restart exactly one message', async (t) => {
  const notice = newNotice('wang', 'ZC0000001001');
  await createNotice(notice); // no worker is alive
  const sender = await startSender();
  await until(async () => (await find(notice.key)).state === 'sent', 'sent');
  t.is(cards('wang', 'ZC0000001001'), 1);
  await sender.kill();
});

test.serial(
  'R9: kill -9 between the claim and the answer: after a restart exactly one message',
  async (t) => {
    const first = await startSender();
    wechat.setProfile({ hold: true, paths: [sendPath] });
    const notice = newNotice('li', 'ZC0000001002');
    await createNotice(notice);
    await until(async () => (await find(notice.key)).firstTriedAt !== null, 'tried');
    await first.kill();
    wechat.setProfile({ hold: false, paths: [] });
    const second = await startSender();
    await until(async () => (await find(notice.key)).state === 'sent', 'sent');
    t.is(cards('li', 'ZC0000001002'), 1);
    await second.kill();
  },
);

test.serial(
  'R9: kill -9 between the send and its settling: after a restart exactly one message',
  async (t) => {
    const first = await startSender();
    const notice = newNotice('chen', 'ZC0000001003');
    wechat.setProfile({ dropResponses: 1, paths: [sendPath] }); // sent, and the sender never hears of it
    await createNotice(notice);
    await until(() => cards('chen', 'ZC0000001003') === 1, 'arrived');
    await first.kill();
    t.not((await find(notice.key)).state, 'sent');
    wechat.setProfile({ dropResponses: 0, paths: [] });
    const second = await startSender();
    await until(async () => (await find(notice.key)).state === 'sent', 'sent');
    t.is(cards('chen', 'ZC0000001003'), 1);
    t.regex((await find(notice.key)).msgId!, /^\d+$/);
    await second.kill();
  },
);

test.serial('past WeChat’s ten minutes a message that may have been sent is not sent again', async (t) => {
  const notice = newNotice('huang', 'ZC0000001004');
  await createNotice(notice);
  const longAgo = new Date(Date.now() - 11 * 60_000);
  await NoticeModel.updateOne(
    { key: notice.key },
    { $set: { state: 'sending', claim: 'dead', channel: 'template', firstTriedAt: longAgo, dueAt: longAgo } },
  );
  const sender = await startSender();
  await until(async () => (await find(notice.key)).state === 'unknown', 'given up');
  t.is(cards('huang', 'ZC0000001004'), 0);
  await sender.kill();
});

test.serial('two workers at once send 60 notices once each', async (t) => {
  const { repeats } = wechat.ledger();
  const senders = [await startSender(60_000), await startSender(60_000)];
  const numbers = Array.from({ length: 60 }, (_, i) => `ZC00000020${String(i).padStart(2, '0')}`);
  await Promise.all(numbers.map((number) => createNotice(newNotice('liang', number))));
  await until(
    async () => (await NoticeModel.countDocuments({ personId: 'liang', state: 'sent' })) === 60,
    'all sent',
  );
  t.deepEqual(
    numbers.filter((number) => cards('liang', number) !== 1),
    [],
  );
  t.is(wechat.ledger().repeats, repeats, 'none was even asked for twice');
  for (const sender of senders) await sender.kill();
});
