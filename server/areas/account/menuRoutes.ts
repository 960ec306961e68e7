import { type Route, route } from '../../kernel/http/route.ts';
import { can } from '../staff/policy.ts';
import { MenuDraft, MenuPublish, MenuRollBack, MenuView } from './contract.ts';
import { presentMenu } from './present.ts';
import { publishDraft, rollBack, saveDraft } from './publishMenu.ts';
import type { AccountRoom } from './room.ts';

const read = { limit: 'read', signIn: 'staff', may: can('menu.read') } as const;
const write = { limit: 'write', signIn: 'staff', may: can('menu.write') } as const;

/** The account's menu: edited as a draft, checked, compared with what citizens see, published, rolled back. */
export const menuRoutes = (room: AccountRoom): readonly Route[] => [
  route('GET', '/api/staff/menu', { ...read, answer: MenuView }, () => presentMenu(room)),

  /** 409 `account.changed`. A draft may have problems; they are in the answer. */
  route('PUT', '/api/staff/menu', { ...write, body: MenuDraft, answer: MenuView }, async ({ body }) => {
    await saveDraft(body.draft, body.version);
    return presentMenu(room);
  }),

  /** 400 `account.menu_invalid`, 409 `changed`, `menu_refused`. */
  route(
    'POST',
    '/api/staff/menu/publish',
    { ...write, body: MenuPublish, answer: MenuView },
    async ({ body, staff }) => {
      await publishDraft(room, body.version, staff.name);
      return presentMenu(room);
    },
  ),

  /** As publish, and 404 `account.menu_version_not_found`. */
  route(
    'POST',
    '/api/staff/menu/roll-back',
    { ...write, body: MenuRollBack, answer: MenuView },
    async ({ body, staff }) => {
      await rollBack(room, body.id, body.version, staff.name);
      return presentMenu(room);
    },
  ),
];
