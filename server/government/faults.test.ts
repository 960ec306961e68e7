import anyTest, { type TestFn } from 'ava';
import { full } from '../../mocks/government/core/profile.ts';
import { startGovernment } from '../../mocks/government/server.ts';
import { systemClock } from '../kernel/clock.ts';
import { useDatabase } from '../testing/database.ts';
import { createIdentityPlatform } from './identity/client.ts';
import { IdentityError } from './identity/errors.ts';
import { createItemsSystem } from './items/client.ts';
import type { MatterRecord } from './items/port.ts';
import { CallLog, CallModel } from './kit/callLog.ts';
import { GovernmentError } from './kit/governmentError.ts';
import { SystemGate } from './kit/systemGate.ts';
import { policyOf } from './policies.ts';

const test = anyTest as TestFn;
useDatabase(anyTest as TestFn);

const keys = {
  identity: { clientId: 'zc', clientSecret: 'secret' },
  gateway: { paasId: 'p', token: 'gateway-token' },
};
const clock = systemClock();

/** A gate that never rests, so that each of the thousand operations reaches the system. */
function restless(id: string, callLog: CallLog): SystemGate {
  const policy = {
    ...policyOf(id),
    maintenance: [],
    timeoutMs: 1000, // far above what a busy machine takes; silence is the only thing that lasts so long
    breaker: { failures: 100_000, restMs: 50 },
  };
  return new SystemGate(policy, { clock, callLog });
}

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

/** Runs `operation` a thousand times, eight at once. */
async function thousand(operation: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (next < 1000) await operation(next++);
    }),
  );
}

async function auditAgrees(
  callLog: CallLog,
  system: string,
  seen: number,
): Promise<[number, number, boolean]> {
  await callLog.flush();
  const rows = await CallModel.find({ system }).lean();
  const attempts = rows.reduce((sum, row) => sum + row.attempts, 0);
  return [attempts, seen, rows.every(({ result }) => result !== 'begun' && result !== 'fault')];
}

test.serial(
  'issue D, show 3: identity, 1,000 random operations under its full fault profile: no wrong account, every call in the audit',
  async (t) => {
    t.timeout(300_000);
    const government = await startGovernment({ ...keys, profile: { identity: full } });
    t.teardown(() => government.close());
    const callLog = new CallLog();
    const platform = createIdentityPlatform({
      base: `${government.url}/identity`,
      ...keys.identity,
      gateway: keys.gateway,
      gate: restless('identity', callLog),
      clock,
    });
    const accounts = government.identity.accounts.all();
    const chance = seeded(3);
    const redirect = 'http://127.0.0.1/back';
    const used: string[] = [];
    const tally = { good: 0, down: 0, other: 0 };
    await thousand(async () => {
      const account = accounts[chance(accounts.length)]!;
      const again = chance(10) === 0 ? used.at(-1) : undefined;
      const oneOff = chance(3) === 0;
      try {
        const code =
          again ??
          (oneOff
            ? government.identity.oneOffCode(account.uid)
            : government.identity.code(account.uid, redirect));
        const found = await (oneOff && !again
          ? platform.exchangeOneOff(code, 'P1')
          : platform.exchange(code, redirect, 'P1'));
        t.is(again, undefined, 'a used code gives nobody');
        if (!oneOff) used.push(code);
        t.like(found, {
          uid: account.uid,
          name: account.name,
          idNumber: account.idNumber,
          level: Number(account.level[1]),
        });
        t.false(account.frozen);
        tally.good += 1;
      } catch (error) {
        if (!(error instanceof IdentityError)) throw error;
        if (error.kind === 'frozen') t.true(account.frozen);
        else if (error.kind === 'codeUsed') t.truthy(again);
        tally[error.kind === 'down' ? 'down' : 'other'] += 1;
      }
    });
    t.true(tally.good > 400 && tally.down > 50, JSON.stringify(tally));
    const [written, seen, settled] = await auditAgrees(callLog, 'identity', government.calls('identity'));
    t.true(written >= seen && written - seen < 30, `${written} written, ${seen} seen`); // the rest timed out before it arrived
    t.true(settled);
  },
);

test.serial(
  'issue D, show 3: items, 1,000 random operations under its full fault profile: no wrong data, every call in the audit',
  async (t) => {
    t.timeout(300_000);
    const government = await startGovernment(keys);
    t.teardown(() => government.close());
    const callLog = new CallLog();
    const items = createItemsSystem({
      base: `${government.url}/items`,
      gateway: keys.gateway,
      gate: restless('items', callLog),
      clock,
    });
    t.teardown(() => items.close());
    const truth = new Map<string, MatterRecord>();
    const batch = await items.latestBatch();
    for (const page of [1, 5, 12])
      for (const record of await items.batchPage(batch.id, page)) truth.set(record.code, record);
    government.setProfile('items', full);
    const codes = [...truth.keys()];
    const chance = seeded(5);
    const tally = { fresh: 0, old: 0, failed: 0 };
    await thousand(async () => {
      try {
        if (chance(4) === 0) {
          const page = [1, 5, 12][chance(3)]!;
          for (const record of await items.batchPage(batch.id, page))
            t.deepEqual(record, truth.get(record.code));
          tally.fresh += 1;
          return;
        }
        const code = codes[chance(40)]!;
        const { matter, fresh } = await items.detail(code, null);
        const { name, conditions, promisedTime, version } = truth.get(code)!;
        t.like(matter, { code, name, conditions, promisedTime, version });
        tally[fresh ? 'fresh' : 'old'] += 1;
      } catch (error) {
        if (!(error instanceof GovernmentError)) throw error;
        tally.failed += 1;
      }
    });
    t.true(tally.fresh > 500 && tally.old > 5, JSON.stringify(tally));
    const [written, seen, settled] = await auditAgrees(callLog, 'items', government.calls('items'));
    t.true(written >= seen && written - seen < 30, `${written} written, ${seen} seen`); // the rest timed out before it arrived
    t.true(settled);
  },
);
