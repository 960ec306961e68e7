import type { FollowerPage } from '../../wechat/official-account/port.ts';
import { findList, pageOfList } from './audienceLists.ts';
import type { Audience } from './contract.ts';
import { RowModel, rowId } from './ledger.ts';
import { type Broadcast, BroadcastModel } from './model.ts';
import type { BroadcastsRoom } from './room.ts';
import { townVisitors } from './townVisitors.ts';

/** How many people it will go to, as WeChat says now. */
export async function countAudience(room: BroadcastsRoom, audience: Audience): Promise<number> {
  if (audience.kind === 'tag') {
    return (await room.account.tags()).find(({ id }) => id === audience.tagId)?.count ?? 0;
  }
  if (audience.kind === 'list') return (await findList(audience.listId)).reachable;
  if (audience.kind !== 'followers') {
    let count = 0;
    for (let after: string | null = null; ; ) {
      const found: FollowerPage = await pageOfAudience(room, audience, after);
      count += found.openids.length;
      if (found.next === null) return count;
      after = found.next;
    }
  }
  const page = await room.account.followers(null);
  return page.total ?? page.openids.length;
}

/** Openids of the audience, a page at a time. */
export function pageOfAudience(
  room: BroadcastsRoom,
  audience: Audience,
  after: string | null,
): Promise<FollowerPage> {
  if (audience.kind === 'list') return pageOfList(audience.listId, after);
  if (audience.kind === 'town') return townVisitors(audience, after, room.clock.now());
  if (audience.kind === 'tag') return room.account.followersWithTag(audience.tagId, after);
  return audience.kind === 'applicants' ? room.applicants(audience, after) : room.account.followers(after);
}

/**
 * Writes the next page of the audience into the ledger and moves the cursor. Safe to run again after a crash: a page is
 * written before the cursor moves, and a receiver who is there already stays as they are.
 */
export async function snapshotNextPage(room: BroadcastsRoom, broadcast: Broadcast): Promise<Broadcast> {
  const snapshot = broadcast.snapshot ?? { after: null, done: false, count: 0 };
  const page = await pageOfAudience(room, broadcast.audience, snapshot.after);
  for (let i = 0; i < page.openids.length; i += 1000) {
    await writeRows(broadcast._id, page.openids.slice(i, i + 1000));
  }
  const next = {
    after: page.next ?? snapshot.after,
    done: page.next === null,
    count: snapshot.count + page.openids.length,
  };
  await BroadcastModel.updateOne({ _id: broadcast._id }, { $set: { snapshot: next } });
  return { ...broadcast, snapshot: next };
}

async function writeRows(broadcastId: string, openids: readonly string[]): Promise<void> {
  const rows = openids.map((openid) => ({
    _id: rowId(broadcastId, openid),
    broadcastId,
    openid,
    state: 'pending' as const,
    attempts: 0,
  }));
  try {
    await RowModel.collection.insertMany(rows as never, { ordered: false });
  } catch (error) {
    if (!onlyDuplicates(error)) throw error;
  }
}

/** A page that a crash cut short is written again: the rows that are there are no fault. */
function onlyDuplicates(error: unknown): boolean {
  const { writeErrors } = error as { writeErrors?: unknown };
  const list = Array.isArray(writeErrors) ? writeErrors : writeErrors ? [writeErrors] : [];
  return list.length > 0 && list.every((each) => (each as { code?: number }).code === 11000);
}
