import test, { type ExecutionContext } from 'ava';
import type { Browser, Page } from 'playwright-core';
import type { BookingSlots, BookingView } from '../areas/booking/contract.ts';
import type { HallQr, NewKiosk, TicketView } from '../areas/queue/contract.ts';
import { systemClock } from '../kernel/clock.ts';
import { chromiumPath, complaintsOf, openBrowser, openDesk, openPhone } from '../testing/browser.ts';
import { TestCitizen } from '../testing/citizen.ts';
import { useHall } from '../testing/hall.ts';

/** The hall lives on a Wednesday morning, whenever the test runs. */
const opened = Date.parse('2026-11-25T09:05:00+08:00');
const hall = useHall(test, { clock: systemClock(opened - Date.now()) });
const inBrowser = chromiumPath() ? test.serial : test.serial.skip;
let browser: Browser;

test.before(async () => {
  if (chromiumPath()) browser = await openBrowser();
});
test.after.always(() => browser?.close());

/** A citizen with a booking of today at 09:30, and their phone on a page. */
async function visitor(t: ExecutionContext, name: string, matter: string) {
  const person = await TestCitizen.signIn(hall, name);
  const date = '2026-11-25';
  const { body } = await person.ask<BookingSlots>(
    'GET',
    `/api/booking/slots?matter=${matter}&hall=district&date=${date}`,
  );
  t.is(body.slots.find((slot) => slot.start === '09:30')?.state, 'open');
  const wish = { matter, hall: 'district', date, start: '09:30' };
  const held = await person.ask<BookingView>('POST', '/api/bookings', wish);
  const { body: booking } = await person.ask<BookingView>(
    'POST',
    `/api/bookings/${held.body.id}/confirm`,
    {},
  );
  const context = await openPhone(browser);
  t.teardown(() => context.close());
  const url = hall.outside.wechat.url;
  await context.addCookies([{ name: 'phone_citizen', value: name, url }]);
  const phone = await context.newPage();
  return { person, booking, phone, complaints: complaintsOf(phone) };
}

const seen = (page: Page, id: string) => page.locator(`#${id}:visible`).last();

async function desk(t: ExecutionContext, username: string): Promise<Page> {
  const context = await openDesk(browser);
  t.teardown(() => context.close());
  const page = await context.newPage();
  await page.goto(`${hall.url}/console/`);
  await page.getByTestId('username').fill(username);
  await page.getByTestId('password').fill('zengcheng-demo-2026');
  await page.getByTestId('sign-in').click();
  await page.getByTestId('account').waitFor();
  return page;
}

async function windowDesk(t: ExecutionContext, username: string, number: string): Promise<Page> {
  const page = await desk(t, username);
  // As the browser of this window's computer remembers it.
  const at = JSON.stringify({ hall: 'district', number });
  await page.evaluate(`localStorage.setItem('hall.window', ${JSON.stringify(at)})`);
  await page.goto(`${hall.url}/console/window`);
  await page.getByTestId('open-window').click();
  await page.getByTestId('act-call').waitFor();
  return page;
}

