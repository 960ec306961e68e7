import { createRequire } from 'node:module';
import test, { type ExecutionContext } from 'ava';
import type { JsonObject } from './core/errors.ts';
import { account, bookedData, openidOf, program, startBench, templateIdOf } from './testing/support.ts';

/** The parts of the third-party client used here; it has no types of its own. */
type Client = {
  prefix: string;
  snsPrefix: string;
  wxaPrefix: string;
  getAccessToken(): Promise<{ accessToken: string }>;
  sendTemplate(
    openid: string,
    id: string,
    url: string,
    color: string,
    data: unknown,
    program: unknown,
  ): Promise<{ errcode: number; msgid: { toString(): string } }>;
  createMenu(menu: unknown): Promise<JsonObject>;
  getMenu(): Promise<JsonObject>;
  massSendText(content: string, receivers: boolean | string[], id: string): Promise<JsonObject>;
  getFollowers(): Promise<JsonObject>;
  getUser(openid: string): Promise<JsonObject>;
  createTags(name: string): Promise<{ tag: { id: number } }>;
  batchTagging(openids: string[], tag: number): Promise<JsonObject>;
  createTmpQRCode(scene: number, seconds: number): Promise<JsonObject>;
  sendText(openid: string, text: string): Promise<JsonObject>;
  uploadMedia(data: Buffer, type: string, name: string, mime: string): Promise<JsonObject>;
  code2Session(code: string): Promise<JsonObject>;
  getWXACodeUnlimit(scene: string, page: string): Promise<Buffer>;
};
const API = createRequire(import.meta.url)('co-wechat-api') as new (appid: string, secret: string) => Client;

async function clientOf(t: ExecutionContext, which: { appid: string; secret: string } = account) {
  const bench = await startBench(t, { now: () => new Date() });
  const client = new API(which.appid, which.secret);
  client.prefix = `${bench.wechat.url}/cgi-bin/`;
  client.snsPrefix = `${bench.wechat.url}/sns/`;
  client.wxaPrefix = `${bench.wechat.url}/wxa/`;
  return { bench, client };
}

test('a foreign client sends a template message and keeps the digits of its id', async (t) => {
  const { bench, client } = await clientOf(t);
  const link = { appid: program.appid, pagepath: 'pages/me/index' };
  const sent = await client.sendTemplate(
    openidOf('wang'),
    templateIdOf(bench),
    '',
    '#173177',
    bookedData,
    link,
  );
  t.is(sent.errcode, 0);
  t.is(sent.msgid.toString(), bench.wechat.messages('wang')[0]?.msgId ?? '');
});

test('a foreign client finds its way after its token died', async (t) => {
  const { bench, client } = await clientOf(t);
  await client.getFollowers();
  await bench.raw('/__mock/wechat/revoke-tokens', { method: 'POST' });
  t.is((await client.getFollowers())['total'], 7);
});

test('a foreign client reads refusals as errors with their code', async (t) => {
  const { bench, client } = await clientOf(t);
  const refused = await t.throwsAsync(
    client.sendTemplate(openidOf('zhang'), templateIdOf(bench), '', '', bookedData, {}),
  );
  t.regex(String(refused?.message), /require subscribe rid: /);
  t.is((refused as unknown as { code: number }).code, 43004);
});

test('a foreign client drives menu, tags, mass messages, QR codes and media', async (t) => {
  const { bench, client } = await clientOf(t);
  await client.createMenu({ button: [{ type: 'click', name: '办事', key: 'k' }] });
  t.regex(JSON.stringify(await client.getMenu()), /办事/);
  const { tag } = await client.createTags('企业');
  await client.batchTagging([openidOf('li')], tag.id);
  t.deepEqual((await client.getUser(openidOf('li')))['tagid_list'], [tag.id]);
  await client.massSendText('通知', true, 'c-1');
  t.is(bench.wechat.messages('chen').length, 1);
  t.is((await client.createTmpQRCode(12, 600))['expire_seconds'], 600);
  const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
  t.truthy((await client.uploadMedia(png, 'image', 'a.png', 'image/png'))['media_id']);
  const late = await t.throwsAsync(client.sendText(openidOf('wang'), 'x'));
  t.is((late as unknown as { code: number }).code, 45015);
});

test('a foreign client signs in to the mini-program and gets a code picture', async (t) => {
  const { bench, client } = await clientOf(t, program);
  t.truthy((await client.code2Session(bench.wechat.loginCode('wang')))['unionid']);
  const picture = await client.getWXACodeUnlimit('a=1', 'pages/home/index');
  t.is(picture.subarray(1, 4).toString(), 'PNG');
});
