import test from 'ava';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, openBrowser } from '../testing/browser.ts';
import { useHall } from '../testing/hall.ts';
import { pickUpPhone, sitDown } from './visit.ts';

const hall = useHall(test);
const inBrowser = chromiumPath() ? test.serial : test.serial.skip;
let browser: Browser;
test.before(async () => {
  if (chromiumPath()) browser = await openBrowser();
});
test.after.always(() => browser?.close());

/** `SHOTS=folder` keeps pictures of what was seen. */
const shot = (page: Page, name: string): Promise<unknown> | undefined =>
  process.env['SHOTS'] ? page.screenshot({ path: `${process.env['SHOTS']}/${name}.png` }) : undefined;

inBrowser(
  'R9.4: an article with a cover is written, sent to oneself, submitted; another approves; followers have it, the author had it first',
  async (t) => {
    t.timeout(180_000);
    const { desk, complaints } = await sitDown(browser, hall, 'chenwen', 'nav-broadcasts');
    const cover = await desk.screenshot({ type: 'png', clip: { x: 0, y: 0, width: 360, height: 200 } });
    await desk.getByTestId('new-broadcast').click();
    await desk.getByTestId('title').fill('冬季延时服务');
    await desk.getByTestId('kind').getByText('图文', { exact: true }).click();
    await desk.getByTestId('article-title').fill('大厅周三延时到晚上八点');
    await desk
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'cover.png', mimeType: 'image/png', buffer: cover });
    await desk.locator('.picture-upload img').first().waitFor();
    await desk.getByTestId('article-body').click();
    await desk.keyboard.type('从本周三起，区政务服务中心延时服务到晚上八点，请提前预约。');
    await shot(desk, 'compose-article');
    await desk.getByTestId('test-send').click();
    const author = await pickUpPhone(browser, hall, 'wang');
    await author.phone.getByTestId('chat-official').click();
    await author.phone.getByText('大厅周三延时到晚上八点').first().waitFor();
    const other = await pickUpPhone(browser, hall, 'huang');
    await other.phone.getByTestId('chat-official').click();
    t.is(await other.phone.getByText('大厅周三延时到晚上八点').count(), 0, 'only the author has it');
    await desk.getByTestId('submit').click();
    await desk.getByTestId('confirm').click();
    await desk.getByTestId('state').waitFor();
    const { desk: approver } = await sitDown(browser, hall, 'linjing', 'nav-broadcasts');
    await approver.getByText('冬季延时服务').first().click();
    await approver.getByTestId('approve').waitFor();
    await shot(approver, 'review-article');
    await approver.getByTestId('approve').click();
    await approver.getByTestId('confirm').click();
    await approver.getByTestId('state').filter({ hasText: '已发完' }).waitFor();
    await other.phone.getByText('大厅周三延时到晚上八点').first().waitFor();
    await shot(other.phone, 'phone-article');
    t.deepEqual([...complaints, ...author.complaints, ...other.complaints], []);
  },
);

inBrowser('R9.2: a tag is made, renamed and deleted; a code for a poster is drawn', async (t) => {
  t.timeout(120_000);
  const { desk, complaints } = await sitDown(browser, hall, 'chenwen', 'nav-tags');
  await desk.getByTestId('tag-name').fill('企业办事人');
  await desk.getByTestId('add-tag').click();
  const row = desk.getByRole('row').filter({ hasText: '企业办事人' });
  await row.waitFor();
  await row.getByText('改 名').or(row.getByText('改名')).click();
  await desk.getByLabel('新名称').fill('个体户');
  await desk.locator('.ant-modal-footer .ant-btn-primary').click();
  await desk.getByRole('row').filter({ hasText: '个体户' }).waitFor();
  await desk.getByTestId('scene').fill('hall-district-A');
  await desk.getByTestId('make-code').click();
  await desk.getByTestId('code').locator('svg').first().waitFor();
  await shot(desk, 'tags');
  await desk.getByRole('row').filter({ hasText: '个体户' }).locator('.ant-btn-dangerous').click();
  await desk.locator('.ant-popconfirm .ant-btn-primary').click();
  await desk.getByRole('row').filter({ hasText: '个体户' }).waitFor({ state: 'detached' });
  t.deepEqual(complaints, []);
});
