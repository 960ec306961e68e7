import test from 'ava';
import { qrPng } from '../core/picture.ts';
import { xmlText } from '../events/xml.ts';
import { type Bench, startBench, startCallback } from '../testing/support.ts';

const picture = qrPng('https://example.com', 60);

async function upload(bench: Bench, path: string, data: Uint8Array = picture, name = 'media') {
  const { value } = bench.wechat.platform.world.tokens.issueStable(
    { account: 'oa', appid: 'x', secret: '' },
    false,
  );
  const form = new FormData();
  form.append(name, new Blob([new Uint8Array(data)], { type: 'image/png' }), 'a.png');
  return bench.raw(`${path}${path.includes('?') ? '&' : '?'}access_token=${value}`, {
    method: 'POST',
    body: form,
  });
}

test('temporary media live three days and come back byte for byte', async (t) => {
  const bench = await startBench(t);
  const made = await upload(bench, '/cgi-bin/media/upload?type=image');
  const get = async () => {
    const { value } = bench.wechat.platform.world.tokens.issueStable(
      { account: 'oa', appid: 'x', secret: '' },
      false,
    );
    return fetch(`${bench.wechat.url}/cgi-bin/media/get?access_token=${value}&media_id=${made['media_id']}`);
  };
  const answer = await get();
  t.is(answer.headers.get('content-type'), 'image/png');
  t.deepEqual(Buffer.from(await answer.arrayBuffer()), picture);
  bench.clock.move(3 * 86_400_000);
  t.is(((await (await get()).json()) as { errcode: number }).errcode, 40007);
});

test('what is no picture, too big, missing or empty is refused', async (t) => {
  const bench = await startBench(t);
  const code = async (path: string, data?: Uint8Array, name?: string) =>
    (await upload(bench, path, data, name))['errcode'];
  t.is(await code('/cgi-bin/media/upload?type=image', Buffer.from('<html>')), 40005);
  t.is(await code('/cgi-bin/media/upload?type=poem'), 40004);
  t.is(await code('/cgi-bin/media/upload?type=image', picture, 'file'), 41005);
  t.is(await code('/cgi-bin/media/upload?type=image', Buffer.alloc(0)), 44001);
  const big = Buffer.concat([picture, Buffer.alloc(1024 * 1024)]);
  t.is(await code('/cgi-bin/media/uploadimg', big), 40009);
  t.is(await code('/cgi-bin/media/upload?type=thumb', big), 45001);
});

test('an article goes from the draft box to the chats, and its draft is used up', async (t) => {
  const bench = await startBench(t);
  const cover = await upload(bench, '/cgi-bin/material/add_material?type=image');
  const own = await upload(bench, '/cgi-bin/media/uploadimg');
  const content = `<p>便民窗口开通</p><img src="${own['url']}"><img src="https://elsewhere.example/a.png"><script>1</script>`;
  const draft = await bench.call('/cgi-bin/draft/add', {
    articles: [
      { title: '身份证换领', author: '政数局', digest: '', content, thumb_media_id: cover['media_id'] },
    ],
  });
  const mass = { filter: { is_to_all: true }, msgtype: 'mpnews', mpnews: { media_id: draft['media_id'] } };
  const sent = await bench.call('/cgi-bin/message/mass/sendall', mass);
  t.is(sent['errcode'], 0);
  t.truthy(sent['msg_data_id']);
  const shown = bench.wechat.messages('wang')[0]?.content;
  t.is(shown?.kind, 'articles');
  if (shown?.kind !== 'articles') return;
  t.is(shown.articles[0]?.digest, '便民窗口开通');
  const page = await (await fetch(shown.articles[0]?.url ?? '')).text();
  t.true(page.includes(String(own['url'])));
  t.false(page.includes('elsewhere.example'));
  t.false(page.includes('<script>'));
  const removed = await bench.call('/cgi-bin/message/mass/delete', {
    msg_id: sent['msg_id'],
    article_idx: 0,
  });
  t.is(removed['errcode'], 0);
  t.is((await fetch(shown.articles[0]?.url ?? '')).status, 404, 'the card stays, its page is gone');
  t.is((await bench.call('/cgi-bin/message/mass/sendall', mass))['errcode'], 40007);
  t.is((await bench.call('/cgi-bin/draft/get', { media_id: draft['media_id'] }))['errcode'], 40007);
});

