import anyTest, { type TestFn } from 'ava';
import { type Government, startGovernment } from '../../mocks/government/server.ts';
import { systemClock } from '../kernel/clock.ts';
import { useDatabase } from '../testing/database.ts';
import { createFines } from './fines/client.ts';
import type { Fines } from './fines/port.ts';
import { CallLog, CallModel } from './kit/callLog.ts';
import { GovernmentError } from './kit/governmentError.ts';
import { SystemGate } from './kit/systemGate.ts';
import { createNonTax } from './nontax/client.ts';
import type { NonTax } from './nontax/port.ts';
import { policyOf } from './policies.ts';
import { createUtilities } from './utilities/client.ts';
import type { Utilities } from './utilities/port.ts';
import { utilityBills } from './utilities/utilityBills.ts';

interface World {
  government: Government;
  fines: Fines;
  utilities: Utilities;
  nonTax: NonTax;
  clock: { now: Date };
}
const test = anyTest as TestFn<World>;
const database = useDatabase(test as never);
const callLog = new CallLog();
const tomorrow = '2026-11-26';
const today = '2026-11-25';

test.before(async (t) => {
  const clock = { now: new Date('2026-11-25T02:00:00Z') };
  const gateway = { paasId: 'p', token: 'gateway-token' };
  const nontax = { unit: '118', password: 'secret' };
  const government = await startGovernment({
    identity: { clientId: 'a', clientSecret: 'b' },
    ...{ gateway, nontax, seed: 11, now: () => clock.now },
  });
  const gateOf = (id: string): SystemGate =>
    new SystemGate(
      { ...policyOf(id), maintenance: [], timeoutMs: 1000, breaker: { failures: 10_000, restMs: 50 } },
      { clock: systemClock(), callLog },
    );
  const fines = createFines({
    ...{ base: `${government.url}/fines`, gateway, gate: gateOf('fines'), now: () => new Date() },
  });
  const utilities = createUtilities({ base: `${government.url}/utilities`, gate: gateOf('utilities') });
  const nonTax = createNonTax({ base: `${government.url}/nontax`, ...nontax, gate: gateOf('nontax') });
  t.context = { government, fines, utilities, nonTax, clock };
  database.closers.push(async () => {
    await callLog.flush();
    await Promise.all([fines.close(), utilities.close(), nonTax.close(), government.close()]);
  });
});

const paid = (id: string, amount: number) => ({
  ...{ paymentId: id, transactionId: `T-${id}`, amount, paidAt: new Date('2026-11-25T02:00:00Z') },
});

test.serial(
  'R8.7: an electricity account in GBK: its holder, a year of readings, arrears; booked once',
  async (t) => {
    const { utilities, government } = t.context;
    const account = await utilities.account('electricity', '0801180000000017');
    t.like(account, { name: '王*明', address: '荔城街道示例路1号', balance: 0 });
    t.is(account!.months.length, 12);
    t.like(account!.months[0], { month: '2026-10', usage: 271, paid: false, readOn: '2026-10-28' });
    t.is(account!.arrears, account!.months[0]!.amount);
    t.true(await utilities.holds('electricity', '0801180000000017', '明'));
    t.false(await utilities.holds('electricity', '0801180000000017', '红'));
    t.is(await utilities.account('electricity', '0801180000009999'), null);
    t.is(await utilities.account('gas', '4401180025'), null, 'a closed account');
    const amount = account!.arrears + account!.lateFee;
    const payment = { kind: 'electricity' as const, number: '0801180000000017', ...paid('P1', amount) };
    const first = await utilities.book(payment);
    t.deepEqual(await utilities.book(payment), first, 'the same again is the same');
    t.is(government.utilities.bookings.length, 1);
    t.is(await utilities.book({ ...payment, paymentId: 'P2' }), 'elsewhere');
  },
);

test.serial('R8.7: a bill is one month’s: paid once, and the next month is another bill', async (t) => {
  const owner = utilityBills(t.context.utilities, 'gas');
  const bill = await owner.find('4401180017');
  t.like(bill, { number: '4401180017-202610', state: 'due', title: '燃气费' });
  t.is(bill!.lines[0]!.name, '10月 18 立方米');
  t.like(await owner.find('4401180017-202610'), { state: 'due' });
  t.like(await owner.find('4401180017-202609'), { state: 'paid' });
  t.context.government.utilities.payElsewhere('gas', '4401180017');
  t.like(await owner.find('4401180017-202610'), { state: 'paid', amount: 0 });
  t.deepEqual(await owner.confirm({ number: '4401180017-202610', ...paid('P3', bill!.amount) }), {
    taken: false,
    reason: '已在其他渠道缴清',
  });
});

