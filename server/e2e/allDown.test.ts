import test from 'ava';
import mongoose from 'mongoose';
import type { Browser } from 'playwright-core';
import { systemNames } from '../../mocks/government/core/world.ts';
import type { MatterView } from '../areas/matters/contract.ts';
import { policyOf } from '../government/policies.ts';
import { openBrowser, openPhone } from '../testing/browser.ts';
import { TestCitizen } from '../testing/citizen.ts';
import { useHall } from '../testing/hall.ts';

const hall = useHall(test, { roles: ['web'] });
let browser: Browser;
test.before(async () => {
  browser = await openBrowser();
});
test.after.always(() => browser?.close());

/** A guide that came from the province and was last looked at an hour ago. */
async function makeOld(): Promise<Date> {
  const hourAgo = new Date(Date.now() - 3_600_000);
  await mongoose.connection
    .collection<{ _id: string }>('matters')
    .updateOne({ _id: 'm01' }, { $set: { sourceVersion: 3, checkedAt: hourAgo, checkFailedAt: null } });
  return hourAgo;
}

/** What the home page and the guides ask for. */
const asked = [
  '/api/halls',
  '/api/notices',
  '/api/bookings?state=open',
  '/api/matters',
  '/api/matters/m01',
  '/api/topics',
];

test.serial(
  'section 9 no. 28: with every government system silent, home and guides answer from what the hall has',
  async (t) => {
    const { government } = hall.outside;
    const person = await TestCitizen.signIn(hall, 'wang');
    const hourAgo = await makeOld();
    for (const system of systemNames) government.setProfile(system, { timeoutRate: 1 });

    const started = performance.now();
    const answers = await Promise.all(asked.map((path) => person.ask<MatterView>('GET', path)));
    t.true(
      performance.now() - started < policyOf('items').timeoutMs / 2,
      'nobody waits for a system that is silent',
    );
    t.deepEqual(
      answers.map(({ status }, at) => [asked[at], status]),
      asked.map((path) => [path, 200]),
    );
    t.deepEqual(answers[4]!.body.source, { state: 'fresh', at: hourAgo.toISOString() });
  },
);

test.serial('section 9 no. 28: a guide says of which day its last good copy is', async (t) => {
  const { government } = hall.outside;
  await makeOld();
  for (const system of systemNames) government.setProfile(system, { timeoutRate: 0, http5xx: 1 });
  const person = await TestCitizen.signIn(hall, 'wang');
  await person.ask('GET', '/api/matters/m01');
  // The look behind the reader's back ends in vain; who comes next is told.
  const matters = mongoose.connection.collection<{ _id: string; checkFailedAt: Date | null }>('matters');
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if ((await matters.findOne({ _id: 'm01' }))?.checkFailedAt) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const context = await openPhone(browser);
  t.teardown(() => context.close());
  await context.addCookies([{ name: 'phone_citizen', value: 'wang', domain: '127.0.0.1', path: '/' }]);
  const page = await context.newPage();
  await page.goto(`${hall.url}/h5/#/packages/matters/guide/index?id=m01`);
  const said = await page.getByText('省事项系统暂时连不上').first().innerText();
  t.regex(said, /以下是 \d+月\d+日 周. \d\d:\d\d 的内容/);
});
