import type { Call, Endpoint } from '../core/api.ts';
import { ok } from '../core/api.ts';
import type { JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { integerOf, objectOf, textListOf, textOf } from '../core/json.ts';
import type { Store } from '../core/store.ts';
import type { World } from '../world.ts';

type Tag = { id: number; name: string; virtual: string[] };

/** Tags of the account. Generated followers can be tagged too; only those that were are remembered. */
export class Tags {
  #tags;
  #virtual = new Map<number, Set<string>>();
  #next: number;

  constructor(store: Store) {
    this.#tags = store.collection<Tag>('tags');
    this.#next = 100;
    for (const tag of this.#tags.values()) {
      this.#next = Math.max(this.#next, tag.id + 1);
      this.#virtual.set(tag.id, new Set(tag.virtual));
    }
    this.seed();
  }

  /** The system's own starred group, which nobody may change. */
  seed(): void {
    if (!this.#tags.has('2')) this.#tags.set('2', { id: 2, name: '星标组', virtual: [] });
  }

  all(): Tag[] {
    return this.#tags.values().sort((a, b) => a.id - b.id);
  }

  get(id: number): Tag | undefined {
    return this.#tags.get(String(id));
  }

  make(name: string): Tag {
    const tag = { id: this.#next++, name, virtual: [] };
    this.#tags.set(String(tag.id), tag);
    return tag;
  }

  rename(tag: Tag, name: string): void {
    tag.name = name;
    this.#tags.set(String(tag.id), tag);
  }

  remove(id: number): void {
    this.#tags.delete(String(id));
    this.#virtual.delete(id);
  }

  virtualMembers(id: number): Set<string> {
    let members = this.#virtual.get(id);
    if (!members) {
      members = new Set();
      this.#virtual.set(id, members);
    }
    return members;
  }

  virtualTagsOf(openid: string): number[] {
    return [...this.#virtual].filter(([, members]) => members.has(openid)).map(([id]) => id);
  }

  saveVirtual(id: number): void {
    const tag = this.get(id);
    if (tag) this.#tags.set(String(id), { ...tag, virtual: [...this.virtualMembers(id)] });
  }

  /** Follower openids with the tag, demo citizens first. */
  members(world: World, id: number): string[] {
    const real = world.people.followers().filter((person) => person.tags.includes(id));
    return real.map((person) => person.openids.officialAccount).concat([...this.virtualMembers(id)]);
  }
}

function checkName(tags: Tags, name: string, own?: number): void {
  if (name === '') throw new Refusal(45157);
  if (Buffer.byteLength(name) > 30) throw new Refusal(45158);
  if (tags.all().some((tag) => tag.name === name && tag.id !== own)) throw new Refusal(45157);
}

function changeable(tags: Tags, body: JsonObject): Tag {
  const id = integerOf(objectOf(body, 'tag') ?? {}, 'id');
  if (id !== undefined && id <= 2) throw new Refusal(45058);
  const tag = id === undefined ? undefined : tags.get(id);
  if (!tag) throw new Refusal(45159);
  return tag;
}

function mark({ world, body }: Call, tags: Tags, on: boolean): JsonObject {
  const openids = textListOf(body, 'openid_list');
  if (!openids || openids.length === 0 || openids.length > 50) throw new Refusal(40032);
  const id = integerOf(body, 'tagid');
  if (id === undefined || !tags.get(id)) throw new Refusal(45159);
  // Everything is checked before anything is changed.
  for (const openid of openids) {
    const { person, state } = world.addressee(openid);
    if (state === 'unknown') throw new Refusal(world.people.byProgramOpenid(openid) ? 49003 : 40003);
    if (state === 'stranger') throw new Refusal(50005, 'user is unsubscribed');
    const count = person ? person.tags.length : tags.virtualTagsOf(openid).length;
    if (on && count >= 20 && !person?.tags.includes(id)) throw new Refusal(45059);
  }
  let virtual = false;
  for (const openid of openids) {
    const person = world.people.byAccountOpenid(openid);
    if (person) {
      person.tags = person.tags.filter((one) => one !== id).concat(on ? [id] : []);
      world.people.save(person);
      continue;
    }
    virtual = true;
    if (on) tags.virtualMembers(id).add(openid);
    else tags.virtualMembers(id).delete(openid);
  }
  if (virtual) tags.saveVirtual(id);
  world.inbox.touch(undefined);
  return ok();
}

export function tagEndpoints(tags: Tags): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/cgi-bin/tags/create',
      token: 'oa',
      handle: ({ body }) => {
        const name = textOf(objectOf(body, 'tag') ?? {}, 'name');
        checkName(tags, name);
        if (tags.all().length >= 100) throw new Refusal(45056);
        const tag = tags.make(name);
        return { tag: { id: tag.id, name: tag.name } };
      },
    },
    {
      method: 'GET',
      path: '/cgi-bin/tags/get',
      token: 'oa',
      handle: ({ world }) => ({
        tags: tags.all().map((tag) => ({
          id: tag.id,
          name: tag.name,
          count: tags.members(world, tag.id).length,
        })),
      }),
    },
    {
      method: 'POST',
      path: '/cgi-bin/tags/update',
      token: 'oa',
      handle: ({ body }) => {
        const tag = changeable(tags, body);
        const name = textOf(objectOf(body, 'tag') ?? {}, 'name');
        checkName(tags, name, tag.id);
        tags.rename(tag, name);
        return ok();
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/tags/delete',
      token: 'oa',
      handle: ({ world, body }) => {
        const tag = changeable(tags, body);
        if (tags.members(world, tag.id).length > 100_000) throw new Refusal(45057);
        for (const person of world.people.all()) {
          if (!person.tags.includes(tag.id)) continue;
          person.tags = person.tags.filter((one) => one !== tag.id);
          world.people.save(person);
        }
        tags.remove(tag.id);
        return ok();
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/user/tag/get',
      token: 'oa',
      handle: ({ world, body }) => {
        const id = integerOf(body, 'tagid');
        if (id === undefined || !tags.get(id)) throw new Refusal(45159);
        const members = tags.members(world, id);
        const next = textOf(body, 'next_openid');
        const from = next === '' ? 0 : members.indexOf(next) + 1;
        if (next !== '' && from === 0) throw new Refusal(40003);
        const page = members.slice(from, from + 10_000);
        if (page.length === 0) return { count: 0, next_openid: '' };
        return { count: page.length, data: { openid: page }, next_openid: page.at(-1) };
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/tags/members/batchtagging',
      token: 'oa',
      handle: (call) => mark(call, tags, true),
    },
    {
      method: 'POST',
      path: '/cgi-bin/tags/members/batchuntagging',
      token: 'oa',
      handle: (call) => mark(call, tags, false),
    },
    {
      method: 'POST',
      path: '/cgi-bin/tags/getidlist',
      token: 'oa',
      handle: ({ world, body }) => {
        const openid = textOf(body, 'openid');
        const { person, state } = world.addressee(openid);
        if (state === 'unknown') throw new Refusal(40003);
        return { tagid_list: person?.tags ?? tags.virtualTagsOf(openid) };
      },
    },
  ];
}
