import test from 'ava';
import type { Browser, FrameLocator } from 'playwright-core';
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

/** Taro keeps earlier pages in the document: only what is shown counts. */
const shown = (program: FrameLocator, id: string) => program.locator(`#${id}:visible`).last();

inBrowser(
  'R5.1.1: a citizen books in the mini-program, the card arrives within 2 s and opens the booking; cancelled, it is said',
  async (t) => {
    t.timeout(120_000);
    const { phone, program, complaints } = await pickUpPhone(browser, hall, 'wang');
    await phone.getByTestId('open-miniprogram').click();
    await shown(program, 'service-book').click();
    await program.getByText('身份证到期换领').locator('visible=true').first().click();
    await program.getByText('增城区政务服务中心').locator('visible=true').first().click();
    await program.locator('[id^=slot-]:visible').first().click();
    await shown(program, 'take').click();
    await shown(program, 'confirm').click();
    await shown(program, 'booking-number').waitFor();
    const confirmed = Date.now();
    const number = (await shown(program, 'booking-number').innerText()).trim();
    t.regex(number, /^ZC\d{10}$/);

    await phone.getByTestId('close-miniprogram').click();
    await phone.getByTestId('chat-official').click();
    const card = phone.getByTestId('template-card').filter({ hasText: number });
    await card.waitFor();
    t.log(
      `from the confirmation to the card on the screen, three clicks between: ${Date.now() - confirmed} ms`,
    );
    const text = await card.innerText();
    for (const part of ['身份证到期换领', '增城区政务服务中心', '预约成功'])
      t.true(text.includes(part), part);

    await card.click();
    await shown(program, 'cancel').waitFor();
    t.true((await program.locator('body').innerText()).includes(number));
    await shown(program, 'cancel').click();
    await program.getByText('取消预约', { exact: true }).locator('visible=true').last().click();
    await shown(program, 'again').waitFor();
    await phone.getByTestId('close-miniprogram').click();
    await phone.getByTestId('template-card').filter({ hasText: '取消' }).first().waitFor();
    t.deepEqual(complaints, []);
  },
);

inBrowser(
  'R9.4: A composes and submits and cannot approve; B approves; every follower has it; the counts agree',
  async (t) => {
    t.timeout(120_000);
    const author = await sitDown(browser, hall, 'chenwen', 'nav-broadcasts');
    const title = '系统升级提示';
    const words = '本周六系统升级，线上预约照常，现场取号改为人工发放。';
    await author.desk.getByTestId('new-broadcast').click();
    await author.desk.getByTestId('title').fill(title);
    await author.desk.getByTestId('text').fill(words);
    await author.desk.getByTestId('phone-preview').getByText(words).waitFor();
    await author.desk.getByTestId('submit').click();
    await author.desk.getByTestId('confirm').click();
    await author.desk.getByTestId('state').filter({ hasText: '待审批' }).waitFor();
    t.is(await author.desk.getByTestId('approve').count(), 0);

    const approver = await sitDown(browser, hall, 'linjing', 'nav-broadcasts');
    await approver.desk.getByText(title).first().click();
    await approver.desk.getByTestId('approve').click();
    await approver.desk.getByTestId('confirm').click();
    await approver.desk.getByTestId('state').filter({ hasText: '已发完' }).waitFor();
    const followers = ['wang', 'chen', 'li', 'he', 'huang', 'liang', 'zhou'];
    const sent = Number(await approver.desk.getByTestId('count-sent').innerText());
    t.is(sent, followers.length);
    for (const id of followers) {
      const mine = hall.outside.wechat.messages(id).filter((each) => JSON.stringify(each).includes(words));
      t.is(mine.length, 1, id);
    }
    t.is(hall.outside.wechat.messages('zhang').length, 0);

    const { phone, complaints } = await pickUpPhone(browser, hall, 'li');
    await phone.getByTestId('chat-official').click();
    await phone.getByTestId('mass-card').filter({ hasText: words }).waitFor();
    t.deepEqual([...author.complaints, ...approver.complaints, ...complaints], []);
  },
);
