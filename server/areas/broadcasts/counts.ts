import { RowModel, type RowState } from './ledger.ts';
import { type Broadcast, BroadcastModel, type StoredCounts } from './model.ts';

/** Rows by state, counted in the ledger. */
export async function countRows(broadcastId: string): Promise<Record<RowState, number>> {
  const states: RowState[] = [
    'pending',
    'claimed',
    'waiting',
    'sent',
    'delivered',
    'refused',
    'failed',
    'unknown',
  ];
  const pairs = await Promise.all(
    states.map(async (state) => [state, await RowModel.countDocuments({ broadcastId, state })] as const),
  );
  return Object.fromEntries(pairs) as Record<RowState, number>;
}

/** `sent`: accepted by WeChat, whatever became of it; the others are their own. Unknown ones count as failed. */
function countsOf(rows: Record<RowState, number>): StoredCounts {
  const audience = Object.values(rows).reduce((sum, each) => sum + each, 0);
  return {
    audience,
    waiting: rows.pending + rows.claimed + rows.waiting,
    sent: rows.sent + rows.delivered,
    delivered: rows.delivered,
    refused: rows.refused,
    failed: rows.failed + rows.unknown,
  };
}

const settleTimeMs = 3600_000;

/** Counts again while something may still change, at most once a second; otherwise what was counted last. */
export async function refreshCounts(broadcast: Broadcast, wall: Date): Promise<StoredCounts> {
  if (broadcast.content.kind !== 'template' || broadcast.startedAt === null) return broadcast.counts;
  const age = broadcast.countedAt ? wall.getTime() - broadcast.countedAt.getTime() : Number.POSITIVE_INFINITY;
  const quiet =
    broadcast.finishedAt !== null &&
    broadcast.countedAt !== null &&
    broadcast.countedAt.getTime() - broadcast.finishedAt.getTime() > settleTimeMs;
  if (age < 1000 || quiet) return broadcast.counts;
  return storeCounts(broadcast._id, wall);
}

export async function storeCounts(broadcastId: string, wall: Date): Promise<StoredCounts> {
  const counts = countsOf(await countRows(broadcastId));
  await BroadcastModel.updateOne({ _id: broadcastId }, { $set: { counts, countedAt: wall } });
  return counts;
}
