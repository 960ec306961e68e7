import type { Call, Endpoint } from '../core/api.ts';
import { ok } from '../core/api.ts';
import type { JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { isObject, listOf, textListOf, textOf } from '../core/json.ts';
import type { World } from '../world.ts';

const pageSize = 10_000;

/** What user/info says. Nickname and portrait are empty since the end of 2021; a stranger shows only the openid. */
export function userInfo(world: World, openid: string): JsonObject | undefined {
  const virtual = world.people.virtual.indexOf(openid);
  const person = world.people.byAccountOpenid(openid);
  if (!person && virtual === undefined) return undefined;
  if (person && !person.follows) return { subscribe: 0, openid, tagid_list: [] };
  return {
    subscribe: 1,
    openid,
    nickname: '',
    sex: 0,
    language: 'zh_CN',
    city: '',
    province: '',
    country: '',
    headimgurl: '',
    subscribe_time: person?.subscribedAt ?? 1_700_000_000 + (virtual ?? 0),
    unionid: person?.unionid ?? world.people.virtual.unionid(virtual ?? 0),
    remark: person?.remark ?? '',
    groupid: person?.tags[0] ?? 0,
    tagid_list: person?.tags ?? [],
    subscribe_scene: person?.subscribeScene ?? 'ADD_SCENE_SEARCH',
    qr_scene: person?.qrScene ?? 0,
    qr_scene_str: person?.qrSceneStr ?? '',
  };
}

function blackList({ world, body }: Call, blacklisted: boolean): JsonObject {
  const openids = textListOf(body, 'openid_list');
  if (!openids?.length) throw new Refusal(40031);
  if (openids.length > 20) throw new Refusal(40032);
  for (const openid of openids) if (!world.people.byAccountOpenid(openid)) throw new Refusal(40003);
  for (const openid of openids) {
    const person = world.people.byAccountOpenid(openid)!;
    person.blacklisted = blacklisted;
    world.people.save(person);
  }
  return ok();
}

export const userEndpoints: Endpoint[] = [
  {
    method: 'GET',
    path: '/cgi-bin/user/info',
    token: 'oa',
    handle: ({ world, query }) => {
      const openid = query.get('openid') ?? '';
      if (openid === '') throw new Refusal(41009);
      const info = userInfo(world, openid);
      if (!info) throw new Refusal(40003);
      return info;
    },
  },
  {
    method: 'POST',
    path: '/cgi-bin/user/info/batchget',
    token: 'oa',
    handle: ({ world, body }) => {
      const list = listOf(body, 'user_list');
      if (!list?.length) throw new Refusal(40031);
      if (list.length > 100) throw new Refusal(40032);
      const found = list.map((item) => {
        const info = userInfo(world, isObject(item) ? textOf(item, 'openid') : '');
        if (!info) throw new Refusal(40003);
        return info;
      });
      return { user_info_list: found };
    },
  },
  {
    method: 'GET',
    path: '/cgi-bin/user/get',
    token: 'oa',
    handle: ({ world, query }) => {
      const page = world.people.page(query.get('next_openid') ?? '', pageSize);
      if (!page) throw new Refusal(40003);
      const head = { total: world.people.followerCount, count: page.length };
      if (page.length === 0) return { ...head, next_openid: '' };
      return { ...head, data: { openid: page }, next_openid: page.at(-1) };
    },
  },
  {
    method: 'POST',
    path: '/cgi-bin/user/info/updateremark',
    token: 'oa',
    handle: ({ world, body }) => {
      const person = world.people.byAccountOpenid(textOf(body, 'openid'));
      if (!person) throw new Refusal(40003);
      const remark = textOf(body, 'remark');
      if (Buffer.byteLength(remark) >= 30) throw new Refusal(40035, 'remark size out of limit');
      person.remark = remark;
      world.people.save(person);
      return ok();
    },
  },
  {
    method: 'POST',
    path: '/cgi-bin/tags/members/batchblacklist',
    token: 'oa',
    handle: (call) => blackList(call, true),
  },
  {
    method: 'POST',
    path: '/cgi-bin/tags/members/batchunblacklist',
    token: 'oa',
    handle: (call) => blackList(call, false),
  },
  {
    method: 'POST',
    path: '/cgi-bin/tags/members/getblacklist',
    token: 'oa',
    handle: ({ world }) => {
      const openids = world.people
        .all()
        .filter((person) => person.blacklisted)
        .map((person) => person.openids.officialAccount);
      const head = { total: openids.length, count: openids.length };
      if (openids.length === 0) return { ...head, next_openid: '' };
      return { ...head, data: { openid: openids }, next_openid: openids.at(-1) };
    },
  },
];
