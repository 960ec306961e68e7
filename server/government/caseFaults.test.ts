import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import { full } from '../../mocks/government/core/profile.ts';
import { systemClock } from '../kernel/clock.ts';
import { createFieldCipher } from '../kernel/crypto/fieldCipher.ts';
import { useDatabase } from '../testing/database.ts';
import { acceptClient, callLog, gateway, governmentOf, openGate } from './accept/testing/acceptWorld.ts';
import { filled } from './accept/testing/fillForm.ts';
import { CallModel } from './kit/callLog.ts';
import { GovernmentError } from './kit/governmentError.ts';
import { asking, licenceClient, licenceKeys } from './licences/testing/licenceWorld.ts';
import { createProgressSystem } from './progress/client.ts';
import { eventsOfCase } from './progress/findEvents.ts';
import { emptyFrontTable, type ProgressInbox } from './progress/takeRows.ts';

const test = anyTest as TestFn;
useDatabase(anyTest as TestFn);

const clock = systemClock();
const operations = 500;

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

/** Runs `operation` five hundred times, eight at once; an outage is part of the day, anything else is not. */
async function many(t: ExecutionContext, operation: (i: number) => Promise<void>): Promise<number> {
  let next = 0;
  let failed = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (next < operations) {
        try {
          await operation(next++);
        } catch (error) {
          if (!(error instanceof GovernmentError)) throw error;
          t.true(error.retryable, `${error.kind}:${error.code} ${error.message}`);
          failed += 1;
        }
      }
    }),
  );
  return failed;
}

async function auditAgrees(t: ExecutionContext, system: string, seen: number): Promise<void> {
  await callLog.flush();
  const rows = await CallModel.find({ system }).lean();
  const attempts = rows.reduce((sum, { attempts: own }) => sum + own, 0);
  t.true(rows.length >= operations, `${rows.length} rows`);
  t.true(rows.every(({ result }) => result !== 'begun' && result !== 'fault'));
  // A licence call may log in first; a call that ran out of time may not have arrived.
  if (system !== 'licences')
    t.true(attempts >= seen && attempts - seen < 60, `${attempts} written, ${seen} seen`);
}

/** Until the system answers: what the worker of an outbox does. */
async function patiently<T>(run: () => Promise<T>): Promise<T> {
  for (let i = 0; ; i++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof GovernmentError) || !error.retryable || i > 60) throw error;
    }
  }
}

for (const flavour of ['json', 'soap'] as const) {
  test.serial(
    `500 random operations under the full fault profile, ${flavour}: never a double filing, none lost, every call in the audit`,
    async (t) => {
      t.timeout(240_000);
      await CallModel.deleteMany({});
      const government = await governmentOf({ seed: 11 });
      const accept = acceptClient(`${government.url}/accept`, flavour, { timeoutMs: 400 });
      t.teardown(async () => void (await Promise.all([accept.close(), government.close()])));
      const matter = '11440118MB2X00207W4442031811000';
      const template = await filled(accept, matter, 'T-000000');
      government.setProfile('accept', full);
      const before = government.calls('accept');
      const chance = seeded(flavour === 'json' ? 3 : 5);
      const begun: string[] = [];
      const receipts = new Map<string, string>();
      const person = { kind: 'citizen', id: 'P1' } as const;
      const failed = await many(t, async (i) => {
        const kind = chance(10);
        const known = begun[chance(Math.max(1, begun.length))];
        if (kind < 4 || !known) {
          const ourNumber = `ZC-${String(i).padStart(6, '0')}`;
          begun.push(ourNumber);
          const { caseNumber } = await accept.submit({ ...template, ourNumber }, person);
          receipts.set(ourNumber, caseNumber);
        } else if (kind < 7) {
          // As after a silence: asked first, sent again only when it is not there.
          const found = await accept.find(known);
          const { caseNumber } = found ?? (await accept.submit({ ...template, ourNumber: known }, person));
          t.is(receipts.get(known) ?? caseNumber, caseNumber, `${known} has two numbers`);
          receipts.set(known, caseNumber);
        } else if (kind < 9) {
          t.truthy((await accept.form(matter, null)).definition);
        } else {
          const caseNumber = receipts.get(known);
          if (caseNumber) t.like((await accept.events(caseNumber))[0], { step: 'applied', caseNumber });
          else await accept.find(known);
        }
      });
      t.true(failed > 20, `${failed} failed`);
      await auditAgrees(t, 'accept', government.calls('accept') - before);
      for (const ourNumber of begun)
        if ((await patiently(() => accept.find(ourNumber))) === null)
          await patiently(() => accept.submit({ ...template, ourNumber }, person));
      const numbers = government.accept.cases.map(({ bizNo }) => bizNo);
      t.is(new Set(numbers).size, numbers.length, 'no number was filed twice');
      t.deepEqual([...numbers].sort(), [...begun].sort(), 'none was lost');
    },
  );
}