const askAsStaff = <T>(page: Page, path: string, body?: unknown): Promise<T> =>
  page.evaluate(
    async ([path, body]) => {
      const answer = await fetch(path as string, {
        method: body ? 'POST' : 'GET',
        headers: { 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return answer.json();
    },
    [path, body] as const,
  ) as Promise<T>;

inBrowser(
  'R5.1.1: two citizens, two windows, a machine and a screen play a morning: each is called once, and all see it',
  async (t) => {
    t.timeout(180_000);
    const manager = await desk(t, 'zhaomin');
    const { text } = await askAsStaff<(typeof HallQr)['_output']>(
      manager,
      '/api/staff/halls/district/check-in-qr',
    );
    const machine = await askAsStaff<(typeof NewKiosk)['_output']>(manager, '/api/staff/kiosks', {
      hall: 'district',
      name: '1',
    });

    // One checks in by the hall's poster, one at the machine by the booking's number.
    const wang = await visitor(t, 'wang', 'm14');
    await wang.phone.goto(`${hall.url}/h5/#/packages/queue/checkIn/index?booking=${wang.booking.id}`);
    await seen(wang.phone, 'hall-qr').locator('input').fill(text);
    await seen(wang.phone, 'by-text').tap();
    const label = (await seen(wang.phone, 'ticket-label').innerText()).trim();
    t.regex(label, /^BY\d{3}$/);

    const chen = await visitor(t, 'chen', 'm14');
    const kiosk = await (await openDesk(browser)).newPage();
    t.teardown(() => kiosk.context().close());
    await kiosk.addInitScript('window.print = () => {}');
    await kiosk.goto(`${hall.url}/console/kiosk/district#token=${machine.token}`);
    await kiosk.getByTestId('booked').click();
    t.false(kiosk.url().includes('token'), 'the token leaves the address');
    for (const digit of chen.booking.number!.replace('ZC', '')) {
      await kiosk.getByRole('button', { name: digit, exact: true }).click();
    }
    await kiosk.getByTestId('kiosk-check-in').click();
    const paper = (await kiosk.getByTestId('paper-label').innerText()).trim();
    t.not(paper, label);

    const screen = await (await openDesk(browser)).newPage();
    t.teardown(() => screen.context().close());
    await screen.goto(`${hall.url}/console/display/district?screen=morning`);
    await screen.getByText('还没有叫号').waitFor();

    const tickets = await wang.person.ask<{ tickets: TicketView[] }>('GET', '/api/queue/tickets');
    const { body: about } = await wang.person.ask<{
      zones: { windows: { number: string; name: string }[] }[];
    }>('GET', '/api/halls/district');
    const [first, second] = about.zones
      .flatMap((zone) => zone.windows)
      .filter((window) => window.name === tickets.body.tickets[0]?.group);
    const one = await windowDesk(t, 'huangwei', first!.number);
    const two = await windowDesk(t, 'zhaomin', second!.number);
    await one.keyboard.press('n');
    await one.getByTestId('window-ticket').waitFor();
    await two.keyboard.press('n');
    await two.getByTestId('window-ticket').waitFor();
    const called = [one, two].map((page) => page.getByTestId('window-ticket').innerText());
    t.deepEqual((await Promise.all(called)).sort(), [label, paper].sort(), 'each window has another one');

    const mine =
      (await called[0]) === label
        ? { page: one, number: first!.number }
        : { page: two, number: second!.number };
    await wang.phone.getByText(`请到 ${mine.number} 号窗口`).locator('visible=true').first().waitFor();
    await screen.locator('.display-calls').getByText(label, { exact: true }).waitFor();
    t.false((await screen.locator('body').innerText()).includes('明'), 'the screen shows no name');

    await mine.page.keyboard.press('s');
    await mine.page.getByTestId('act-finish').waitFor();
    await mine.page.keyboard.press('f');
    await mine.page.getByTestId('act-call').waitFor();
    await wang.phone.getByText('已办完').locator('visible=true').first().waitFor();
    t.deepEqual(wang.complaints, []);
  },
);

inBrowser(
  'R5.1.1: a screen that loses its link keeps its picture, says so, and recovers by itself',
  async (t) => {
    t.timeout(120_000);
    const screen = await (await openDesk(browser)).newPage();
    t.teardown(() => screen.context().close());
    await screen.goto(`${hall.url}/console/display/district`);
    const newest = await screen.getByTestId('newest').innerText();
    await screen.route('**/api/queue/display/**', (route) => route.abort());
    await screen.getByTestId('stale').waitFor();
    t.is(await screen.getByTestId('newest').innerText(), newest);
    await screen.unroute('**/api/queue/display/**');
    await screen.getByTestId('stale').waitFor({ state: 'detached' });
    t.is(await screen.getByTestId('newest').innerText(), newest);
  },
);
