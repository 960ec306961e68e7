import test from 'ava';
import type { Browser } from 'playwright-core';
import { sitDown } from '../../e2e/visit.ts';
import { systemClock } from '../../kernel/clock.ts';
import { openBrowser } from '../../testing/browser.ts';
import { useHall } from '../../testing/hall.ts';
import type { MatterList } from './contract.ts';
import { foodLicence } from './testing/province.ts';

// The hall's time is 20:30 in Beijing, so that the province is not in its maintenance hours; signatures need the real time.
const clock = systemClock(Date.parse('2026-11-25T12:30:00Z') - Date.now());
const hall = useHall(test, { clock, roles: ['web', 'worker'] });
let browser: Browser;
test.before(async () => {
  browser = await openBrowser();
});
test.after.always(() => browser?.close());

test('R8.2: staff start a sync, watch it, see why a delivery was refused and what a version changed', async (t) => {
  const { items } = hall.outside.government;
  items.reset(440);
  const { desk, complaints } = await sitDown(browser, hall, 'admin', 'nav-matter-sync');
  await desk.getByTestId('run-sync').click();
  await desk.getByTestId('sync-progress').waitFor();
  await desk.getByTestId('run-live').waitFor({ timeout: 60_000 });
  await desk.getByText('新增 400，修改 40，下架 0').waitFor();

  items.change(foodLicence, { name: '食品经营许可（改名）' });
  items.drop(items.codes().slice(-40));
  await desk.getByTestId('run-sync').click();
  await desk.getByTestId('run-refused').waitFor({ timeout: 60_000 });
  await desk.getByText('本批将下架 40 项').waitFor();
  await desk.locator('.ant-table-row-expand-icon').first().click();
  await desk.getByText('将下架：').first().waitFor();
  await desk.getByTestId('force').click();
  await desk.getByTestId('confirm').click();
  await desk.getByText('新增 0，修改 1，下架 40').waitFor({ timeout: 60_000 });

  await desk.getByText('事项与版本').click();
  await desk.getByLabel('搜事项').fill('改名');
  await desk.getByLabel('搜事项').press('Enter');
  await desk.getByText('食品经营许可（改名）').click();
  await desk.getByTestId('version').nth(1).waitFor();
  t.is(await desk.getByTestId('version').count(), 2);
  await desk.locator('ins').filter({ hasText: '食品经营许可（改名）' }).waitFor();
  await desk.getByTestId('refresh-matter').click();
  await desk.getByText('与省里一致').waitFor();

  await desk.locator('.ant-drawer-close').click();
  await desk.getByLabel('搜事项').fill('餐饮服务单位设立');
  await desk.getByLabel('搜事项').press('Enter');
  await desk.getByText('餐饮服务单位设立', { exact: true }).click();
  await desk.getByText('窗口安排（未安排）').click();
  await desk.getByTestId('add-hall').click();
  await desk.getByTitle('增城区政务服务中心').last().click();
  await desk.getByTestId('save-arrangement').click();
  await desk.getByText('已保存，市民马上能看到').waitFor();
  const answer = await fetch(`${hall.url}/api/matters?q=${encodeURIComponent('餐饮服务单位设立')}`);
  t.true(((await answer.json()) as MatterList).matters.some(({ bookable }) => bookable));
  t.deepEqual(complaints, []);
});
