import { setTimeout as pause } from 'node:timers/promises';
import test from 'ava';
import type { Wechat } from '../../../mocks/wechat/server.ts';
import { useDatabase } from '../../testing/database.ts';
import { type Killable, startKillable } from '../../testing/killable.ts';
import { startTestWechat } from '../../testing/officialAccount.ts';
import { actOnBroadcast, createBroadcast, findBroadcast } from './actOnBroadcast.ts';
import { countRows } from './counts.ts';

const database = useDatabase(test);
let wechat: Wechat;
let sender: Killable | undefined;

test.before(async () => {
  wechat = await startTestWechat();
  database.closers.push(wechat.close, async () => sender?.kill());
});

const publisher = { staffId: 'anna', name: '安娜', roles: ['publisher'], hallIds: [] };
const approver = { staffId: 'ben', name: '本', roles: ['approver'], hallIds: [] };
const audience = 20_000;

test('R9: 20 × kill -9 in a broadcast of 20,000: exactly one message each, and equal counts', async (t) => {
  t.timeout(240_000);
  wechat.setProfile({ followers: audience - 7, latencyMs: 5, dropEvents: 1 });
  const draft = await createBroadcast(
    {
      title: '窗口调整',
      audience: { kind: 'followers' },
      content: {
        kind: 'template',
        template: 'service.announcement',
        values: { subject: '二十次', scope: '全区', time: '2026年11月27日 09:00', tip: '可先预约' },
        page: null,
      },
      scheduledAt: null,
    },
    publisher,
    new Date(),
  );
  const { version } = await actOnBroadcast(draft._id, 'submit', { version: 1 }, publisher, new Date());
  await actOnBroadcast(draft._id, 'approve', { version }, approver, new Date());
  let random = 20_261_125;
  const chance = (): number => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return random / 2_147_483_648;
  };
  const options = JSON.stringify({ leaseMs: 700, concurrency: 16 });
  for (let kills = 0; kills < 20; kills++) {
    sender = await startKillable('senderProcess.ts', [database.uri, database.name, wechat.url, options]);
    await pause(300 + chance() * 900);
    await sender.kill();
  }
  const state = (await findBroadcast(draft._id)).state;
  t.is(state, 'sending', 'the killing fell into the broadcast');
  sender = await startKillable('senderProcess.ts', [database.uri, database.name, wechat.url, options]);
  while ((await findBroadcast(draft._id)).state === 'sending') await pause(100);
  const [campaign] = wechat.ledger({ contains: '二十次' }).campaigns;
  t.deepEqual(campaign!.perPerson, { '1': audience });
  const rows = await countRows(draft._id);
  t.is(rows.sent, campaign!.messages);
  t.is(
    Object.values(rows).reduce((sum, each) => sum + each, 0),
    audience,
  );
  t.log(`WeChat was asked again ${wechat.ledger().repeats} times, and showed nobody anything twice`);
});
