// A worker process of notices and broadcasts that tests kill. Arguments: store URI, database, WeChat's address, options as JSON.

import { broadcastsWorkers } from '../areas/broadcasts/worker.ts';
import { AccountTemplates } from '../areas/notices/accountTemplates.ts';
import { noticeSettings } from '../areas/notices/settings.ts';
import { noticesWorkers } from '../areas/notices/worker.ts';
import { systemClock } from '../kernel/clock.ts';
import { connectDatabase } from '../kernel/database.ts';
import { accountAt } from './officialAccountClient.ts';

const [uri, name, base, options = '{}'] = process.argv.slice(2) as [string, string, string, string?];
const {
  openids = {},
  leaseMs = 1500,
  concurrency = 32,
} = JSON.parse(options) as {
  openids?: Record<string, string>;
  leaseMs?: number;
  concurrency?: number;
};
await connectDatabase(uri, name);
const clock = systemClock();
const account = accountAt(base, { connections: concurrency });
const templates = new AccountTemplates(account, () => Date.now());
const quiet = { from: '00:00', to: '00:00' };
const workers = [
  ...noticesWorkers({
    clock,
    account,
    templates,
    settings: { ...noticeSettings, quietHours: quiet },
    findPerson: async (id) =>
      openids[id] ? { id, phone: null, follower: true, openids: { officialAccount: openids[id] } } : null,
    setFollower: async () => {},
    subscription: null,
    sms: null,
    pollMs: 50,
    leaseMs,
  }),
  ...broadcastsWorkers({
    clock,
    account,
    templates,
    applicants: async () => ({ total: 0, openids: [], next: null }),
    settings: noticeSettings,
    concurrency,
    leaseMs,
    pollMs: 50,
  }),
];
for (const worker of workers) worker.start();
process.stdout.write('ready\n');
