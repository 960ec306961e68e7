import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { type Browser, chromium, type Page } from 'playwright-core';
import { citizens } from './citizens.ts';
import { notice, openidOf, program, seal, startBench, startCallback } from './testing/support.ts';

const executablePath = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find(
  (one) => one && existsSync(one),
);
const built = existsSync(fileURLToPath(new URL('./phone/dist/index.html', import.meta.url)));
// One after the other in one browser: two cores are shared with everything else.
const inBrowser = executablePath && built ? test.serial : test.skip;
let browser: Browser | undefined;
test.before(async () => {
  if (executablePath && built) {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  }
});
test.after.always(() => browser?.close());

/** A hall that signs in by OAuth and shows who came, as the real one does. */
async function startHall(t: ExecutionContext): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<h1>大厅</h1><p id="where">${decodeURIComponent(request.url ?? '').replaceAll('<', '')}</p>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function openPhone(t: ExecutionContext, url: string, width = 1280): Promise<Page> {
  const context = await browser!.newContext({ viewport: { width, height: 800 } });
  t.teardown(() => context.close());
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
  t.teardown(() => {
    if (problems.length > 0) throw new Error(problems.join('\n'));
  });
  await page.goto(`${url}/phone/`);
  return page;
}

inBrowser(
  'R9: a template message arrives live, and its card opens the mini-program at the right page',
  async (t) => {
    const hallUrl = await startHall(t);
    const bench = await startBench(t, { hallUrl });
    const page = await openPhone(t, bench.wechat.url);
    for (const citizen of citizens)
      t.is(await page.getByTestId(`citizen-${citizen.id}`).count(), 1, citizen.id);
    await page.getByTestId('citizen-wang').click();
    await page.getByTestId('chat-official').click();
    const link = { miniprogram: { appid: program.appid, pagepath: 'packages/booking/detail/index?id=7' } };
    await bench.call('/cgi-bin/message/template/send', notice(bench, 'wang', link));
    const card = page.getByTestId('template-card');
    await card.waitFor({ timeout: 3000 });
    t.regex(String(await card.textContent()), /预约成功通知[\s\S]*居民身份证换领[\s\S]*查看详情/);
    await card.click();
    const where = page.frameLocator('[data-testid=miniprogram-frame]').locator('#where');
    t.is(await where.textContent(), '/api/sign-in/h5?to=/h5/#/packages/booking/detail/index?id=7');
    await page.getByTestId('close-miniprogram').click();
    t.is(await page.getByTestId('miniprogram').count(), 0);
  },
);

inBrowser('menu, text and passive reply: the citizen talks with the hall', async (t) => {
  const bench = await startBench(t);
  const reply = seal({ MsgType: 'text', Content: '前面还有 3 人', ToUserName: openidOf('li') });
  const callback = await startCallback(t, bench, () => ({ body: reply }));
  await bench.call('/cgi-bin/menu/create', {
    button: [{ name: '办事', sub_button: [{ type: 'click', name: '排队情况', key: 'queue' }] }],
  });
  const page = await openPhone(t, bench.wechat.url);
  await page.getByTestId('citizen-li').click();
  await page.getByTestId('chat-official').click();
  await page.getByTestId('menu-0').click();
  await page.getByTestId('menu-0-0').click();
  await page.getByText('前面还有 3 人').waitFor();
  await page.getByTestId('chat-keyboard').click();
  await page.getByTestId('chat-input').fill('几点下班');
  await page.getByTestId('chat-input').press('Enter');
  await page.getByText('几点下班').waitFor();
  await bench.wechat.settled();
  t.deepEqual(callback.events(), ['CLICK', '']);
});

inBrowser(
  'a broadcast reaches each phone with its badge, and a banner shows what comes elsewhere',
  async (t) => {
    const bench = await startBench(t);
    const page = await openPhone(t, bench.wechat.url);
    await page.getByTestId('citizen-chen').click();
    await page.getByTestId('chat-official').waitFor();
    await bench.call('/cgi-bin/message/mass/sendall', {
      filter: { is_to_all: true },
      msgtype: 'text',
      text: { content: '周一上午停电检修' },
    });
    await page.getByTestId('banner').waitFor();
    t.is(await page.getByTestId('citizen-wang').locator('.badge').textContent(), '1');
    t.is(await page.getByTestId('citizen-zhang').locator('.badge').count(), 0);
    await page.getByTestId('banner').click();
    t.regex(String(await page.getByTestId('mass-card').textContent()), /停电检修/);
    await page.getByTestId('citizen-chen').locator('.badge').waitFor({ state: 'detached' });
  },
);

inBrowser('a stranger follows by scanning a code of the hall', async (t) => {
  const bench = await startBench(t);
  const callback = await startCallback(t, bench);
  await bench.call('/cgi-bin/qrcode/create', {
    action_name: 'QR_LIMIT_STR_SCENE',
    action_info: { scene: { scene_str: 'hall-A' } },
  });
  const page = await openPhone(t, bench.wechat.url, 390);
  await page.getByTestId('citizen-zhang').click();
  await page.getByTestId('tab-discover').click();
  await page.getByTestId('open-scan').click();
  await page.getByTestId('scan-hall-A').click();
  await page.getByTestId('chat-input').waitFor();
  await bench.wechat.settled();
  t.deepEqual(callback.events(), ['subscribe']);
  t.is((await bench.call(`/cgi-bin/user/info?openid=${openidOf('zhang')}`))['qr_scene_str'], 'hall-A');
});
