import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { builds, buildWhatIsNeeded } from '../../mocks/launcher/builds.ts';
import { startWholeHall } from '../../mocks/launcher/hall.ts';
import { portsFrom } from '../../mocks/launcher/settings.ts';
import { openBrowser, openDesk, openPhone } from '../testing/browser.ts';

/** `npm run screenshots`: starts a hall of its own, uses it as citizens and staff do, and takes the README's pictures. */
const folder = path.resolve(import.meta.dirname, '../../.screenshots');
const demoPassword = 'zengcheng-demo-2026';

const settle = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle').catch(() => {});
  await page.waitForTimeout(400); // fonts and transitions
};

async function shoot(page: Page, name: string): Promise<void> {
  await settle(page);
  await page.screenshot({ path: path.join(folder, `${name}.jpg`), type: 'jpeg', quality: 80 });
  console.log(name);
}

/** The h5 mini-program alone, on a phone-sized window, signed in as a citizen. */
async function asCitizen(
  browser: Browser,
  urls: Urls,
  citizen: string,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await openPhone(browser);
  await context.addCookies([{ name: 'phone_citizen', value: citizen, url: urls.wechat }]);
  const page = await context.newPage();
  await openPage(page, urls, 'pages/home/index');
  return { context, page };
}

const openPage = async (page: Page, urls: Urls, address: string): Promise<void> => {
  await page.goto('about:blank');
  await page.goto(`${urls.hall}/api/sign-in/h5?to=${encodeURIComponent(`/h5/#/${address}`)}`);
  await settle(page);
};

interface Urls {
  readonly hall: string;
  readonly wechat: string;
}

async function citizenPictures(browser: Browser, urls: Urls): Promise<void> {
  const { context, page } = await asCitizen(browser, urls, 'wang');
  const shown = (id: string) => page.locator(`#${id}:visible`).last();
  await openPage(page, urls, 'packages/booking/choose/index?matter=m14');
  await shoot(page, 'booking-choose');
  await openPage(page, urls, 'packages/booking/time/index?matter=m14&hall=district');
  await page.locator('[id^=slot-]:visible').first().tap();
  await shoot(page, 'booking-time');
  await shown('take').tap();
  await shown('confirm').waitFor();
  await shoot(page, 'booking-confirm');
  await shown('confirm').tap();
  await shown('booking-number').waitFor();
  await shoot(page, 'booking-done');
  await shown('see-booking').tap();
  await shown('cancel').waitFor();
  await shoot(page, 'booking-detail');
  for (const [name, address] of [
    ['home', 'pages/home/index'],
    ['matters', 'pages/matters/index'],
    ['messages', 'pages/messages/index'],
    ['me', 'pages/me/index'],
    ['matter-guide', 'packages/matters/guide/index?id=m14'],
    ['matters-search', 'packages/matters/search/index?q=居住证'],
    ['halls', 'packages/halls/list/index'],
    ['hall', 'packages/halls/detail/index?id=district'],
    ['bookings', 'packages/booking/mine/index'],
    ['real-name', 'packages/people/realName/index'],
    ['my-cases', 'packages/apply/mine/index'],
    ['my-payments', 'packages/pay/mine/index'],
    ['my-ratings', 'packages/rating/mine/index'],
    ['ratings-public', 'packages/rating/table/index'],
    ['progress', 'packages/progress/find/index'],
  ] as const) {
    await openPage(page, urls, address);
    await shoot(page, name);
  }
  await openPage(page, urls, 'packages/pay/bill/index');
  await shown('bill-number').locator('input').fill('4401181234567908');
  await shown('find-bill').tap();
  await shown('pay-bill').waitFor();
  await shoot(page, 'pay-bill');
  await context.close();
  const senior = await asCitizen(browser, urls, 'chen');
  await shoot(senior.page, 'senior-home');
  await openPage(senior.page, urls, 'packages/matters/guide/index?id=m20');
  await shoot(senior.page, 'senior-guide');
  await openPage(senior.page, urls, 'packages/booking/time/index?matter=m20&hall=district');
  await shoot(senior.page, 'senior-time');
  await senior.context.close();
  const stranger = await asCitizen(browser, urls, 'he');
  await openPage(stranger.page, urls, 'packages/booking/time/index?matter=m14&hall=district');
  await stranger.page.locator('[id^=slot-]:visible').first().tap();
  await stranger.page.locator('#take:visible').last().tap();
  await shoot(stranger.page, 'level-too-low');
  await stranger.context.close();
}

async function signInStaff(browser: Browser, urls: Urls, username: string): Promise<Page> {
  const page = await (await openDesk(browser)).newPage();
  await page.goto(`${urls.hall}/console/`);
  await page.getByTestId('username').fill(username);
  if (username === 'chenwen') await shoot(page, 'console-sign-in');
  await page.getByTestId('password').fill(demoPassword);
  await page.getByTestId('sign-in').click();
  await page.getByTestId('account').waitFor();
  return page;
}

async function staffPictures(browser: Browser, urls: Urls): Promise<void> {
  const author = await signInStaff(browser, urls, 'chenwen');
  await author.getByTestId('nav-broadcasts').click();
  await author.getByTestId('new-broadcast').click();
  await author.getByTestId('title').fill('台风停办提醒');
  await author
    .getByTestId('text')
    .fill('受台风影响，明天下午大厅暂停对外办公。已约的市民可免费改约，不计爽约。');
  await shoot(author, 'console-compose');
  await author.getByTestId('submit').click();
  await author.getByTestId('confirm').click();
  await author.getByTestId('state').waitFor();
  const approver = await signInStaff(browser, urls, 'linjing');
  await approver.getByTestId('nav-broadcasts').click();
  await shoot(approver, 'console-broadcasts');
  await approver.getByText('台风停办提醒').first().click();
  await shoot(approver, 'console-review');
  await approver.getByTestId('approve').click();
  await approver.getByTestId('confirm').click();
  await approver.getByTestId('state').filter({ hasText: '已发完' }).waitFor();
  await shoot(approver, 'console-sent');
  await author.getByTestId('nav-bookings').click();
  const next = author.getByRole('button', { name: '后一天' });
  for (let day = 0; day < 7 && (await author.getByText('ZC').count()) === 0; day++) {
    await next.click();
    await settle(author);
  }
  await shoot(author, 'console-bookings');
  for (const name of ['menu', 'inbox', 'replies', 'templates', 'statistics']) {
    await author.goto(`${urls.hall}/console/${name}`);
    await shoot(author, `console-${name}`);
  }
}

/** The pages of those who run the hall, its books and its systems. */
async function officePictures(browser: Browser, urls: Urls): Promise<void> {
  const rooms = {
    chenwen: ['tags'],
    zhaomin: ['queue', 'halls', 'visits', 'ratings', 'proxies', 'calendar', 'matter-sync'],
    admin: ['systems', 'accounts'],
    wumei: ['payments', 'books'],
  };
  for (const [username, names] of Object.entries(rooms)) {
    const page = await signInStaff(browser, urls, username);
    for (const name of names) {
      await page.goto(`${urls.hall}/console/${name}`);
      await shoot(page, `console-${name}`);
    }
    await page.context().close();
  }
}

async function phonePictures(browser: Browser, urls: Urls): Promise<void> {
  const page = await (await openDesk(browser)).newPage();
  await page.goto(`${urls.wechat}/phone/`);
  await page.getByTestId('citizen-wang').click();
  await page.getByTestId('chat-official').click();
  await page.getByTestId('template-card').first().waitFor();
  await shoot(page, 'phone-chat');
  await page.getByTestId('template-card').first().click();
  await page.frameLocator('[data-testid=miniprogram-frame]').locator('#cancel:visible').last().waitFor();
  await shoot(page, 'phone-booking');
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await buildWhatIsNeeded([builds.phone, builds.console, builds.h5], console.log);
  const data = mkdtempSync(path.join(tmpdir(), 'hall-pictures-'));
  const ports = portsFrom({ PORT: process.env['PORT'] ?? '3600' });
  const hall = await startWholeHall(ports, data);
  const browser = await openBrowser();
  const urls = { hall: `http://127.0.0.1:${ports.hall}`, wechat: `http://127.0.0.1:${ports.wechat}` };
  try {
    await citizenPictures(browser, urls);
    await staffPictures(browser, urls);
    await officePictures(browser, urls);
    await phonePictures(browser, urls);
  } finally {
    await browser.close();
    await hall.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

await main();
process.exit(0);
