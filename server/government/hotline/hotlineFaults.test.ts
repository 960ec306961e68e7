import anyTest, { type TestFn } from 'ava';
import { full } from '../../../mocks/government/core/profile.ts';
import type { Act } from '../../../mocks/government/hotline/life.ts';
import { useDatabase } from '../../testing/database.ts';
import { callLog, gateway, listenWith } from '../accept/testing/acceptWorld.ts';
import { CallModel } from '../kit/callLog.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { hotlineCallback } from './callback.ts';
import type { AppealReceipt } from './port.ts';
import { keepCallback, refresh, stateOfAppeal } from './takeEvents.ts';
import {
  appealOf,
  cipher,
  citizen,
  clock,
  hotlineClient,
  hotlineKey,
  platformOf,
} from './testing/hotlineWorld.ts';

const test = anyTest as TestFn;
useDatabase(anyTest as TestFn);

const operations = 300;

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

/** Until the platform answers: what the worker of an outbox does. */
async function patiently<T>(run: () => Promise<T>): Promise<T> {
  for (let i = 0; ; i++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof GovernmentError) || !error.retryable || i > 60) throw error;
    }
  }
}

const life: readonly Act[] = [
  { act: 'accept' },
  { act: 'assign', dept: '区水务局' },
  { act: 'sign' },
  { act: 'answer', text: '已修复。' },
  { act: 'review', verdict: 'pass' },
];

test('300 random operations under the full fault profile: none filed twice, none lost, no step lost, every call in the audit', async (t) => {
  t.timeout(240_000);
  const inbox = { clock, cipher };
  const receiver = hotlineCallback({
    ...{ gateway, key: hotlineKey, clock },
    keep: (raw, appealNumber) => keepCallback(inbox, raw, appealNumber),
  });
  const hall = await listenWith(() => receiver);
  const { government } = await platformOf({ hallUrl: hall.url, seed: 17 });
  const hotline = hotlineClient(`${government.url}/hotline`, { timeoutMs: 400 });
  t.teardown(async () => void (await Promise.all([government.close(), hall.close(), hotline.close()])));
  government.setProfile('hotline', { ...full, dupCallback: 3, outOfOrder: true });
  const chance = seeded(9);
  const begun: string[] = [];
  const receipts = new Map<string, AppealReceipt>();
  let [next, failed] = [0, 0];
  const learn = (ourNumber: string, receipt: AppealReceipt): void => {
    t.is(receipts.get(ourNumber)?.appealNumber ?? receipt.appealNumber, receipt.appealNumber);
    receipts.set(ourNumber, receipt);
  };

  const operation = async (i: number): Promise<void> => {
    const kind = chance(10);
    const known = begun[chance(Math.max(1, begun.length))];
    const receipt = known === undefined ? undefined : receipts.get(known);
    if (kind < 4 || known === undefined) {
      const ourNumber = `SQ-${String(i).padStart(6, '0')}`;
      begun.push(ourNumber);
      learn(ourNumber, await hotline.create(appealOf(ourNumber), citizen));
    } else if (kind < 6 || !receipt) {
      learn(known, await hotline.createOnce(appealOf(known), citizen));
    } else if (kind < 8) {
      const ticket = government.hotline.find(known)!;
      const act = life[ticket.events.length - 1];
      if (act) {
        // Some of what is told gets lost on the way.
        if (chance(4) === 0)
          government.hotline.callbacks.lost.add(`${ticket.appealNo}/${ticket.events.length + 1}`);
        government.hotline.act(known, act);
      }
    } else if (kind < 9) {
      const report = await hotline.query(receipt.appealNumber, receipt.queryCode, citizen);
      t.is(report.events[0]!.step, 'pending');
    } else {
      const addition = { ...receipt, ourNumber: `BC-${known}`, text: '又来了', files: [] };
      await hotline.supplement(addition, citizen);
    }
  };
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
  t.true(failed > 10, `${failed} failed`);
  for (const ourNumber of begun)
    learn(ourNumber, await patiently(() => hotline.createOnce(appealOf(ourNumber), citizen)));
  const numbers = government.hotline.tickets.map(({ bizNo }) => bizNo);
  t.deepEqual([...numbers].sort(), [...begun].sort(), 'none twice, none lost');
  for (const { supplements } of government.hotline.tickets) t.true(supplements.length <= 1);

  await government.hotline.callbacks.settled();
  for (const [ourNumber, receipt] of receipts) {
    const { events } = government.hotline.find(ourNumber)!;
    const told = await stateOfAppeal(cipher, receipt.appealNumber);
    t.deepEqual(told.doubtful, []);
    const { state } = await patiently(() => refresh(inbox, hotline, receipt, citizen));
    t.deepEqual(
      state.timeline.map(({ status }) => status),
      events.map(({ status }) => status),
      ourNumber,
    );
  }
  await callLog.flush();
  const rows = await CallModel.find({ system: 'hotline' }).lean();
  t.true(rows.length >= operations / 2);
  t.true(rows.every(({ result }) => result !== 'begun' && result !== 'fault'));
  const attempts = rows.reduce((sum, row) => sum + row.attempts, 0);
  const seen = government.calls('hotline');
  t.true(attempts >= seen && attempts - seen < 60, `${attempts} written, ${seen} seen`);
});
