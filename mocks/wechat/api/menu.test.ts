import test from 'ava';
import { openidOf, startBench, startCallback } from '../testing/support.ts';

const click = (name: string, key = 'k') => ({ type: 'click', name, key });
const view = (name: string, url = 'https://example.com/a') => ({ type: 'view', name, url });
const create = '/cgi-bin/menu/create';

test('a menu is created, read and deleted', async (t) => {
  const { call } = await startBench(t);
  t.is((await call('/cgi-bin/menu/get'))['errcode'], 46003);
  const button = [{ name: '办事', sub_button: [click('排队情况'), view('网上大厅')] }, click('我的')];
  t.is((await call(create, { button }))['errcode'], 0);
  t.regex(JSON.stringify((await call('/cgi-bin/menu/get'))['menu']), /排队情况/);
  t.is((await call('/cgi-bin/get_current_selfmenu_info'))['is_menu_open'], 1);
  t.is((await call('/cgi-bin/menu/delete'))['errcode'], 0);
  t.is((await call('/cgi-bin/menu/get'))['errcode'], 46003);
});

const wrong: [string, unknown, number][] = [
  ['no buttons', {}, 41007],
  ['an empty list', { button: [] }, 40016],
  ['four at the top', { button: [1, 2, 3, 4].map((n) => click(String(n))) }, 40016],
  [
    'six below',
    { button: [{ name: 'a', sub_button: [1, 2, 3, 4, 5, 6].map((n) => click(String(n))) }] },
    40023,
  ],
  [
    'a third level',
    { button: [{ name: 'a', sub_button: [{ name: 'b', sub_button: [click('c')] }] }] },
    40023,
  ],
  ['a top name of 17 bytes', { button: [click('一二三四五ab')] }, 40018],
  [
    'a lower name of 61 bytes',
    { button: [{ name: 'a', sub_button: [click(`${'一'.repeat(20)}a`)] }] },
    40025,
  ],
  ['an unknown kind', { button: [{ type: 'jump', name: 'a' }] }, 40017],
  ['no key', { button: [{ type: 'click', name: 'a' }] }, 40019],
  ['a key of 129 bytes below', { button: [{ name: 'a', sub_button: [click('b', 'k'.repeat(129))] }] }, 40026],
  ['no address', { button: [{ type: 'view', name: 'a' }] }, 40020],
  ['an address that is none', { button: [view('a', 'www.example.com')] }, 40055],
  [
    'a mini-program without page',
    { button: [{ type: 'miniprogram', name: 'a', url: 'https://a.cn', appid: 'wx' }] },
    40119,
  ],
];
for (const [what, body, code] of wrong) {
  test(`a menu with ${what} is refused with ${code} and the old one stays`, async (t) => {
    const { call } = await startBench(t);
    await call(create, { button: [click('旧的')] });
    t.is((await call(create, body))['errcode'], code);
    t.regex(JSON.stringify(await call('/cgi-bin/menu/get')), /旧的/);
  });
}

test('names of exactly 16 and 60 bytes are taken', async (t) => {
  const { call } = await startBench(t);
  const button = [{ name: '一二三四五a', sub_button: [click('一'.repeat(20))] }];
  t.is((await call(create, { button }))['errcode'], 0);
});

test('escaped characters are refused: the platform wants raw UTF-8', async (t) => {
  const bench = await startBench(t);
  const token = bench.wechat.platform.world.tokens.issueStable(
    { account: 'oa', appid: 'x', secret: '' },
    false,
  ).value;
  const body = '{"button":[{"type":"click","name":"\\u529e\\u4e8b","key":"k"}]}';
  t.is((await bench.raw(`${create}?access_token=${token}`, { method: 'POST', body }))['errcode'], 40033);
});

test('personalised menus: a default is needed, the newest that fits wins, abolished rules are refused', async (t) => {
  const { call } = await startBench(t);
  const add = (name: string, matchrule: unknown) =>
    call('/cgi-bin/menu/addconditional', { button: [click(name)], matchrule });
  t.is((await add('a', { tag_id: '2' }))['errcode'], 65303);
  await call(create, { button: [click('普通')] });
  t.is((await add('a', {}))['errcode'], 65304);
  t.is((await add('a', { sex: '1' }))['errcode'], 65320);
  const hosts = [1, 2, 3].map((n) => ({
    name: String(n),
    sub_button: [view('a', `https://a${n}.cn`), view('b', `https://b${n}.cn`)],
  }));
  t.is(
    (await call('/cgi-bin/menu/addconditional', { button: hosts, matchrule: { tag_id: 2 } }))['errcode'],
    65316,
  );
  const first = await add('企业', { tag_id: '2' });
  await add('企业新', { tag_id: '2' });
  await call('/cgi-bin/tags/members/batchtagging', { openid_list: [openidOf('li')], tagid: 2 });
  const seen = async (id: string) =>
    JSON.stringify((await call('/cgi-bin/menu/trymatch', { user_id: openidOf(id) }))['button']);
  t.regex(await seen('li'), /企业新/);
  t.regex(await seen('wang'), /普通/);
  t.is((await call('/cgi-bin/menu/trymatch', { user_id: 'nobody' }))['errcode'], 65302);
  t.is((await call('/cgi-bin/menu/delconditional', { menuid: first['menuid'] }))['errcode'], 0);
  t.is((await call('/cgi-bin/menu/delconditional', { menuid: first['menuid'] }))['errcode'], 65301);
  await call('/cgi-bin/menu/delete');
  t.is((await call('/cgi-bin/menu/trymatch', { user_id: openidOf('li') }))['errcode'], 46003);
});

test('a tap in the phone page reaches the hall as CLICK', async (t) => {
  const bench = await startBench(t);
  const callback = await startCallback(t, bench);
  await bench.call(create, { button: [{ name: '办事', sub_button: [click('排队情况', 'queue')] }] });
  const tap = (path: number[], citizen = 'wang') =>
    fetch(`${bench.wechat.url}/phone/api/menu`, {
      method: 'POST',
      body: JSON.stringify({ path }),
      headers: { cookie: `phone_citizen=${citizen}` },
    });
  t.is((await tap([0, 0])).status, 200);
  await bench.wechat.settled();
  t.deepEqual(callback.events(), ['CLICK']);
  t.is((await tap([0])).status, 404);
  t.is((await tap([0, 0], 'nobody')).status, 401);
});
