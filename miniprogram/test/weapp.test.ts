import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { freePort } from '../../server/testing/freePort.ts';
import { useHall } from '../../server/testing/hall.ts';
import { weappBundle } from './build.ts';
import { Host } from './host/host.ts';
import { allNodes, matches } from './host/viewNode.ts';

// One visit at a time: the tests share the server, and waiting for rest wants an idle machine.
let dist: string;
const hall = useHall(test);

test.before(async (t) => {
  t.timeout(300_000);
  dist = await weappBundle((text) => t.log(text));
});

/** A demo citizen's WeChat with our bundle in it; put away at the end of the test. */
function phoneOf(t: ExecutionContext, citizen: string, bundle = dist, apiBase = hall.url): Host {
  const host = new Host(bundle, { apiBase, login: async () => hall.outside.wechat.loginCode(citizen) });
  t.teardown(() => host.close());
  return host;
}

/** Goes from the home page to the times of a matter at the district hall. */
async function toTimes(phone: Host, matter: string): Promise<void> {
  await phone.tap('#service-book');
  await phone.type('#search-input', matter);
  await phone.waitForText(matter);
  await phone.tap('.matterrow', matter);
  await phone.waitForText('增城区政务服务中心');
  await phone.tap('.hallrow', '增城区政务服务中心');
  await phone.waitForText('上午');
}

/** Taps the first free time; answers what it said, e.g. 「09:00–09:30\n余 33」. */
async function pickTime(phone: Host): Promise<{ id: string; left: number }> {
  const free = allNodes(
    phone.page.tree(),
    (node) => matches(node, '.slots__slot') && node.attrs['aria-disabled'] !== 'true',
  )[0];
  const id = String(free?.attrs['id']);
  await phone.tap(`#${id}`);
  return { id, left: leftAt(phone, id) };
}

const leftAt = (phone: Host, id: string): number =>
  Number(/余 (\d+)/.exec(String(phone.find(`#${id}`).attrs['aria-label']))?.[1]);

test.serial('R1: the home page says who is signed in, what is next, and which halls are open', async (t) => {
  const phone = phoneOf(t, 'wang');
  await phone.launch();
  await phone.waitForText('近期没有预约');
  t.true(phone.text().includes('王*明，您好'));
  t.true(phone.text().includes('增城区政务服务中心'));
  t.is(phone.calls.of('login').length, 1, 'requests at the same moment share one sign-in');
  t.deepEqual(phone.problems, []);
});

test.serial(
  'R3: a visit is booked and cancelled in the real bundle; the place is given back and both are told',
  async (t) => {
    const phone = phoneOf(t, 'liang');
    await phone.launch();
    await toTimes(phone, '居住证首次申领');
    const { id, left } = await pickTime(phone);
    await phone.tap('#take');
    await phone.waitForText('核对一下');
    t.true(phone.text().includes('到时请带上'));
    await phone.tap('#confirm');
    await phone.waitForText('约好了');
    const number = phone.find('#booking-number').children.map((child) => ('text' in child ? child.text : ''));
    t.regex(number.join(''), /^ZC\d{10}$/);
    await phone.tap('#see-booking');
    await phone.waitForText('取消预约');
    const booking = `${phone.page.route}?id=${phone.page.query['id']}`;

    // What a message in WeChat would open: the same page, cold, on a phone that has never been here.
    const cold = phoneOf(t, 'liang');
    await cold.launch(booking);
    await cold.waitForText(number.join(''));
    await cold.tap('#cancel');
    t.true(cold.text().includes('取消后这个名额会马上让给别人'));
    await cold.tap('#sheet-leave');
    t.false(cold.text().includes('取消后这个名额'));
    await cold.tap('#cancel');
    await cold.tap('#sheet-action');
    await cold.waitForText('已取消');
    await cold.tap('#again');
    await cold.waitForText('上午');
    t.is(leftAt(cold, id), left);

    const messages = phoneOf(t, 'liang');
    await messages.launch('pages/messages/index');
    await messages.waitForText('2 条未读');
    t.is(messages.calls.of('setTabBarBadge').at(-1)?.['text'], '2');
    await messages.tap('#read-all');
    await messages.waitForText('都看过了');
    for (const each of [phone, cold, messages]) t.deepEqual(each.problems, []);
  },
);

