import type { ChatLine, MenuView, ReplyView, ThreadState, ThreadView } from './contract.ts';
import { findDraft, listPublished, type PublishedMenu } from './menuModel.ts';
import { menuChanges, menuProblems } from './menuRules.ts';
import { menuNeeds } from './publishMenu.ts';
import type { Reply } from './replyModel.ts';
import type { AccountRoom } from './room.ts';
import type { Line, Thread } from './threadModel.ts';
import { answersLeft, answerUntil } from './threads.ts';

const stateLabels: Readonly<Record<ThreadState, string>> = {
  automatic: '自动回复',
  waiting: '等待接待',
  open: '接待中',
  closed: '已结束',
};

export function presentThread(thread: Thread, now: Date): ThreadView {
  const until = answerUntil(thread);
  return {
    id: thread._id,
    state: thread.state,
    stateLabel: stateLabels[thread.state],
    person: thread.person,
    lastText: thread.lastText,
    lastAt: thread.lastAt.toISOString(),
    unread: thread.unread,
    staff: thread.staff,
    answerUntil: until > now ? until.toISOString() : null,
    answersLeft: answersLeft(thread, now),
  };
}

export const presentLine = ({ _id, from, by, type, text, at }: Line): ChatLine => ({
  id: _id,
  from,
  by,
  type,
  text,
  at: at.toISOString(),
});

export const presentReply = ({ _id, title, trigger, text, enabled, version, ...rest }: Reply): ReplyView => ({
  id: _id,
  title,
  trigger,
  text,
  enabled,
  version,
  updatedAt: rest.updatedAt.toISOString(),
  updatedBy: rest.updatedBy,
});

const presentMenuVersion = ({ _id, menu, publishedAt, publishedBy }: PublishedMenu) => ({
  id: _id,
  menu,
  publishedAt: publishedAt.toISOString(),
  publishedBy,
});

export async function presentMenu(room: AccountRoom): Promise<MenuView> {
  const [draft, history, needs] = await Promise.all([findDraft(), listPublished(20), menuNeeds(room)]);
  const published = history[0] ?? null;
  return {
    draft: draft.menu,
    version: draft.version,
    problems: menuProblems(draft.menu, needs),
    changes: menuChanges(published?.menu ?? null, draft.menu),
    published: published && presentMenuVersion(published),
    history: history.map(presentMenuVersion),
  };
}
