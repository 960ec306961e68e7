import path from 'node:path';
import test from 'ava';
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import { cases } from '../areas/applications/model.ts';
import { pdf } from '../areas/applications/testing/applicant.ts';
import { chromiumPath, openBrowser } from '../testing/browser.ts';
import { useHall } from '../testing/hall.ts';
import { pickUpPhone } from './visit.ts';

const hall = useHall(test);
const inBrowser = chromiumPath() ? test.serial : test.serial.skip;
let browser: Browser;

test.before(async () => {
  if (chromiumPath()) browser = await openBrowser();
});
test.after.always(() => browser?.close());

const shown = (program: FrameLocator, id: string) => program.locator(`[id="${id}"]:visible`).last();

/** `SHOTS=directory` keeps a picture of each step. */
const picture = async (phone: Page, name: string): Promise<void> => {
  const directory = process.env['SHOTS'];
  if (directory) await phone.screenshot({ path: path.join(directory, `${name}.png`) });
};

const programOf = async (phone: Page): Promise<Frame> => {
  await phone.frameLocator('[data-testid=miniprogram-frame]').locator('body').waitFor();
  const frame = phone.frames().find((each) => each.url().includes('/h5/'));
  if (!frame) throw new Error('the mini-program is not open');
  return frame;
};
const goTo = async (frame: Frame, page: string): Promise<void> =>
  void (await frame.evaluate(`location.hash = ${JSON.stringify(`#/${page}`)}`));

async function chooseFile(phone: Page, program: FrameLocator, seq: string): Promise<void> {
  const chooser = phone.waitForEvent('filechooser', { timeout: 15_000 });
  await shown(program, `upload-${seq}-document`).click();
  await (await chooser).setFiles({
    name: `${seq}.pdf`,
    mimeType: 'application/pdf',
    buffer: pdf(300_000, seq),
  });
  await shown(program, `upload-${seq}`).getByText('已上传').first().waitFor();
}

/** Taro's wheel of the browser: takes what it stands on. */
async function takeFromWheel(program: FrameLocator, id: string): Promise<void> {
  await shown(program, id).click();
  await program.getByText('确定', { exact: true }).locator('visible=true').last().click();
}

inBrowser(
  'R5.2.1: the home bakery applies on the phone, from the guide to the number, mends what the office asks for, and reads the result',
  async (t) => {
    t.timeout(240_000);
    const { phone, program, complaints } = await pickUpPhone(
      browser,
      hall,
      process.env['SHOTS_CITIZEN'] ?? 'wang',
    );
    await phone.getByTestId('open-miniprogram').click();
    await shown(program, 'service-book').waitFor();
    const frame = await programOf(phone);
    await goTo(frame, 'packages/matters/guide/index?id=m01');
    await shown(program, 'apply').click();
    await shown(program, 'begin').waitFor();
    await picture(phone, '1-before');
    await shown(program, 'begin').click();

    await shown(program, 'next-step').click();
    await program.getByText('还有 2 处没填好').locator('visible=true').waitFor();
    await shown(program, 'situation-zyzt-household').click();
    await shown(program, 'situation-csly-own').click();
    await picture(phone, '2-situation');
    await shown(program, 'next-step').click();

    await shown(program, 'prefill').click();
    await shown(program, 'prefill').waitFor({ state: 'detached' });
    const type = async (key: string, text: string): Promise<void> =>
      shown(program, `field-${key}`).locator('input, textarea').first().fill(text);
    await type('SQRMC', '增城甜麦面包坊');
    await type('SQRZJHM', '91440118MA9X000111');
    await takeFromWheel(program, 'field-JYCS-town');
    await type('JYCS-detail', '荔新大道 1 号首层');
    await type('MJ', '45.5');
    await shown(program, 'field-ZYZZ-yes').click();
    await type('ZZPZ', '面包、蛋糕');
    await shown(program, 'field-JYXM-bakery').click();
    await shown(program, 'field-RYMD-add').click();
    await type('RYMD-0-XM', '王小明');
    await type('RYMD-0-ZJHM', '440118199001010018');
    await takeFromWheel(program, 'field-RYMD-0-TJRQ');
    await shown(program, 'field-promise-yes').click();
    await shown(program, 'next-step').click();
    await program.getByText('身份证号码不对，请核对 18 位').locator('visible=true').waitFor();
    await picture(phone, '3-form-wrong');
    await type('RYMD-0-ZJHM', '440118199001010019');
    await program.getByText('已保存', { exact: true }).locator('visible=true').waitFor();
    await picture(phone, '3-form');
    await shown(program, 'next-step').click();

    for (const seq of ['M001', 'M002', 'M003', 'M004', 'M005']) await chooseFile(phone, program, seq);
    await picture(phone, '4-materials');
    await shown(program, 'next-step').click();
    await shown(program, 'delivery-pickUp').waitFor();
    await picture(phone, '5-confirm');
    await shown(program, 'submit').click();
    await shown(program, 'done-title').getByText('已提交').waitFor();
    await picture(phone, '6-done');
    await shown(program, 'see-case').click();
    await shown(program, 'case-word').getByText('已提交').waitFor();

    const { accept } = hall.outside.government;
    const number = accept.cases.at(-1)!.sblshShort;
    accept.holdByHand(number);
    const asked = new Date(Date.now() - 1000);
    accept.act(
      number,
      { act: 'correction', reason: '平面图看不清', fields: ['MJ'], materials: ['M002'], days: 5 },
      asked,
    );
    await goTo(frame, 'packages/apply/mine/index');
    await program.getByText('待补正').locator('visible=true').first().waitFor();
    await picture(phone, '7-mine');
    await program.getByText('食品经营许可（新办）').locator('visible=true').first().click();
    await shown(program, 'correct').click();
    await type('MJ', '60');
    await chooseFile(phone, program, 'M002');
    await picture(phone, '8-correct');
    await shown(program, 'send-correction').click();
    await shown(program, 'case-word').waitFor();
    const mended = Date.now() + 10_000;
    while (accept.find(number)!.answers['MJ'] !== 60 && Date.now() < mended)
      await new Promise((resolve) => setTimeout(resolve, 50));
    t.is(accept.find(number)!.answers['MJ'], 60);
    let at = Date.now() + 60_000;
    for (const act of [
      { act: 'preReview', verdict: '1' },
      { act: 'accept', verdict: '1' },
      { act: 'examine' },
      { act: 'decide', verdict: '0' },
    ] as const) {
      accept.act(number, act, new Date(at));
      at += 60_000;
    }
    const decided = Date.now() + 15_000;
    while ((await cases().findOne({ caseNumber: number }))?.state !== 'closed' && Date.now() < decided)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await goTo(frame, 'packages/apply/mine/index');
    await program.getByText('已办结（准予）').locator('visible=true').first().waitFor();
    await program.getByText('食品经营许可（新办）').locator('visible=true').first().click();
    await shown(program, 'case-word').getByText('已办结（准予）').waitFor();
    await picture(phone, '9-case');
    t.deepEqual(complaints, []);
  },
);
