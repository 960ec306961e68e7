import test, { type ExecutionContext } from 'ava';
import type { Browser, Page } from 'playwright-core';
import type { BookingSlots, BookingView } from '../areas/booking/contract.ts';
import { markNoShows } from '../areas/booking/markNoShows.ts';
import { bookingRules } from '../areas/booking/settings.ts';
import { plainCalendar } from '../areas/booking/testing/room.ts';
import { findHall } from '../areas/halls/findHall.ts';
import { findMatter } from '../areas/matters/findMatter.ts';
import { systemClock } from '../kernel/clock.ts';
import { chromiumPath, openBrowser, openDesk, openPhone } from '../testing/browser.ts';
import { TestCitizen } from '../testing/citizen.ts';
import { useHall } from '../testing/hall.ts';

/** A Wednesday morning at first; `later` moves the hall on. */
const opened = '2026-11-25T09:05:00+08:00';
let at = opened;
let since = Date.now();
const clock = {
  ...systemClock(),
  now: () => new Date(Date.parse(at) + Date.now() - since),
};
const later = (instant: string): void => {
  at = instant;
  since = Date.now();
};
const hall = useHall(test, { clock });
const inBrowser = chromiumPath() ? test.serial : test.serial.skip;
let browser: Browser;

test.before(async () => {
  if (chromiumPath()) browser = await openBrowser();
});
test.after.always(() => browser?.close());

async function book(person: TestCitizen, matter: string, date: string): Promise<BookingView> {
  const { body } = await person.ask<BookingSlots>(
    'GET',
    `/api/booking/slots?matter=${matter}&hall=district&date=${date}`,
  );
  const start = body.slots.find((slot) => slot.state === 'open')?.start;
  const held = await person.ask<BookingView>('POST', '/api/bookings', {
    matter,
    hall: 'district',
    date,
    start,
  });
  return (await person.ask<BookingView>('POST', `/api/bookings/${held.body.id}/confirm`, {})).body;
}

async function phoneOf(t: ExecutionContext, name: string, page: string): Promise<Page> {
  const context = await openPhone(browser);
  t.teardown(() => context.close());
  await context.addCookies([{ name: 'phone_citizen', value: name, url: hall.outside.wechat.url }]);
  const phone = await context.newPage();
  await phone.goto(`${hall.url}/h5/#/${page}`);
  return phone;
}

async function deskAt(t: ExecutionContext, room: string): Promise<Page> {
  const context = await openDesk(browser);
  t.teardown(() => context.close());
  const desk = await context.newPage();
  await desk.goto(`${hall.url}/console/${room}`);
  await desk.getByTestId('username').fill('zhaomin');
  await desk.getByTestId('password').fill('zengcheng-demo-2026');
  await desk.getByTestId('sign-in').click();
  return desk;
}

const seen = (page: Page, id: string) => page.locator(`#${id}:visible`).last();

inBrowser(
  'R5.1.1: a typhoon closes the hall: staff see whom it hits, the citizen finds a new time held and takes it',
  async (t) => {
    t.timeout(120_000);
    const wang = await TestCitizen.signIn(hall, 'wang');
    const booking = await book(wang, 'm14', '2026-11-27');
    const desk = await deskAt(t, 'closures');
    const day = desk.locator('#date');
    await day.click();
    await day.fill('2026年11月27日 星期五');
    await day.press('Enter');
    await desk.locator('#reason').fill('台风红色预警停办');
    await desk.getByTestId('preview').click();
    await desk
      .getByTestId('closure-preview')
      .getByText(booking.number ?? '')
      .waitFor();
    const before = await wang.ask<BookingView>('GET', `/api/bookings/${booking.id}`);
    t.is(before.body.state, 'booked', 'a look changes nothing');
    await desk.getByTestId('close-hall').click();
    await desk.locator('.ant-modal .ant-btn-dangerous').click();
    await desk.getByTestId('closure-done').waitFor();

    const phone = await phoneOf(t, 'wang', `packages/booking/detail/index?id=${booking.id}`);
    await phone.getByText('看为您留的时间').locator('visible=true').click();
    await seen(phone, 'go-confirm').tap();
    await seen(phone, 'confirm').tap();
    await seen(phone, 'booking-number').waitFor();
    const after = await wang.ask<BookingView>('GET', `/api/bookings/${booking.id}`);
    t.is(after.body.state, 'cancelledByHall');
    const taken = await wang.ask<BookingView>('GET', `/api/bookings/${after.body.replacedBy}`);
    t.is(taken.body.state, 'booked');
    t.not(taken.body.date, booking.date);
  },
);

inBrowser(
  'R5.1.1: three missed visits pause booking; the citizen appeals, staff grant it, and booking is open again',
  async (t) => {
    t.timeout(120_000);
    const zhang = await TestCitizen.signIn(hall, 'zhang');
    for (const date of ['2026-11-25', '2026-11-26', '2026-11-30']) await book(zhang, 'm14', date);
    later('2026-11-30T20:00:00+08:00');
    const room = { clock, calendar: plainCalendar(), rules: bookingRules, secret: '', findHall, findMatter };
    await markNoShows({ ...room, findPeople: async () => [], mayBook: () => {}, mayRead: () => {} });

    const phone = await phoneOf(t, 'zhang', 'packages/booking/standing/index');
    await phone.getByText('网上预约暂停中').locator('visible=true').waitFor();
    await phone.locator('[id^=appeal-]:visible').first().tap();
    await seen(phone, 'appeal-reason').locator('textarea').fill('当天孩子突发高烧去医院，有就诊记录');
    await seen(phone, 'sheet-action').tap();
    await phone.getByText('申诉处理中').locator('visible=true').waitFor();

    const desk = await deskAt(t, 'no-shows');
    await desk.getByTestId('grant').click();
    await desk.locator('.ant-modal textarea').fill('已核实就诊记录');
    await desk.locator('.ant-modal .ant-btn-primary').click();
    await desk.getByText('没有待处理的申诉').waitFor();

    await phone.reload();
    await phone.getByText('申诉成功，不计').locator('visible=true').waitFor();
    await phone.getByText('可以正常预约').locator('visible=true').waitFor();
    const again = await book(zhang, 'm14', '2026-12-02');
    t.is(again.state, 'booked');
  },
);