test.serial(
  '500 random operations under the full fault profile, progress: every row of every case arrives, none changes, every call in the audit',
  async (t) => {
    t.timeout(240_000);
    await CallModel.deleteMany({});
    const government = await governmentOf({ seed: 13 });
    const progress = createProgressSystem({
      base: `${government.url}/progress`,
      ...{ gateway, gate: openGate('progress', { timeoutMs: 400 }), clock },
    });
    t.teardown(async () => void (await Promise.all([progress.close(), government.close()])));
    const cipher = createFieldCipher({ fieldKeys: ['1'.repeat(32)], indexKey: '2'.repeat(64) });
    const inbox: ProgressInbox = { clock, cipher };
    government.setProfile('progress', { ...full, dupCallback: 2, outOfOrder: true });
    const chance = seeded(7);
    const numberOf = (i: number): string => `44011820261124${String(i).padStart(6, '0')}`;
    let cases = 0;
    const add = (): void => {
      const facts = { SBLSH_SHORT: numberOf(cases), SXBM: '11440118MB2X0001234440131007001', VERSION: '1' };
      const rows = {
        EX_GDBS_BJ: { BJJGDM: '0', BJSJ: '2026-11-25 10:00:00' },
        EX_GDBS_SL: { SLZTDM: '1', SLSJ: '2026-11-24 10:00:00' },
        EX_GDBS_SB: {
          SXMC: '示例',
          SQRLX: '1',
          SQRMC: `人${cases}`,
          SQRZJHM: '440118199001010019',
          SBSJ: '2026-11-24 09:00:00',
        },
      };
      for (const [table, fields] of Object.entries(rows))
        government.progress.add({ table, fields: { ...facts, ...fields } });
      cases += 1;
    };
    add();
    const failed = await many(t, async () => {
      const kind = chance(10);
      const some = chance(cases);
      if (kind < 3) {
        add();
        await progress.untaken(50);
      } else if (kind < 6) {
        const rows = await progress.untaken(30);
        t.true(rows.every(({ event }) => event !== null));
      } else if (kind < 8) {
        const shown = await progress.query({ name: `人${some}`, caseNumber: numberOf(some) }, null, {
          kind: 'system',
        });
        t.like(shown, { caseNumber: numberOf(some), state: '已办结' });
      } else {
        const events = await progress.caseEvents(numberOf(some), { kind: 'system' });
        t.deepEqual(events.map(({ step }) => step).sort(), ['accepted', 'applied', 'closed']);
      }
    });
    t.true(failed > 20, `${failed} failed`);
    await auditAgrees(t, 'progress', government.calls('progress'));
    for (let round = 0; round < 60 && government.progress.rows.some(({ taken }) => !taken); round++)
      await emptyFrontTable(inbox, progress).catch((error: unknown) =>
        t.true(error instanceof GovernmentError),
      );
    t.true(government.progress.rows.every(({ taken }) => taken));
    for (let i = 0; i < cases; i++) {
      const events = await eventsOfCase(cipher, numberOf(i));
      t.deepEqual(
        events.map(({ step }) => step),
        ['applied', 'accepted', 'closed'],
        numberOf(i),
      );
    }
  },
);

test.serial(
  '500 random operations under the full fault profile, licences: nobody reads another’s licence, tokens are renewed, every call in the audit',
  async (t) => {
    t.timeout(240_000);
    await CallModel.deleteMany({});
    const government = await governmentOf({ licences: licenceKeys, seed: 17 });
    const licences = licenceClient(`${government.url}/licences`, { timeoutMs: 400 });
    t.teardown(async () => void (await Promise.all([licences.close(), government.close()])));
    government.setProfile('licences', full);
    const chance = seeded(9);
    const holders = [...new Set(government.licences.licences.map(({ holder }) => holder.idNumber))];
    let read = 0;
    const failed = await many(t, async (i) => {
      if (i % 40 === 39) {
        government.licences.emptyWhenExpired = chance(2) === 0;
        government.licences.expireTokens();
      }
      const asker = asking(holders[chance(holders.length)]!);
      const own = government.licences.licences.filter(
        ({ holder }) => holder.idNumber === asker.holder.idNumber,
      );
      const held = await licences.held(asker);
      t.deepEqual(held.map(({ code }) => code).sort(), own.map(({ code }) => code).sort());
      const one = held[chance(held.length)]!;
      if (chance(3) === 0) return;
      const { fields } = await licences.read(one.authCode, asker);
      t.is(fields['CZZT'], own[0]!.holder.name);
      read += 1;
    });
    t.true(failed > 20 && read > 100, `${failed} failed, ${read} read`);
    await auditAgrees(t, 'licences', government.calls('licences'));
  },
);
