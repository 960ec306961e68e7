import test from 'ava';
import type { Browser, Page } from 'playwright-core';
import type { BookingView } from '../areas/booking/contract.ts';
import { systemClock } from '../kernel/clock.ts';
import { chromiumPath, openBrowser, openPhone } from '../testing/browser.ts';
import { TestCitizen } from '../testing/citizen.ts';
import { useHall } from '../testing/hall.ts';

const started = Date.now();
const clock = {
  ...systemClock(),
  now: () => new Date(Date.parse('2026-11-25T09:05:00+08:00') + Date.now() - started),
};
const hall = useHall(test, { clock, rateFactor: 1 });
const inBrowser = chromiumPath() ? test.serial : test.serial.skip;
let browser: Browser;
test.before(async () => {
  if (chromiumPath()) browser = await openBrowser();
});
test.after.always(() => browser?.close());

const seen = (page: Page, id: string) => page.locator(`#${id}:visible`).last();

inBrowser(
  'who asks for too many places in a minute is let through when the phone has done a little work',
  async (t) => {
    t.timeout(150_000);
    const context = await openPhone(browser);
    t.teardown(() => context.close());
    await context.addCookies([{ name: 'phone_citizen', value: 'wang', url: hall.outside.wechat.url }]);
    const phone = await context.newPage();
    await phone.goto(`${hall.url}/h5/#/packages/booking/time/index?matter=m14&hall=district`);
    await seen(phone, 'day-2026-11-27').tap();
    await phone.locator('[id^=slot-]:visible').first().tap();
    const wang = await TestCitizen.signIn(hall, 'wang');
    const wish = { matter: 'm14', hall: 'district', date: '2026-11-27', start: '09:00' };
    let refused: string | undefined;
    for (let count = 0; count < 30 && !refused; count++) {
      const { status, body } = await wang.ask<BookingView & { error: { id: string } }>(
        'POST',
        '/api/bookings',
        wish,
      );
      if (status !== 200) refused = body.error.id;
    }
    t.is(refused, 'booking.prove_human');
    let proofs = 0;
    phone.on('request', (request) => {
      if (request.url().endsWith('/api/bookings') && request.postData()?.includes('nonce')) proofs += 1;
    });
    await seen(phone, 'take').tap();
    await seen(phone, 'confirm').waitFor({ timeout: 90_000 });
    t.true(proofs <= 1, 'a new minute may have begun; then no proof was asked');
  },
);
