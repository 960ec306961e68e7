import type { BroadcastState } from '../../api/broadcasts.ts';
import type { Tone } from '../../parts/StateTag.tsx';

export const toneOf: Readonly<Record<BroadcastState, Tone>> = {
  draft: 'quiet',
  submitted: 'needsYou',
  rejected: 'bad',
  approved: 'action',
  sending: 'action',
  paused: 'needsYou',
  sent: 'good',
  stopped: 'quiet',
  failed: 'bad',
};

export type Shelf = 'all' | 'writing' | 'waiting' | 'running' | 'ended';

export const shelves: readonly { key: Shelf; label: string; states: readonly BroadcastState[] | null }[] = [
  { key: 'all', label: '全部', states: null },
  { key: 'writing', label: '草稿与退回', states: ['draft', 'rejected'] },
  { key: 'waiting', label: '待审批', states: ['submitted'] },
  { key: 'running', label: '待发与发送中', states: ['approved', 'sending', 'paused'] },
  { key: 'ended', label: '已结束', states: ['sent', 'stopped', 'failed'] },
];

/** How often the page asks again by itself, in milliseconds; null: nothing moves. */
export function pollEvery(state: BroadcastState | undefined): number | null {
  if (state === 'sending') return 1000;
  if (state === 'approved' || state === 'paused') return 2000;
  if (state === 'submitted') return 5000;
  // Receipts of the last messages still come in for a while.
  return state === 'sent' || state === 'stopped' ? 5000 : null;
}
