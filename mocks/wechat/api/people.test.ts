import test from 'ava';
import { openidOf, programOpenidOf, startBench } from '../testing/support.ts';

test('user/info: a follower has a unionid and no nickname, a stranger only the openid', async (t) => {
  const { call } = await startBench(t);
  const follower = await call(`/cgi-bin/user/info?openid=${openidOf('wang')}&lang=zh_CN`);
  t.like(follower, { subscribe: 1, nickname: '', headimgurl: '' });
  t.truthy(follower['unionid']);
  const stranger = await call(`/cgi-bin/user/info?openid=${openidOf('zhang')}`);
  t.deepEqual(stranger, { subscribe: 0, openid: openidOf('zhang'), tagid_list: [] });
  t.is((await call('/cgi-bin/user/info?openid=x'))['errcode'], 40003);
  t.is((await call('/cgi-bin/user/info'))['errcode'], 41009);
});

test('batchget takes 1 to 100 and mixes in who does not follow', async (t) => {
  const { call } = await startBench(t);
  const get = (ids: string[]) =>
    call('/cgi-bin/user/info/batchget', { user_list: ids.map((openid) => ({ openid })) });
  const list = (await get([openidOf('wang'), openidOf('zhang')]))['user_info_list'] as {
    subscribe: number;
  }[];
  t.deepEqual(
    list.map((one) => one.subscribe),
    [1, 0],
  );
  t.is((await get([]))['errcode'], 40031);
  t.is((await get(Array.from({ length: 101 }, () => openidOf('wang'))))['errcode'], 40032);
});

test('user/get pages of 10,000 end with an empty next_openid', async (t) => {
  const { call, wechat } = await startBench(t);
  wechat.setProfile({ followers: 10_000 });
  const first = await call('/cgi-bin/user/get');
  t.like(first, { total: 10_007, count: 10_000 });
  const second = await call(`/cgi-bin/user/get?next_openid=${first['next_openid']}`);
  t.is(second['count'], 7);
  const third = await call(`/cgi-bin/user/get?next_openid=${second['next_openid']}`);
  t.deepEqual(third, { total: 10_007, count: 0, next_openid: '' });
  t.is((await call('/cgi-bin/user/get?next_openid=x'))['errcode'], 40003);
});

test('tags: names, limits and the system group', async (t) => {
  const { call } = await startBench(t);
  const create = (name: string) => call('/cgi-bin/tags/create', { tag: { name } });
  const id = ((await create('荔城街道'))['tag'] as { id: number }).id;
  t.is((await create('荔城街道'))['errcode'], 45157);
  t.is((await create('一二三四五六七八九十一'))['errcode'], 45158);
  t.is((await call('/cgi-bin/tags/update', { tag: { id: 2, name: 'x' } }))['errcode'], 45058);
  t.is((await call('/cgi-bin/tags/update', { tag: { id: 999, name: 'x' } }))['errcode'], 45159);
  t.is((await call('/cgi-bin/tags/update', { tag: { id, name: '增江街道' } }))['errcode'], 0);
  for (let count = 0; count < 98; count++) await create(`t${count}`);
  t.is((await create('再一个'))['errcode'], 45056);
});

test('tagging: all or nothing, at most 50 at once and 20 a person', async (t) => {
  const { call, wechat } = await startBench(t);
  wechat.setProfile({ followers: 100 });
  const ids: number[] = [];
  for (let count = 0; count < 21; count++) {
    ids.push(
      ((await call('/cgi-bin/tags/create', { tag: { name: `t${count}` } }))['tag'] as { id: number }).id,
    );
  }
  const tag = async (openid_list: string[], tagid: number | undefined) =>
    (await call('/cgi-bin/tags/members/batchtagging', { openid_list, tagid }))['errcode'];
  const generated = wechat.platform.world.people.virtual.openid(5);
  t.is(await tag([openidOf('wang'), generated], ids[0]), 0);
  t.is(await tag([openidOf('li'), 'nobody'], ids[0]), 40003);
  t.is(await tag([programOpenidOf('li')], ids[0]), 49003);
  t.is(await tag([openidOf('zhang')], ids[0]), 50005);
  t.is(await tag([openidOf('li')], 999), 45159);
  t.is(
    await tag(
      Array.from({ length: 51 }, () => openidOf('li')),
      ids[0],
    ),
    40032,
  );
  const members = await call('/cgi-bin/user/tag/get', { tagid: ids[0] });
  t.deepEqual((members['data'] as { openid: string[] }).openid, [openidOf('wang'), generated]);
  for (const id of ids.slice(0, 20)) t.is(await tag([openidOf('li')], id), 0);
  t.is(await tag([openidOf('li')], ids[20]), 45059);
  t.is(
    ((await call('/cgi-bin/tags/getidlist', { openid: openidOf('li') }))['tagid_list'] as number[]).length,
    20,
  );
  await call('/cgi-bin/tags/delete', { tag: { id: ids[0] } });
  t.deepEqual((await call('/cgi-bin/tags/getidlist', { openid: openidOf('wang') }))['tagid_list'], []);
});

test('black list: 20 at once, seen and undone', async (t) => {
  const { call } = await startBench(t);
  const change = async (path: string, openid_list: string[]) =>
    (await call(`/cgi-bin/tags/members/${path}`, { openid_list }))['errcode'];
  t.is(await change('batchblacklist', [openidOf('he')]), 0);
  t.is((await call('/cgi-bin/tags/members/getblacklist', { begin_openid: '' }))['total'], 1);
  t.is(await change('batchunblacklist', [openidOf('he')]), 0);
  t.is(
    await change(
      'batchblacklist',
      Array.from({ length: 21 }, () => openidOf('he')),
    ),
    40032,
  );
});
