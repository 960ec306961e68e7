import type { ClientSession } from 'mongoose';
import { isDuplicateKey } from '../../kernel/database.ts';
import { newId } from '../../kernel/ids.ts';
import { NoticeModel } from './model.ts';
import { templates } from './templates.ts';
import { wakeNotices } from './wake.ts';

export interface NewNotice {
  /** Person + kind + subject, e.g. `${personId}:booking.confirmed:${bookingId}`. A second notice of the key is ignored. */
  readonly key: string;
  readonly personId: string;
  /** A notice kind of `cloud-config/templates.json`. */
  readonly kind: string;
  /**
   * Named as `from` in the registry. Stored as they are and shown in the citizen's list: no full names, no identity or
   * telephone numbers.
   */
  readonly values: Readonly<Record<string, string>>;
  /** Mini-program page with its query, no leading slash: `packages/booking/detail/index?id=…`. */
  readonly page: string | null;
  /** When it happened (`clock.now()`). */
  readonly at: Date;
}

/**
 * Writes one logical message to one person; the notices worker sends it, usually within some 100 ms of the commit.
 * Idempotent on `key`. With a session it joins the caller's transaction: no commit, no message.
 * Throws a plain Error for an unknown kind or a required value that is missing (a fault of the caller's code).
 */
export async function createNotice(notice: NewNotice, session?: ClientSession): Promise<void> {
  const template = templates.get(notice.kind);
  if (!template) throw new Error(`no template for the notice kind ${notice.kind}`);
  for (const { from, fallback } of template.fields) {
    if (!notice.values[from]?.trim() && !fallback) {
      throw new Error(`a notice of the kind ${notice.kind} needs the value ${from}`);
    }
  }
  const wall = new Date();
  const { key, ...rest } = notice;
  const row = {
    ...rest,
    _id: newId(),
    state: 'created' as const,
    open: true,
    readAt: null,
    dueAt: wall,
    claim: null,
    attempts: 0,
    firstTriedAt: null,
    channel: null,
    msgId: null,
    pinned: null,
    problem: null,
    createdAt: wall,
    sentAt: null,
    settledAt: null,
  };
  try {
    await NoticeModel.collection.updateOne(
      { key },
      { $setOnInsert: row as never },
      { upsert: true, ...(session && { session }) },
    );
  } catch (error) {
    // Two writers of one key at once: outside a transaction the loser's work is done. Inside one, the transaction is
    // already aborted, and the driver has to run it again.
    if (session || !isDuplicateKey(error)) throw error;
    return;
  }
  if (!session) wakeNotices();
  else if (!session.listeners('ended').includes(wakeNotices)) session.once('ended', wakeNotices);
}
