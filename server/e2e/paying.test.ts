import test from 'ava';
import type { Browser, FrameLocator } from 'playwright-core';
import { citizens } from '../../mocks/wechat/citizens.ts';
import type { BillView, PaymentView } from '../areas/payments/contract.ts';
import { chromiumPath, openBrowser } from '../testing/browser.ts';
import { type Refusal, TestCitizen } from '../testing/citizen.ts';
import { useHall } from '../testing/hall.ts';
import { pickUpPhone, sitDown } from './visit.ts';

const hall = useHall(test, { pay: true });
const inBrowser = chromiumPath() ? test.serial : test.serial.skip;
let browser: Browser;
test.before(async () => {
  if (chromiumPath()) browser = await openBrowser();
});
test.after.always(() => browser?.close());
const shown = (program: FrameLocator, id: string) => program.locator(`#${id}:visible`).last();

/** Late by two weeks; its person and plate come from the demo of the stand-in. */
const decision = '4401181234567908';

async function until<T>(look: () => Promise<T | false | null | undefined>, what: string): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test.serial(
  'R5.2.2, R8.8, R9.3: a traffic fine with its late fee is found, paid, booked by the police, and told',
  async (t) => {
    const wang = await TestCitizen.signIn(hall, 'wang');
    const bill = await wang.ask<BillView>('GET', `/api/payments/bill?kind=fine&number=${decision}`);
    t.is(bill.status, 200);
    const [principal, late] = bill.body.lines;
    t.is(principal?.amount, 5000);
    t.true((late?.amount ?? 0) > 0 && bill.body.amount === principal!.amount + late!.amount);
    const started = await wang.ask<PaymentView>('POST', '/api/payments', {
      ...{ kind: 'fine', number: decision, amount: bill.body.amount, key: 'a-key-of-the-page-1' },
    });
    t.like(started.body, { state: 'open', amount: bill.body.amount });
    const { openids } = citizens.find(({ id }) => id === 'wang')!;
    hall.outside.pay!.pay(started.body.cashier!, openids.miniProgram);
    const settled = await until(async () => {
      const { body } = await wang.ask<PaymentView>('GET', `/api/payments/${started.body.id}`);
      return body.state === 'settled' && body;
    }, 'settled');
    t.regex(settled.receiptNumber ?? '', /^4401\d+/);
    t.is(settled.cashier, null);
    t.is(hall.outside.government.fines.bookings.length, 1);
    const cards = await until(async () => {
      const found = hall.outside.wechat
        .messages('wang')
        .filter((each) => JSON.stringify(each).includes(decision));
      return found.length >= 1 && found;
    }, 'a message');
    t.true(cards.length >= 1);
    const again = await wang.ask<Refusal>('POST', '/api/payments', {
      ...{ kind: 'fine', number: decision, amount: bill.body.amount, key: 'a-key-of-the-page-2' },
    });
    t.like(again, { status: 409, body: { error: { id: 'payments.bill_paid' } } });
  },
);

test.serial(
  'section 9 no. 24: paid at the bank meanwhile: the owner says so and the money goes back',
  async (t) => {
    const li = await TestCitizen.signIn(hall, 'li');
    const number = '4401181234567916';
    const bill = await li.ask<BillView>('GET', `/api/payments/bill?kind=fine&number=${number}`);
    t.is(bill.body.note, '加处罚款已到上限，不再增加');
    const started = await li.ask<PaymentView>('POST', '/api/payments', {
      ...{ kind: 'fine', number, amount: bill.body.amount, key: 'a-key-of-the-page-3' },
    });
    hall.outside.government.fines.payElsewhere(number);
    const { openids } = citizens.find(({ id }) => id === 'li')!;
    hall.outside.pay!.pay(started.body.cashier!, openids.miniProgram);
    await until(async () => {
      const { body } = await li.ask<PaymentView>('GET', `/api/payments/${started.body.id}`);
      return body.state === 'refunded';
    }, 'refunded');
    t.is(hall.outside.pay!.world.refunds.size, 1);
  },
);

test.serial('a bill that is not there, not yet there, or of nobody’s number is told in words', async (t) => {
  const wang = await TestCitizen.signIn(hall, 'wang');
  for (const number of ['4401180000000000', '4401181234567924'])
    t.like(await wang.ask('GET', `/api/payments/bill?kind=fine&number=${number}`), {
      status: 404,
      body: { error: { id: 'payments.bill_not_found' } },
    });
  t.is((await wang.ask('GET', '/api/payments/bill?kind=fine&number=12')).status, 400);
  t.is((await wang.ask('GET', '/api/payments/bill?kind=gas&number=1234567890')).status, 404);
  t.like(await wang.ask('GET', '/api/payments/bill?kind=nonTax&number=1802600000123'), {
    status: 400,
    body: { error: { id: 'payments.unit_needed' } },
  });
  const li = await TestCitizen.signIn(hall, 'li');
  const [mine] = (await wang.ask<{ payments: PaymentView[] }>('GET', '/api/payments')).body.payments;
  t.is((await li.ask('GET', `/api/payments/${mine!.id}`)).status, 404, 'another’s payment is not there');
});

