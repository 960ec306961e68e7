import type { Call, Endpoint } from '../core/api.ts';
import { ok } from '../core/api.ts';
import type { JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { integerOf, objectOf, textOf } from '../core/json.ts';
import type { Store } from '../core/store.ts';
import type { Person } from '../people/directory.ts';
import type { World } from '../world.ts';
import { type Button, hostsOf, printButtons, readButtons } from './menu-rules.ts';

type Rule = { tag_id?: number; client_platform_type?: number };
type Menu = { menuid: number; button: Button[]; rule?: Rule };

/** The default menu and the personalised ones, the newest of which that fits a person wins. */
export class Menus {
  #menus;
  #next: number;

  constructor(store: Store) {
    this.#menus = store.collection<Menu>('menus');
    this.#next = 430_000_000 + this.#menus.size;
  }

  get default(): Menu | undefined {
    return this.#menus.get('default');
  }

  conditional(): Menu[] {
    return this.#menus
      .values()
      .filter((menu) => menu.rule)
      .sort((a, b) => b.menuid - a.menuid);
  }

  put(button: Button[], rule?: Rule): number {
    for (const menu of this.#menus.values()) this.#next = Math.max(this.#next, menu.menuid);
    this.#next += 1;
    const menuid = this.#next;
    this.#menus.set(rule ? String(menuid) : 'default', { menuid, button, ...(rule ? { rule } : {}) });
    return menuid;
  }

  remove(menuid: string): boolean {
    return this.#menus.delete(menuid);
  }

  clear(): void {
    this.#menus.clear();
  }

  /** What this person sees at the foot of the chat; phones are Android (2). */
  for(person: Person | undefined): Button[] | undefined {
    const fits = this.conditional().find(({ rule }) => {
      if (rule?.tag_id !== undefined && !person?.tags.includes(rule.tag_id)) return false;
      return rule?.client_platform_type === undefined || rule.client_platform_type === 2;
    });
    return (fits ?? this.default)?.button;
  }
}

const abolished = ['sex', 'country', 'province', 'city', 'language'];

function addConditional({ world, body, raw }: Call, menus: Menus): JsonObject {
  if (!menus.default) throw new Refusal(65303);
  const button = readButtons(body, raw);
  const match = objectOf(body, 'matchrule');
  if (!match || Object.keys(match).length === 0) throw new Refusal(65304);
  if (abolished.some((name) => match[name] !== undefined && match[name] !== '')) throw new Refusal(65320);
  const tag = integerOf(match, 'tag_id') ?? integerOf(match, 'group_id');
  const platform = integerOf(match, 'client_platform_type');
  if (tag === undefined && platform === undefined) throw new Refusal(65304);
  if (hostsOf(button).size > 3) throw new Refusal(65316);
  const rule: Rule = {
    ...(tag !== undefined ? { tag_id: tag } : {}),
    ...(platform !== undefined ? { client_platform_type: platform } : {}),
  };
  const menuid = menus.put(button, rule);
  world.inbox.touch(undefined);
  return { menuid: String(menuid) };
}

export function menuEndpoints(menus: Menus): Endpoint[] {
  const changed = (world: World): JsonObject => {
    world.inbox.touch(undefined);
    return ok();
  };
  return [
    {
      method: 'POST',
      path: '/cgi-bin/menu/create',
      token: 'oa',
      handle: ({ world, body, raw }) => {
        menus.put(readButtons(body, raw));
        return changed(world);
      },
    },
    {
      method: 'GET',
      path: '/cgi-bin/menu/get',
      token: 'oa',
      handle: () => {
        const menu = menus.default;
        if (!menu) throw new Refusal(46003);
        const conditional = menus.conditional().map((one) => ({
          button: printButtons(one.button),
          matchrule: { ...one.rule },
          menuid: one.menuid,
        }));
        return {
          menu: { button: printButtons(menu.button), menuid: menu.menuid },
          ...(conditional.length > 0 ? { conditionalmenu: conditional } : {}),
        };
      },
    },
    {
      method: 'GET',
      path: '/cgi-bin/get_current_selfmenu_info',
      token: 'oa',
      handle: () => {
        const menu = menus.default;
        if (!menu) return { is_menu_open: 0 };
        return {
          is_menu_open: 1,
          selfmenu_info: {
            button: menu.button.map((button) => ({
              ...button,
              ...(button.sub_button
                ? { sub_button: { list: button.sub_button.map((one) => ({ ...one })) } }
                : {}),
            })) as JsonObject[],
          },
        };
      },
    },
    {
      method: 'GET',
      path: '/cgi-bin/menu/delete',
      token: 'oa',
      handle: ({ world }) => {
        menus.clear();
        return changed(world);
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/menu/addconditional',
      token: 'oa',
      handle: (call) => addConditional(call, menus),
    },
    {
      method: 'POST',
      path: '/cgi-bin/menu/delconditional',
      token: 'oa',
      handle: ({ world, body }) => {
        const menuid = textOf(body, 'menuid');
        if (menuid === '' || menuid === 'default' || !menus.remove(menuid)) throw new Refusal(65301);
        return changed(world);
      },
    },
    {
      method: 'POST',
      path: '/cgi-bin/menu/trymatch',
      token: 'oa',
      handle: ({ world, body }) => {
        const openid = textOf(body, 'user_id');
        const { person, state } = world.addressee(openid);
        if (state === 'unknown') throw new Refusal(65302);
        const button = menus.for(person);
        if (!button) throw new Refusal(46003);
        return { button: printButtons(button) };
      },
    },
  ];
}
