import type { Receipt } from '../notices/receipts.ts';
import { type Row, RowModel, rowId } from './ledger.ts';
import { BroadcastModel } from './model.ts';

const recentMs = 2 * 24 * 3600_000;
let recent: { at: number; ids: string[] } = { at: 0, ids: [] };

/**
 * Matches receipts with broadcast rows by openid and message id: rows are found by their own id, so the ledger needs no
 * index of message ids.
 */
export async function matchRows(receipts: readonly Receipt[]): Promise<ReadonlySet<string>> {
  const matched = new Set<string>();
  for (const broadcastId of receipts.length > 0 ? await recentBroadcasts() : []) {
    const open = receipts.filter(({ _id }) => !matched.has(_id));
    if (open.length === 0) break;
    const rows = await RowModel.find(
      { _id: { $in: open.map(({ openid }) => rowId(broadcastId, openid)) }, msgId: { $type: 'string' } },
      { msgId: 1 },
    ).lean<Pick<Row, '_id' | 'msgId'>[]>();
    const known = new Map(rows.map((row) => [row.msgId!, row._id]));
    const mine = open.filter(({ _id }) => known.has(_id));
    if (mine.length === 0) continue;
    await RowModel.collection.bulkWrite(
      mine.map(({ _id, status }) => ({
        updateOne: {
          filter: { _id: known.get(_id)! as never, state: 'sent', msgId: _id },
          update: { $set: { state: status } },
        },
      })) as never,
      { ordered: false },
    );
    for (const { _id } of mine) matched.add(_id);
  }
  return matched;
}

/** Template broadcasts of the last two days, newest first; looked up once a second. */
async function recentBroadcasts(): Promise<readonly string[]> {
  const now = Date.now();
  if (now - recent.at > 1000) {
    const found = await BroadcastModel.find(
      {
        state: { $in: ['sending', 'paused', 'sent', 'stopped'] },
        'content.kind': 'template',
        $or: [{ finishedAt: null }, { finishedAt: { $gt: new Date(now - recentMs) } }],
      },
      { _id: 1 },
    )
      .sort({ _id: -1 })
      .limit(20)
      .lean<{ _id: string }[]>();
    recent = { at: now, ids: found.map(({ _id }) => _id) };
  }
  return recent.ids;
}
