import { isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { log } from '../../kernel/log.ts';
import { WechatError } from '../../wechat/official-account/errors.ts';
import type { MatchRule } from '../../wechat/official-account/port.ts';
import { accountErrors, type MenuSet } from './contract.ts';
import {
  findDraft,
  initialMenu,
  listPublished,
  MenuDraftModel,
  type PublishedMenu,
  PublishedMenuModel,
} from './menuModel.ts';
import { buttonsOf, type MenuNeeds, menuProblems } from './menuRules.ts';
import { type Reply, ReplyModel } from './replyModel.ts';
import type { AccountRoom } from './room.ts';

export async function menuNeeds(room: AccountRoom): Promise<MenuNeeds> {
  const replies = await ReplyModel.find({ 'trigger.kind': 'menu', enabled: true }).lean<Reply[]>();
  const replyKeys = new Set(replies.map(({ trigger }) => (trigger.kind === 'menu' ? trigger.key : '')));
  return { miniProgramAppid: room.miniProgramAppid, publicUrl: room.publicUrl, replyKeys };
}

/** Saves what staff edited; not seen by citizens yet. Errors: `account.changed`. */
export async function saveDraft(menu: MenuSet, version: number): Promise<void> {
  try {
    const { modifiedCount, upsertedCount } = await MenuDraftModel.updateOne(
      { _id: 'draft', version },
      { $set: { menu, version: version + 1 } },
      { upsert: version === 0 },
    );
    if (modifiedCount + upsertedCount === 1) return;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error; // another first edit
  }
  throw new HallError(accountErrors.changed);
}

/** Publishes the draft. Errors: `changed`, `menu_invalid` (details: problems), `menu_refused` (details: WeChat's code). */
export async function publishDraft(room: AccountRoom, version: number, by: string): Promise<void> {
  const draft = await findDraft();
  if (draft.version !== version) throw new HallError(accountErrors.changed);
  await publish(room, draft.menu, by);
}

/** Makes an earlier menu the draft and publishes it. Errors: as `publishDraft`, and `menu_version_not_found`. */
export async function rollBack(room: AccountRoom, id: string, version: number, by: string): Promise<void> {
  const found = await PublishedMenuModel.findById(id).lean<PublishedMenu>();
  if (!found) throw new HallError(accountErrors.menuVersionNotFound);
  await saveDraft(found.menu, version);
  await publish(room, found.menu, by);
}

async function publish(room: AccountRoom, menu: MenuSet, by: string): Promise<void> {
  const needs = await menuNeeds(room);
  const problems = menuProblems(menu, needs);
  if (problems.length > 0) throw new HallError(accountErrors.menuInvalid, { details: { problems } });
  try {
    const before = await room.account.menus();
    await room.account.createMenu(buttonsOf(menu.items, needs));
    // Personalised menus cannot be edited. The newest one that fits wins, so the new ones come before the old ones go.
    for (const { items, for: rule } of menu.personal.toReversed()) {
      const match: MatchRule = {
        ...(rule.tagId !== null && { tag_id: String(rule.tagId) }),
        ...(rule.platform !== null && { client_platform_type: rule.platform }),
      };
      await room.account.createPersonalMenu(buttonsOf(items, needs), match);
    }
    for (const { id } of before.personal) await room.account.deletePersonalMenu(id);
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    log.warn({ errcode: error.errcode }, 'a menu was refused');
    throw new HallError(accountErrors.menuRefused, { details: { code: error.errcode } });
  }
  await PublishedMenuModel.create([{ _id: newId(), menu, publishedAt: room.clock.now(), publishedBy: by }]);
}

/** Gives a new account its first menu, from `cloud-config/menu.json`. Does nothing once one was published. */
export async function publishInitialMenu(room: AccountRoom): Promise<void> {
  if ((await listPublished(1)).length > 0) return;
  await publish(room, initialMenu, '初始配置');
}
