import test from 'ava';
import type { Browser } from 'playwright-core';
import { sitDown } from '../../e2e/visit.ts';
import { TestClock } from '../../kernel/clock.ts';
import { openBrowser } from '../../testing/browser.ts';
import { useHall } from '../../testing/hall.ts';
import { excelOf, notice2027 } from './testing/notice2027.ts';

const hall = useHall(test, {
  clock: new TestClock(new Date('2026-11-25T01:00:00Z')),
  roles: ['web'],
  environment: { DEMO: '0' },
});
let browser: Browser;
test.before(async () => {
  browser = await openBrowser();
});
test.after.always(() => browser?.close());

test('a year goes from the notice to the calendar by two people, and back', async (t) => {
  const { desk, complaints } = await sitDown(browser, hall, 'admin', 'nav-calendar');
  await desk.getByTestId('calendar-warning').filter({ hasText: '2027 年的放假安排还没有导入' }).waitFor();
  await desk.getByTestId('year-source').filter({ hasText: '官方安排' }).waitFor();
  await desk.getByTestId('import-year').click();
  await desk.getByTestId('notice-text').fill(notice2027.replace('端午节\t6月9日', '端午节\t6月9日（周四）'));
  await desk.getByTestId('found').filter({ hasText: '第 5 行：2027-06-09 是周三，不是周四' }).waitFor();
  t.true(await desk.getByTestId('hand-in').isDisabled());
  const files = desk.locator('input[type=file]');
  await files.setInputFiles({
    name: '2027.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await excelOf(notice2027),
  });
  await desk.getByTestId('found').waitFor({ state: 'detached' });
  await desk.getByTestId('document-number').fill('国办发明电〔2026〕9号');
  await desk.getByTestId('hand-in').click();
  await desk.getByTestId('state').filter({ hasText: '待复核' }).waitFor();
  t.is(await desk.getByTestId('approve').count(), 0);

  const other = await sitDown(browser, hall, 'zhaomin', 'nav-calendar');
  await other.desk.getByText('国办发明电〔2026〕9号').click();
  await other.desk.getByTestId('approve').click();
  await other.desk.getByTestId('confirm').click();
  await other.desk.getByTestId('state').filter({ hasText: '使用中' }).waitFor();
  await other.desk.getByTestId('nav-calendar').click();
  await other.desk.getByText('2027 年', { exact: true }).first().click();
  await other.desk.getByTestId('year-source').filter({ hasText: '已导入' }).waitFor();
  t.is(await other.desk.getByTestId('calendar-warning').count(), 0);
  t.deepEqual([...complaints, ...other.complaints], []);
});
