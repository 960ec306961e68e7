import test, { type ExecutionContext } from 'ava';
import mongoose from 'mongoose';
import type { Browser, Page } from 'playwright-core';
import { builds, buildWhatIsNeeded } from '../../mocks/launcher/builds.ts';
import { complaintsOf, openBrowser } from '../../server/testing/browser.ts';
import { TestCitizen } from '../../server/testing/citizen.ts';
import { useHall } from '../../server/testing/hall.ts';

const hall = useHall(test);
let browser: Browser;

test.before('the h5 build and a browser', async (t) => {
  t.timeout(600_000);
  await buildWhatIsNeeded([builds.h5], (text) => t.log(text));
  browser = await openBrowser();
});
test.after.always(() => browser?.close());

/** A citizen's browser: a phone of 390 pixels with fingers, or a desktop frame of the same width with a mouse. */
async function browserOf(
  t: ExecutionContext,
  citizen: string,
  kind: 'fingers' | 'mouse' = 'fingers',
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: kind === 'fingers',
    hasTouch: kind === 'fingers',
    locale: 'zh-CN',
  });
  t.teardown(() => context.close());
  // Whose WeChat this browser is: the stand-in's own cookie, as its phone page sets it.
  await context.addCookies([{ name: 'phone_citizen', value: citizen, domain: '127.0.0.1', path: '/' }]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return page;
}

/** The page on top: h5 keeps the ones below it in the document. */
const seen = (page: Page, selector: string) => page.locator(`${selector}:visible`).last();

const open = (page: Page, path: string) => page.goto(`${hall.url}/h5/#/${path}`);

test.serial(
  'R3: a deep link opened cold signs in through WeChat and comes back to the same page',
  async (t) => {
    const person = await TestCitizen.signIn(hall, 'wang');
    const booking = await person.book('m11', 'district');
    const page = await browserOf(t, 'wang');
    const complaints = complaintsOf(page);
    await open(page, `packages/booking/detail/index?id=${booking.id}`);
    await seen(page, '#booking-number').waitFor();
    t.is(await seen(page, '#booking-number').innerText(), booking.number ?? 'no number');
    t.true(page.url().endsWith(`packages/booking/detail/index?id=${booking.id}`));
    await seen(page, '.shell__back').click();
    await seen(page, '#service-book').waitFor();
    t.deepEqual(complaints, []);
  },
);

test.serial('R3: a mouse books and cancels, and a keyboard presses what has the focus', async (t) => {
  const page = await browserOf(t, 'liang', 'mouse');
  const complaints = complaintsOf(page);
  await open(page, 'packages/booking/time/index?matter=m17&hall=district');
  await page.locator('.slots__slot:not(.slots__slot--off):visible').first().click();
  await seen(page, '#take').click();
  await seen(page, '#confirm').focus();
  await page.keyboard.press('Enter');
  await seen(page, '#see-booking').click();
  await seen(page, '#cancel').click();
  await seen(page, '#sheet-action').click();
  await seen(page, '#again').waitFor();
  t.deepEqual(complaints, []);
});

const pages = [
  'pages/home/index',
  'pages/matters/index',
  'pages/messages/index',
  'pages/me/index',
  'packages/booking/choose/index',
  'packages/booking/choose/index?matter=m11',
  'packages/booking/time/index?matter=m11&hall=town-440118001',
  'packages/booking/mine/index',
  'packages/matters/guide/index?id=m11',
  'packages/matters/search/index',
  'packages/halls/list/index',
  'packages/halls/detail/index?id=district',
  'packages/people/realName/index',
  'packages/people/about/index',
  'packages/people/identityDone/index',
  'packages/people/identity/index',
  'packages/booking/standing/index',
  'packages/booking/proxies/index',
  'packages/booking/waits/index',
  'packages/matters/search/index?q=居住证',
  'packages/matters/bundle/index?id=restaurant',
  'packages/matters/bundles/index',
];

/** Height and name of everything that can be tapped, with the reach that a pseudo-element adds. Runs in the page. */
const measure = `[...document.querySelectorAll('.pressable')]
  .filter((node) => node.offsetParent !== null)
  .map((node) => {
    const around = getComputedStyle(node, '::after');
    const reach = around.content === 'none' ? 0 : -parseFloat(around.top) * 2 || 0;
    const name = node.getAttribute('aria-label') ?? node.innerText;
    return { name, height: Math.round(node.getBoundingClientRect().height + reach) };
  })`;

for (const [mode, citizen, least] of [
  ['the usual', 'huang', 44],
  ['senior', 'chen', 60],
] as const) {
  test.serial(
    `R2: in ${mode} mode every target is at least ${least} pixels high, on every page`,
    async (t) => {
      t.timeout(300_000);
      const page = await browserOf(t, citizen);
      await open(page, 'pages/me/index');
      await seen(page, '#me-name').waitFor();
      t.is(await page.locator('.shell--senior:visible').count(), mode === 'senior' ? 1 : 0);
      // A guide with everything a guide can have: forms to download, and a province that does not answer.
      const paper = {
        name: '申请表',
        note: null,
        needed: true,
        blankForms: [{ name: '表', address: '/files/x' }],
      };
      await mongoose.connection
        .collection('matters')
        .updateOne(
          { code: { $regex: '4440131411000$' } },
          { $set: { 'materials.0': paper, sourceVersion: 1, checkFailedAt: new Date() } },
        );
      for (const path of pages) {
        await page.goto('about:blank');
        await open(page, path);
        await seen(page, '.shell').waitFor();
        await page.waitForLoadState('networkidle');
        await page.waitForFunction(`document.querySelector('.skeleton') === null`);
        const targets = await page.evaluate<Array<{ name: string; height: number }>>(measure);
        const low = targets.filter((target) => target.height < least);
        t.deepEqual(low, [], path);
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        t.true(wide <= 0, `${path} is ${wide} pixels wider than the screen`);
      }
    },
  );
}
