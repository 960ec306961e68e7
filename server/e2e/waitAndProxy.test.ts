import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { Browser, Page } from 'playwright-core';
import type { BookingSlots, BookingView } from '../areas/booking/contract.ts';
import { slots } from '../areas/booking/slotModel.ts';
import { systemClock } from '../kernel/clock.ts';
import { chromiumPath, complaintsOf, openBrowser, openDesk, openPhone } from '../testing/browser.ts';
import { TestCitizen } from '../testing/citizen.ts';
import { useHall } from '../testing/hall.ts';

/** A Wednesday morning. */
const started = Date.now();
const clock = {
  ...systemClock(),
  now: () => new Date(Date.parse('2026-11-25T09:05:00+08:00') + Date.now() - started),
};
const hall = useHall(test, { clock });
const inBrowser = chromiumPath() ? test.serial : test.serial.skip;
let browser: Browser;
test.before(async () => {
  if (chromiumPath()) browser = await openBrowser();
});
test.after.always(() => browser?.close());

const date = '2026-11-26';

/** With SHOTS=folder each step leaves a picture there, to be looked at. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (!folder) return;
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

async function phoneOf(
  t: ExecutionContext,
  name: string,
  page: string,
): Promise<{ phone: Page; complaints: string[] }> {
  const context = await openPhone(browser);
  t.teardown(() => context.close());
  await context.addCookies([{ name: 'phone_citizen', value: name, url: hall.outside.wechat.url }]);
  const phone = await context.newPage();
  const complaints = complaintsOf(phone);
  await phone.goto(`${hall.url}/h5/#/${page}`);
  return { phone, complaints };
}
const seen = (page: Page, id: string) => page.locator(`#${id}:visible`).last();

async function bookAt(person: TestCitizen, start: string): Promise<BookingView> {
  const wish = { matter: 'm14', hall: 'district', date, start };
  const held = await person.ask<BookingView>('POST', '/api/bookings', wish);
  return (await person.ask<BookingView>('POST', `/api/bookings/${held.body.id}/confirm`, {})).body;
}

inBrowser(
  'R5.1.1: a citizen waits for a full time, is told when it is theirs, and confirms it',
  async (t) => {
    t.timeout(120_000);
    const chen = await TestCitizen.signIn(hall, 'chen');
    const query = `matter=m14&hall=district&date=${date}`;
    const { body } = await chen.ask<BookingSlots>('GET', `/api/booking/slots?${query}`);
    const { start } = body.slots.find((slot) => slot.state === 'open')!;
    const booking = await bookAt(chen, start);
    // The rest of the time is taken by others: as many as the windows have.
    await slots().updateMany({ day: date, start }, [
      { $set: { capacity: { $subtract: ['$capacity', '$left'] }, left: 0 } },
    ]);

    const { phone, complaints } = await phoneOf(
      t,
      'wang',
      `packages/booking/time/index?matter=m14&hall=district`,
    );
    await seen(phone, `day-${date}`).tap();
    await seen(phone, `slot-${start.replace(':', '')}`).tap();
    await look(phone, 'wait-ask');
    await seen(phone, 'sheet-action').tap();
    await phone.getByText('您排在第一位').locator('visible=true').waitFor();
    await look(phone, 'wait-first');

    await chen.ask('POST', `/api/bookings/${booking.id}/cancel`, {});
    await phone.goto(`${hall.url}/h5/#/packages/booking/mine/index`);
    await phone.getByText('候补有名额了').locator('visible=true').waitFor();
    await look(phone, 'mine-offer');
    await phone.goto(`${hall.url}/h5/#/packages/booking/waits/index`);
    await seen(phone, 'accept').waitFor();
    await look(phone, 'wait-offer');
    await seen(phone, 'accept').tap();
    await seen(phone, 'confirm').waitFor();
    await look(phone, 'confirm-offer');
    await seen(phone, 'confirm').tap();
    await seen(phone, 'booking-number').waitFor();
    await look(phone, 'done');
    const wang = await TestCitizen.signIn(hall, 'wang');
    const { body: waits } = await wang.ask<{ waits: { state: string }[] }>('GET', '/api/booking/waits');
    t.deepEqual(
      waits.waits.map((each) => each.state),
      ['accepted'],
    );
    t.deepEqual(complaints, []);
  },
);

inBrowser(
  'R5.1.1: a daughter asks for a code, her mother confirms it on her own phone, and the daughter books for her',
  async (t) => {
    t.timeout(120_000);
    const daughter = await phoneOf(t, 'li', 'packages/booking/proxies/index');
    await seen(daughter.phone, 'ask').waitFor();
    await look(daughter.phone, 'proxies');
    await seen(daughter.phone, 'ask').tap();
    const shown = await seen(daughter.phone, 'code').locator('.proxies__digits').innerText();
    await look(daughter.phone, 'proxies-code');
    const mother = await phoneOf(t, 'chen', 'packages/booking/proxies/index');
    await seen(mother.phone, 'code-input').locator('input').fill(shown.replace(/\D/g, ''));
    await seen(mother.phone, 'look').tap();
    await seen(mother.phone, 'sheet-action').waitFor();
    await look(mother.phone, 'proxies-confirm');
    await seen(mother.phone, 'sheet-action').tap();
    await mother.phone.getByText('他们可以替我约').locator('visible=true').waitFor();
    await look(mother.phone, 'proxies-given');

    await daughter.phone.goto(`${hall.url}/h5/#/packages/booking/time/index?matter=m14&hall=district`);
    await daughter.phone.getByText('为谁办').locator('visible=true').waitFor();
    await daughter.phone.locator('.chips__chip:visible').nth(1).tap();
    await seen(daughter.phone, 'day-2026-11-27').tap();
    await daughter.phone.locator('[id^=slot-]:visible').first().tap();
    await look(daughter.phone, 'time-for-mother');
    await seen(daughter.phone, 'take').tap();
    await seen(daughter.phone, 'confirm').waitFor();
    const elderly = daughter.phone.locator('.chips__chip:visible', { hasText: '65 岁以上老人' });
    await elderly.evaluate((chip) => chip.scrollIntoView({ block: 'center' }));
    await elderly.tap();
    await look(daughter.phone, 'confirm-for-mother');
    await seen(daughter.phone, 'confirm').tap();
    await seen(daughter.phone, 'see-booking').tap();
    await seen(daughter.phone, 'calendar').waitFor();
    await look(daughter.phone, 'detail-for-mother');
    const [file] = await Promise.all([
      daughter.phone.waitForEvent('download'),
      seen(daughter.phone, 'calendar').tap(),
    ]);
    t.regex(file.suggestedFilename(), /^ZC\d{10}\.ics$/);
    const chen = await TestCitizen.signIn(hall, 'chen');
    const { body } = await chen.ask<{ bookings: BookingView[] }>('GET', '/api/bookings');
    t.like(body.bookings[0], { byAnother: true, state: 'booked' });
    t.is(body.bookings[0]!.priority?.id, 'elderly');
    await mother.phone.goto(`${hall.url}/h5/#/packages/booking/mine/index`);
    await mother.phone.getByText('代办授权').locator('visible=true').waitFor();
    await look(mother.phone, 'mine-mother');
    t.deepEqual([...daughter.complaints, ...mother.complaints], []);
  },
);

inBrowser('I10: an agent of an enterprise is proposed by one and confirmed by another', async (t) => {
  t.timeout(120_000);
  const deskOf = async (username: string): Promise<Page> => {
    const context = await openDesk(browser);
    t.teardown(() => context.close());
    const desk = await context.newPage();
    await desk.goto(`${hall.url}/console/proxies`);
    await desk.getByTestId('username').fill(username);
    await desk.getByTestId('password').fill('zengcheng-demo-2026');
    await desk.getByTestId('sign-in').click();
    return desk;
  };
  const manager = await deskOf('zhaomin');
  await manager.getByTestId('add-agent').click();
  await manager.locator('#phone').fill('13800000001');
  await manager.locator('#firmName').fill('增城示例餐饮店');
  await manager.locator('#firmCode').fill('91440118MA9X000111');
  await manager.locator('#reason').fill('企业来函，办证专员');
  await look(manager, 'console-agent-add');
  await manager.locator('.ant-modal .ant-btn-primary').click();
  await manager.getByText('等另一位同事复核').first().waitFor();
  const approver = await deskOf('linjing');
  await approver.getByTestId('agree').click();
  await approver.locator('.ant-modal .ant-btn-primary').click();
  await approver.getByText('在名单里').waitFor();
  await look(approver, 'console-agents');
  await manager.getByText('书面授权').click();
  await manager.getByTestId('add-paper').click();
  await manager.locator('#paperNumber').waitFor();
  await look(manager, 'console-paper');
  const wang = await TestCitizen.signIn(hall, 'wang');
  const { body } = await wang.ask<{ firms: { name: string }[] }>('GET', '/api/authorisations');
  t.deepEqual(
    body.firms.map((each) => each.name),
    ['增城示例餐饮店'],
  );
});

inBrowser('R5.1.1: the desk books for an old man on the telephone, and reads him the number', async (t) => {
  t.timeout(120_000);
  const context = await openDesk(browser);
  t.teardown(() => context.close());
  const desk = await context.newPage();
  await desk.goto(`${hall.url}/console/bookings`);
  await desk.getByTestId('username').fill('huangwei');
  await desk.getByTestId('password').fill('zengcheng-demo-2026');
  await desk.getByTestId('sign-in').click();
  await desk.getByTestId('desk-booking').click();
  const choose = async (field: string, text: string): Promise<void> => {
    await desk.locator(`#${field}`).click();
    if (field === 'matter') await desk.locator('#matter').fill(text);
    await desk.locator('.ant-select-item-option:visible', { hasText: text }).first().click();
  };
  await choose('matter', '身份证到期换领');
  await choose('date', '11月27日');
  await choose('start', '10:00–10:30');
  await desk.locator('#name').fill('何伯明');
  await desk.locator('#idNumber').fill('440183197605200030');
  await look(desk, 'console-desk');
  await desk.locator('.ant-modal .ant-btn-primary').click();
  const number = await desk.getByTestId('desk-number').innerText();
  t.regex(number, /^ZC\d{10}$/);
  await look(desk, 'console-desk-done');
});