test.serial(
  'R8.8: a payment note by SOAP: items, late fee, cancelled; a login that ran out is made anew',
  async (t) => {
    const { nonTax, government } = t.context;
    const reference = { kind: 'note', unit: '118001', number: '1802600000131' } as const;
    t.like(await nonTax.find(reference), {
      ...{ amount: 36_770, lateFee: 720, state: 'due', unitName: '增城区住房和城乡建设局' },
      items: [{ name: '污水处理费', amount: 36_050 }],
    });
    t.like(await nonTax.find({ kind: 'note', unit: '118001', number: '1802600000149' }), {
      state: 'cancelled',
    });
    t.is(await nonTax.find({ kind: 'note', unit: '118001', number: '1802600009999' }), null);
    t.like(await nonTax.find({ kind: 'payCode', code: '44011826000000012345' }), { amount: 8000 });
    government.nontax.forgetLogin();
    const first = await nonTax.book({ reference, ...paid('P4', 36_770) });
    t.not(first, 'elsewhere');
    t.deepEqual(await nonTax.book({ reference, ...paid('P4', 36_770) }), first);
    t.is(await nonTax.book({ reference, ...paid('P5', 36_770) }), 'elsewhere');
    t.like(await nonTax.find(reference), { state: 'paid' });
  },
);

test.serial('a wrong amount, and a wrong password, are refused in the system’s words', async (t) => {
  const { nonTax, fines, government } = t.context;
  const note = { kind: 'note', unit: '118001', number: '1802600000123' } as const;
  t.like(await t.throwsAsync(nonTax.book({ reference: note, ...paid('P6', 1) })), {
    kind: 'refused',
    code: '213',
  });
  t.like(await t.throwsAsync(fines.book({ decisionNumber: '4401181234567890', ...paid('P7', 1) })), {
    kind: 'refused',
    code: '1005',
  });
  const stranger = createNonTax({
    ...{ base: `${government.url}/nontax`, unit: '118', password: 'wrong' },
    gate: new SystemGate({ ...policyOf('nontax'), maintenance: [] }, { clock: systemClock(), callLog }),
  });
  t.like(await t.throwsAsync(stranger.find(note)), { kind: 'refused', code: '201' });
  await stranger.close();
});

test.serial('the day’s files: not before the next day, with their ends checked', async (t) => {
  const { fines, nonTax, utilities, clock } = t.context;
  const fine = await fines.find('440118123456789');
  t.like(fine, { decisionNumber: '4401181234567890', plate: '粤A·D1**45', paid: false });
  t.not(await fines.book({ decisionNumber: '4401181234567890', ...paid('P8', 20_000) }), 'elsewhere');
  for (const file of [fines.dayFile(today), nonTax.dayFile(today), utilities.dayFile('electricity', today)])
    t.is(await file, null);
  clock.now = new Date('2026-11-26T03:00:00Z');
  t.deepEqual(await fines.dayFile(today), [
    { decisionNumber: '4401181234567890', transactionId: 'T-P8', amount: 20_000 },
  ]);
  t.deepEqual(await nonTax.dayFile(today), [
    { number: '1802600000131', transactionId: 'T-P4', amount: 36_770 },
  ]);
  t.is((await utilities.dayFile('electricity', today))?.length, 1);
  t.deepEqual(await utilities.dayFile('gas', today), [], 'paid at the counter is not of our channel');
  t.is(await fines.dayFile(tomorrow), null);
  clock.now = new Date('2026-11-25T02:00:00Z');
});

test.serial(
  'section 0: under the full fault profile nothing is booked twice, no data is wrong, each call is in the audit',
  async (t) => {
    const { government, fines, utilities, nonTax } = t.context;
    t.timeout(120_000);
    const faults = { http5xx: 0.08, bizErrRate: 0.08, htmlErrRate: 0.08, lostReplyRate: 0.1, gbk: false };
    for (const system of ['fines', 'utilities', 'nontax'] as const) government.setProfile(system, faults);
    await callLog.flush();
    await CallModel.deleteMany({});
    const before = government.calls('fines') + government.calls('utilities') + government.calls('nontax');
    let errors = 0;
    const tried = async (work: () => Promise<unknown>): Promise<void> => {
      await work().catch((error: unknown) => {
        t.true(error instanceof GovernmentError, String(error));
        errors += 1;
      });
    };
    for (let i = 0; i < 120; i++) {
      await Promise.all([
        tried(async () => t.like(await fines.find('4401181234567908'), { principal: 5000 })),
        tried(async () => fines.book({ decisionNumber: '4401181234567916', ...paid('PF', 40_000) })),
        tried(async () =>
          t.like(await utilities.account('electricity', '0801180000000025'), { name: '陈*英' }),
        ),
        tried(async () =>
          t.like(await nonTax.find({ kind: 'payCode', code: '44011826000000012345' }), { amount: 8000 }),
        ),
        tried(async () =>
          nonTax.book({ reference: { kind: 'payCode', code: '44011826000000012345' }, ...paid('PN', 8000) }),
        ),
      ]);
    }
    t.true(errors > 0 && errors < 300, `${errors} errors`);
    t.is(government.fines.bookings.filter(({ orderNo }) => orderNo === 'PF').length, 1);
    t.is(government.nontax.bookings.filter(({ payNo }) => payNo === 'PN').length, 1);
    await callLog.flush();
    const audited = await CallModel.find().lean();
    const attempts = audited.reduce((sum, each) => sum + each.attempts, 0);
    const seen =
      government.calls('fines') + government.calls('utilities') + government.calls('nontax') - before;
    t.true(
      audited.length === 600 && seen >= attempts,
      `${audited.length} rows, ${attempts} attempts, ${seen} seen`,
    );
    for (const system of ['fines', 'utilities', 'nontax'] as const) government.setProfile(system, {});
  },
);