test.serial(
  'R3: the same matter twice on one day is refused with a sentence, an error id and a way on',
  async (t) => {
    const phone = phoneOf(t, 'huang');
    await phone.launch();
    await toTimes(phone, '结婚登记');
    await pickTime(phone);
    await phone.tap('#take');
    await phone.waitForText('核对一下');
    await phone.tap('#confirm');
    await phone.waitForText('约好了');

    const again = phoneOf(t, 'huang');
    await again.launch();
    await toTimes(again, '结婚登记');
    await pickTime(again);
    await again.tap('#take');
    await again.waitForText('booking.already_booked');
    await again.tap('#alert-action');
    t.is(again.page.route, 'packages/booking/mine/index');
    await again.waitForText('结婚登记');
    t.deepEqual(again.problems, []);
  },
);

test.serial('R2: a person without real name is led to real-name sign-in, and nothing is held', async (t) => {
  const phone = phoneOf(t, 'he');
  await phone.launch();
  await phone.waitForText('先完成实名认证');
  await toTimes(phone, '失业登记');
  await pickTime(phone);
  await phone.tap('#take');
  await phone.waitForText('hall.level_too_low');
  await phone.tap('#alert-action');
  await phone.waitForText('先确认您是本人');
  await phone.tap('#start-identity');
  t.is(phone.page.route, 'packages/people/identity/index');
  t.true(String(phone.find('web-view').attrs['src']).startsWith(hall.outside.government.url));
  const after = phoneOf(t, 'he');
  await after.launch('packages/booking/mine/index');
  await after.waitForText('还没有预约');
  t.deepEqual(phone.problems, []);
});

test.serial('R2: senior mode is kept by the hall and follows the person to another phone', async (t) => {
  const phone = phoneOf(t, 'zhou');
  await phone.launch();
  await phone.waitForText('近期没有预约');
  await phone.tap('#senior-toggle');
  phone.find('.shell--senior');
  const other = phoneOf(t, 'zhou');
  await other.launch('pages/me/index');
  await other.waitForText('退出登录');
  other.find('.shell--senior');
  t.deepEqual(other.problems, []);
});

test.serial('who signs out stays out on this phone until they sign in again', async (t) => {
  const phone = phoneOf(t, 'zhang');
  await phone.launch('pages/me/index');
  await phone.waitForText('退出登录');
  await phone.tap('#sign-out');
  await phone.tap('#sheet-action');
  await phone.waitForText('还没有登录');
  t.is(phone.calls.of('login').length, 1);
  await phone.tap('#sign-in');
  await phone.waitForText('退出登录');
  t.is(phone.calls.of('login').length, 2);
});

test.serial('without an answer from the hall a page says so and can be tried again', async (t) => {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  const phone = phoneOf(t, 'wang', dist, nobody);
  await phone.launch('packages/halls/detail/index?id=district');
  await phone.waitForText('网络连接不上');
  phone.find('#retry');
  t.deepEqual(phone.problems, []);
});

test.serial('every page opens cold, and an unknown booking says so', async (t) => {
  const phone = phoneOf(t, 'wang');
  for (const route of phone.settings.routes) {
    const visit = phoneOf(t, 'wang');
    await visit.launch(`${route}?id=district&matter=m11&hall=district`);
    t.deepEqual(visit.problems, [], route);
  }
  const lost = phoneOf(t, 'wang');
  await lost.launch('packages/booking/detail/index?id=01AAAAAAAAAAAAAAAAAAAAAAAA');
  await lost.waitForText('booking.not_found');
});

/** A copy of the bundle, to be broken. */
function brokenCopy(t: ExecutionContext, file: string, change: (code: string) => string): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'hall-bundle-'));
  t.teardown(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(dist, copy, { recursive: true });
  const target = path.join(copy, file);
  const before = readFileSync(target, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${file} was not changed`);
  writeFileSync(target, after);
  return copy;
}

test.serial('a template that is missing is noticed', async (t) => {
  const copy = brokenCopy(t, 'base.wxml', (code) =>
    code.replace(/<template name="tmpl_0_\d+">(?=\s*<view)/g, '<template name="gone">'),
  );
  const phone = phoneOf(t, 'wang', copy);
  await phone.launch();
  t.true(
    phone.problems.some((problem) => /not found/i.test(problem)),
    phone.problems.join('\n'),
  );
});

for (const reach of [
  'localStorage.getItem("x")',
  'document.title',
  'new URL("http://a")',
  'Buffer.from("")',
]) {
  test.serial(`a page that reaches for ${reach} fails, as on a phone`, async (t) => {
    const copy = brokenCopy(t, 'pages/home/index.js', (code) => `${reach};${code}`);
    const phone = phoneOf(t, 'wang', copy);
    await t.throwsAsync(phone.launch(), { message: /is not defined/ });
  });
}
