import type { TimeLimit } from '../../government/items/port.ts';

export interface Delivery {
  /** As the source announced it. */
  readonly total: number;
  readonly materials: number;
}

export interface Received extends Delivery {
  /** Rows that say delete, and matters we have that the delivery does not name. */
  readonly removed: number;
  /** Matters from this source that are offered now. */
  readonly live: number;
}

/** A delivery that would remove more than this share is an accident at the source until a person says otherwise. */
export const largestRemoval = 0.05;

/** Why a delivery must not be taken over, in words for staff; null when it may. */
export function refuseDelivery(announced: Delivery, received: Received): string | null {
  if (received.total !== announced.total)
    return `应收 ${announced.total} 项，实收 ${received.total} 项，批次不完整`;
  if (received.materials !== announced.materials)
    return `应收材料 ${announced.materials} 条，实收 ${received.materials} 条，批次不完整`;
  if (received.removed > Math.max(1, received.live * largestRemoval))
    return `本批将下架 ${received.removed} 项，超过现有 ${received.live} 项的 5%，请核实后再同步`;
  return null;
}

/** 「5 个工作日」, 「15 日」, 「当场办结」; a gap is said, not guessed. */
export function timeText(limit: TimeLimit): string {
  if (limit === null) return '以窗口告知为准';
  if (limit.kind === 'onTheSpot') return '当场办结';
  if (limit.kind === 'words') return limit.text;
  return limit.unit === 'workday' ? `${limit.amount} 个工作日` : `${limit.amount} 日`;
}

export const feeText = (fees: readonly { readonly name: string; readonly standard: string }[]): string =>
  fees.length === 0
    ? '不收费'
    : fees.map(({ name, standard }) => (standard === '' ? name : standard)).join('，');
