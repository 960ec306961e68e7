import test from 'ava';
import type { Browser } from 'playwright-core';
import { demoKioskToken } from '../areas/queue/seed.ts';
import { systemClock } from '../kernel/clock.ts';
import { addDays, instantAt, localDayOf, weekdayOf } from '../kernel/localDay.ts';
import { openBrowser } from '../testing/browser.ts';
import { useHall } from '../testing/hall.ts';
import { sitDown } from './visit.ts';

/** The next Tuesday to Thursday, 09:40: the hall is open whenever this runs. */
function openDay(): Date {
  let day = addDays(localDayOf(new Date()), 1);
  while (weekdayOf(day) < 2 || weekdayOf(day) > 4) day = addDays(day, 1);
  return instantAt(day, '09:40');
}

const hall = useHall(test, { clock: systemClock(openDay().getTime() - Date.now()) });
const pictures = process.env['PICTURES'];
let browser: Browser;
test.before('a browser', async () => {
  browser = await openBrowser();
});
test.after.always('the browser closes', async () => {
  await browser?.close();
});

test.serial(
  'R5.1.3: a window serves, calls for help and is seen; windows and hours change; the day is counted',
  async (t) => {
    t.timeout(180_000);
    for (let n = 0; n < 12; n++) {
      const pressed = await fetch(`${hall.url}/api/kiosk/tickets`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-kiosk': demoKioskToken },
        body: JSON.stringify({
          group: n % 3 ? '户政' : '社保',
          priority: n === 5,
          requestId: `desk-press-${n}`,
        }),
      });
      t.is(pressed.status, 200);
    }
    const { desk: clerk, complaints } = await sitDown(browser, hall, 'huangwei', 'nav-window');
    const shoot = (page: typeof clerk, name: string) =>
      pictures ? page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true }) : undefined;
    await clerk.getByTestId('choose-window').click();
    await clerk.keyboard.type('B61');
    await clerk.keyboard.press('Enter');
    await clerk.getByTestId('take-window').click();
    await clerk.getByTestId('open-window').click();
    await clerk.getByTestId('act-call').click();
    await clerk.getByTestId('act-serve').click();
    await shoot(clerk, 'window');
    await clerk.getByTestId('help').click();
    await clerk.getByTestId('help-dispute').click();
    await clerk.getByText('已通知').waitFor();

    const { desk, complaints: more } = await sitDown(browser, hall, 'zhaomin', 'nav-queue');
    await desk.getByTestId('help-call').waitFor();
    await shoot(desk, 'queue');
    await desk.getByTestId('help-take').click();
    await desk.getByText('正在处理').waitFor();

    await desk.getByTestId('nav-halls').click();
    const count = desk.getByLabel('户政窗口数');
    await count.fill('20');
    await count.press('Tab');
    await desk.getByTestId('why').fill('窗口改造');
    await shoot(desk, 'halls');
    await desk.getByTestId('preview').click();
    await desk.getByText('户政窗口由 24 个改为 20 个').waitFor();
    await shoot(desk, 'halls-preview');
    await desk
      .getByRole('button', { name: '保 存' })
      .or(desk.getByRole('button', { name: '保存' }))
      .click();
    await desk.locator('.halls-history li').first().waitFor();
    t.regex(await desk.locator('.halls-history').innerText(), /窗口改造/);

    await desk.getByTestId('nav-visits').click();
    await desk.locator('.statistics-figures').waitFor();
    await desk.locator('.statistics-figures').getByText('12', { exact: true }).waitFor(); // the hall's own day
    await shoot(desk, 'visits');
    if (pictures) {
      await desk.goto(`${hall.url}/console/kiosk/district#token=${demoKioskToken}`);
      await desk.waitForTimeout(2500);
      await shoot(desk, 'kiosk');
      await desk.goto(`${hall.url}/console/display/district`);
      await desk.waitForTimeout(1500);
      await shoot(desk, 'display');
    }
    t.deepEqual([...complaints, ...more], []);
  },
);