test('articles are checked field by field', async (t) => {
  const bench = await startBench(t);
  const cover = (await upload(bench, '/cgi-bin/material/add_material?type=image'))['media_id'];
  const temporary = (await upload(bench, '/cgi-bin/media/upload?type=image'))['media_id'];
  const code = async (changes: Record<string, unknown>) =>
    (
      await bench.call('/cgi-bin/draft/add', {
        articles: [{ title: '题', content: '<p>文</p>', thumb_media_id: cover, ...changes }],
      })
    )['errcode'];
  t.is(await code({ title: '' }), 45003);
  t.is(await code({ title: '题'.repeat(65) }), 45003);
  t.is(await code({ author: '名'.repeat(17) }), 45110);
  t.is(await code({ digest: '摘'.repeat(129) }), 45004);
  t.is(await code({ content: '' }), 44004);
  t.is(await code({ content: '文'.repeat(20_000) }), 45002);
  t.is(await code({ thumb_media_id: temporary }), 40007);
  t.is((await bench.call('/cgi-bin/draft/add', { articles: [] }))['errcode'], 44003);
  t.is(await code({}), undefined);
});

test('publishing answers at once and tells the result by event', async (t) => {
  const bench = await startBench(t);
  const callback = await startCallback(t, bench);
  const cover = (await upload(bench, '/cgi-bin/material/add_material?type=image'))['media_id'];
  const draft = await bench.call('/cgi-bin/draft/add', {
    articles: [{ title: '题', content: '<p>文</p>', thumb_media_id: cover }],
  });
  const submitted = await bench.call('/cgi-bin/freepublish/submit', { media_id: draft['media_id'] });
  await bench.wechat.settled();
  t.deepEqual(callback.events(), ['PUBLISHJOBFINISH']);
  const info = callback.pushes[0]?.fields['PublishEventInfo'];
  t.is(xmlText(info, 'publish_id'), String(submitted['publish_id']));
  t.is(
    (await bench.call('/cgi-bin/freepublish/get', { publish_id: submitted['publish_id'] }))['publish_status'],
    0,
  );
  const article_id = xmlText(info, 'article_id');
  t.regex(JSON.stringify(await bench.call('/cgi-bin/freepublish/getarticle', { article_id })), /题/);
  t.is((await bench.call('/cgi-bin/freepublish/delete', { article_id }))['errcode'], 0);
  t.is((await bench.call('/cgi-bin/freepublish/getarticle', { article_id }))['errcode'], 40007);
});

test('QR codes: scenes are checked, the picture is a PNG, a foreign ticket has none', async (t) => {
  const bench = await startBench(t);
  const create = (body: unknown) => bench.call('/cgi-bin/qrcode/create', body);
  const scene = (action_name: string, value: unknown) =>
    create({ action_name, action_info: { scene: value } });
  t.is((await scene('QR_X', {}))['errcode'], 40052);
  t.is((await create({ action_name: 'QR_SCENE' }))['errcode'], 40053);
  t.is((await scene('QR_LIMIT_SCENE', { scene_id: 100_001 }))['errcode'], 40053);
  t.is((await scene('QR_STR_SCENE', { scene_str: 'x'.repeat(65) }))['errcode'], 40053);
  const long = await create({
    action_name: 'QR_SCENE',
    expire_seconds: 9e9,
    action_info: { scene: { scene_id: 1 } },
  });
  t.is(long['expire_seconds'], 2_592_000);
  const picture = (ticket: unknown) =>
    fetch(`${bench.wechat.url}/cgi-bin/showqrcode?ticket=${encodeURIComponent(String(ticket))}`);
  const shown = await picture(long['ticket']);
  t.is(
    Buffer.from(await shown.arrayBuffer())
      .subarray(1, 4)
      .toString(),
    'PNG',
  );
  t.is((await picture('x')).status, 404);
});
