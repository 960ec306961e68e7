import test from 'ava';
import fc from 'fast-check';
import type { Browser, Frame } from 'playwright-core';
import { readForm } from '../areas/applications/forms/definition.ts';
import { shownFields, validateForm } from '../areas/applications/forms/validate.ts';
import { emptyDraft } from '../areas/applications/mergeDraft.ts';
import { drafts, forms } from '../areas/applications/model.ts';
import { draftPlace, seal } from '../areas/applications/seal.ts';
import { randomAnswers, randomForm } from '../areas/applications/testing/randomForm.ts';
import { demoPersonId } from '../areas/people/seed.ts';
import { createFieldCipher } from '../kernel/crypto/fieldCipher.ts';
import { newId } from '../kernel/ids.ts';
import { localDayOf } from '../kernel/localDay.ts';
import { chromiumPath, openBrowser } from '../testing/browser.ts';
import { useHall } from '../testing/hall.ts';
import { pickUpPhone } from './visit.ts';

const hall = useHall(test);
const inBrowser = chromiumPath() ? test.serial : test.serial.skip;
const runs = Number(process.env['RANDOM_FORMS'] ?? 50);
let browser: Browser;

test.before(async () => {
  if (chromiumPath()) browser = await openBrowser();
});
test.after.always(() => browser?.close());

/** What stands on the screen: the fields, and what each says is wrong. */
const look = (frame: Frame): Promise<{ shown: string[]; wrong: Record<string, string> }> =>
  frame.evaluate(`(() => {
    const seen = [...document.querySelectorAll('[id^="row-"]')].filter((each) => each.offsetParent !== null);
    const shown = seen.map((each) => each.id.slice(4));
    const wrong = {};
    for (const each of seen) {
      const own = [...each.children].find((child) => child.classList.contains('field__error'));
      if (own) wrong[each.id.slice(4)] = own.textContent;
    }
    return { shown, wrong };
  })()`);

inBrowser(
  `R5.2.1: ${runs} random forms are drawn, and the phone says of each answer what the server says`,
  async (t) => {
    t.timeout(60_000 + runs * 6000);
    const { phone, program, complaints } = await pickUpPhone(browser, hall, 'wang');
    await phone.getByTestId('open-miniprogram').click();
    await program.locator('#service-book:visible').last().waitFor();
    const frame = phone.frames().find((each) => each.url().includes('/h5/'))!;
    const cipher = createFieldCipher({
      fieldKeys: [hall.environment['FIELD_KEY']!],
      indexKey: hall.environment['INDEX_KEY']!,
    });
    const cases = fc.sample(
      randomForm.chain((form) => fc.tuple(fc.constant(form), randomAnswers(form))),
      { numRuns: runs, seed: Number(process.env['RANDOM_SEED'] ?? 20_261_125) },
    );
    const matter = { id: 'm01', code: '11440118MB2X0001234440131007001', name: '随机表', department: '测试' };
    let wrongSeen = 0;
    for (const [n, [raw, facts]] of cases.entries()) {
      const definition: Record<string, unknown> = JSON.parse(
        JSON.stringify({ ...raw, formId: `RANDOM${n}` }),
      );
      const answers: Record<string, unknown> = JSON.parse(JSON.stringify(facts.answers));
      const form = readForm(definition);
      const situation: Record<string, string> = form.situations.length > 0 ? { s: '1' } : {};
      const formKey = `RANDOM${n}@1`;
      await forms().insertOne({ _id: formKey, matterCode: 'random', definition, storedAt: new Date() });
      const id = newId();
      const content = { ...emptyDraft, answers, situation };
      await drafts().insertOne({
        ...{
          _id: id,
          personId: demoPersonId('wang'),
          matter,
          formKey,
          revision: 0,
          savedAt: new Date(),
          caseId: null,
        },
        sealed: seal({ cipher }, content, draftPlace(id)),
      });
      await frame.goto(`${hall.url}/h5/?n=${n}#/packages/apply/form/index?draft=${id}`);
      const next = program.locator('#next-step:visible').last();
      await next.waitFor().catch(async (error: unknown) => {
        t.log(
          `form ${n}`,
          await program.locator('body').innerText(),
          complaints,
          JSON.stringify({ raw, answers }),
        );
        throw error;
      });
      if (form.situations.length > 0) await next.click();
      const today = localDayOf(new Date());
      const expected = validateForm(form, { answers, situation }, { today });
      const visible = shownFields(form, { answers, situation }, today);
      if (visible.size > 0) await program.locator('[id^="row-"]:visible').first().waitFor();
      const before = await look(frame);
      const name = `form ${n}: ${JSON.stringify({ raw, answers })}`;
      t.deepEqual(before.shown.filter((key) => /^f\d+$/.test(key)).sort(), [...visible].sort(), name);
      t.deepEqual(before.wrong, {}, 'nothing is scolded before one wants to go on');
      const wrong = Object.fromEntries(
        Object.entries(expected.errors).map(([path, text]) => [path.replaceAll('.', '-'), text]),
      );
      if (Object.keys(wrong).length === 0) continue;
      await next.click();
      await program
        .getByText(`还有 ${Object.keys(wrong).length} 处没填好`)
        .locator('visible=true')
        .waitFor();
      t.deepEqual((await look(frame)).wrong, wrong, name);
      wrongSeen += 1;
    }
    t.true(wrongSeen > runs / 4, 'most random answers are wrong somewhere');
  },
);
