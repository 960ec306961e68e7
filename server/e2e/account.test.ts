import test from 'ava';
import type { Browser } from 'playwright-core';
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

inBrowser('R9.1: the menu is edited, compared and published, and the phone has the new one', async (t) => {
  t.timeout(180_000);
  const { desk, complaints } = await sitDown(browser, hall, 'chenwen', 'nav-menu');
  await desk.getByTestId('menu-name').fill('查询');
  await desk.getByTestId('publish').click();
  await desk.getByTestId('confirm').click();
  await desk.getByTestId('menu-state').filter({ hasText: '一致' }).waitFor();
  const citizen = await pickUpPhone(browser, hall, 'wang');
  await citizen.phone.getByTestId('chat-official').click();
  await citizen.phone.getByTestId('menu-0').filter({ hasText: '查询' }).waitFor();
  t.deepEqual([...complaints, ...citizen.complaints], []);
});

inBrowser(
  'R9.2: a citizen asks for a person in the chat, a member of staff takes it and answers',
  async (t) => {
    t.timeout(180_000);
    const { phone, complaints } = await pickUpPhone(browser, hall, 'huang');
    await phone.getByTestId('chat-official').click();
    await phone.getByTestId('chat-keyboard').click();
    await phone.getByTestId('chat-input').fill('人工');
    await phone.getByTestId('chat-send').click();
    await phone.getByTestId('chat-input').fill('孩子的居住证要带什么材料');
    await phone.getByTestId('chat-send').click();
    const { desk, complaints: atDesk } = await sitDown(browser, hall, 'huangwei', 'nav-inbox');
    await desk.getByTestId('thread').first().click();
    await desk.getByText('孩子的居住证要带什么材料').first().waitFor();
    await desk.getByTestId('take').click();
    const answer = '带上孩子的出生证明和您的居住证，到户政窗口当场办。';
    await desk.getByTestId('answer').fill(answer);
    await desk.getByTestId('send-answer').click();
    await phone.getByTestId('bubble').filter({ hasText: answer }).waitFor();
    t.deepEqual([...complaints, ...atDesk], []);
  },
);
