import type { QueryFilter } from 'mongoose';
import { namesOfOpenids } from '../people/namesOfOpenids.ts';
import type { Receivers } from './contract.ts';
import { type Row, RowModel, type RowState } from './ledger.ts';

const pageSize = 100;

export const rowLabels: Readonly<Record<RowState, string>> = {
  pending: '待发送',
  claimed: '发送中',
  waiting: '稍后重试',
  sent: '已发出',
  delivered: '已送达',
  refused: '收不到',
  failed: '失败',
  unknown: '结果未知',
};

/** What became of each receiver, by openid; a follower's openid is told in part only. */
export async function listReceivers(
  broadcastId: string,
  { state, after }: { state?: RowState | undefined; after?: string | undefined },
): Promise<Receivers> {
  const filter: QueryFilter<Row> = {
    broadcastId,
    ...(state && { state }),
    ...(after && { _id: { $gt: `${broadcastId}:${after}` } }),
  };
  const found = await RowModel.find(filter)
    .sort({ _id: 1 })
    .limit(pageSize + 1)
    .lean<Row[]>();
  const rows = found.slice(0, pageSize);
  const names = await namesOfOpenids(rows.map(({ openid }) => openid));
  return {
    receivers: rows.map((row) => ({
      receiver: maskOpenid(row.openid),
      name: names.get(row.openid) ?? null,
      state: row.state,
      stateLabel: rowLabels[row.state],
      attempts: row.attempts,
      code: row.code ?? null,
      msgId: row.msgId ?? null,
    })),
    next: found.length > pageSize ? rows.at(-1)!.openid : null,
  };
}

export const maskOpenid = (openid: string): string => `${openid.slice(0, 4)}…${openid.slice(-6)}`;