test.serial('the door of the notices refuses what is not WeChat’s', async (t) => {
  const say = (method: string, body?: string) =>
    fetch(`${hall.url}/wechat/pay/notice`, { method, ...(body !== undefined && { body }) });
  t.is((await say('GET')).status, 405);
  t.is((await say('POST', '{}')).status, 401);
  t.is((await say('POST', 'x'.repeat(70_000))).status, 413);
});

inBrowser(
  'R5.2.2: in the browser a fine is looked up, the cashier is left once, then paid; the result is the server’s',
  async (t) => {
    t.timeout(120_000);
    const { phone, program, complaints } = await pickUpPhone(browser, hall, 'wang');
    const shot = (name: string): Promise<unknown> | undefined =>
      process.env['SHOTS'] ? phone.screenshot({ path: `${process.env['SHOTS']}/${name}.png` }) : undefined;
    await phone.getByTestId('open-miniprogram').click();
    await shown(program, 'service-pay').click();
    await shown(program, 'bill-number').locator('input').fill('440118123456789');
    await shown(program, 'find-bill').click();
    await shown(program, 'pay-bill').waitFor();
    t.is((await shown(program, 'bill-total').innerText()).trim(), '200.00 元');
    await shot('bill');
    await shown(program, 'pay-bill').click();
    await phone.getByTestId('cashier-pay').waitFor();
    await shot('cashier');
    await phone.getByTestId('cashier-leave').click();
    t.is(await phone.getByTestId('cashier').count(), 0);
    await shown(program, 'pay-bill').click();
    await phone.getByTestId('cashier-pay').click();
    await program.locator('#payment-state:visible').getByText('已缴清').waitFor();
    await shot('paid');
    t.is(hall.outside.pay!.world.orders.values().filter(({ total }) => total === 20_000).length, 1);
    t.deepEqual(complaints, []);
  },
);

inBrowser(
  'R5.2.2, R8.7: in the browser an electricity bill, and a payment note read from its QR text, are paid',
  async (t) => {
    t.timeout(120_000);
    const { phone, program, complaints } = await pickUpPhone(browser, hall, 'wang');
    const bills = [
      { kind: '电费', number: '0801180000000017', line: '度' },
      {
        kind: '缴款单',
        number: '511300|118001|1802600000123|200.00|12337|06992||',
        line: '城市道路占用挖掘修复费',
      },
    ];
    for (const { kind, number, line } of bills) {
      await phone.getByTestId('open-miniprogram').click();
      await shown(program, 'service-pay').click();
      await program.getByText(kind, { exact: true }).locator('visible=true').first().click();
      await shown(program, 'bill-number').locator('input').fill(number);
      await shown(program, 'find-bill').click();
      await shown(program, 'pay-bill').waitFor();
      t.true((await shown(program, 'bill-found').innerText()).includes(line));
      if (process.env['SHOTS']) await phone.screenshot({ path: `${process.env['SHOTS']}/bill-${kind}.png` });
      await shown(program, 'pay-bill').click();
      await phone.getByTestId('cashier-pay').click();
      await program.locator('#payment-state:visible').getByText('已缴清').waitFor();
      await phone.getByTestId('close-miniprogram').click();
    }
    t.is(hall.outside.government.utilities.bookings.length, 1);
    t.is(hall.outside.government.nontax.bookings.length, 1);
    t.deepEqual(complaints, []);
  },
);

inBrowser(
  'I10: in the console a refund is asked for by one and approved by another; the citizen is told',
  async (t) => {
    t.timeout(120_000);
    const { desk: cashier, complaints } = await sitDown(browser, hall, 'wumei', 'nav-payments');
    await cashier.getByText(decision).click();
    await cashier.getByTestId('refund-words').fill('同一处罚重复缴款');
    await cashier.getByTestId('ask-refund').click();
    await cashier.locator('.ant-drawer').getByText('退款审批中').first().waitFor();
    if (process.env['SHOTS']) await cashier.screenshot({ path: `${process.env['SHOTS']}/payments.png` });
    const { desk: manager } = await sitDown(browser, hall, 'zhaomin', 'nav-payments');
    await manager.getByText(decision).click();
    await manager.getByTestId('refund-words').fill('核实无误，同意');
    await manager.getByTestId('approve-refund').click();
    const wang = await TestCitizen.signIn(hall, 'wang');
    await until(async () => {
      const { body } = await wang.ask<{ payments: PaymentView[] }>('GET', '/api/payments');
      return body.payments.some(({ number, state }) => number === decision && state === 'refunded');
    }, 'refunded');
    // At night WeChat is left alone until the morning: the notice itself is there at once.
    await until(async () => {
      const { body } = await wang.ask<{ notices: unknown[] }>('GET', '/api/notices');
      return JSON.stringify(body).includes('退款');
    }, 'a notice about the refund');
    await cashier.getByTestId('nav-books').click({ force: true });
    if (process.env['SHOTS']) await cashier.screenshot({ path: `${process.env['SHOTS']}/books.png` });
    t.deepEqual(complaints, []);
  },
);
