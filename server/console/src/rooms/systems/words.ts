import type { CallFigures, CallOutcome, SystemMood } from '../../api/systems.ts';
import type { Tone } from '../../parts/StateTag.tsx';

export const moodLooks: Readonly<Record<SystemMood, { label: string; tone: Tone }>> = {
  good: { label: '正常', tone: 'good' },
  shaky: { label: '不稳', tone: 'needsYou' },
  down: { label: '中断', tone: 'bad' },
  off: { label: '已关闭', tone: 'needsYou' },
  resting: { label: '维护中', tone: 'action' },
  quiet: { label: '空闲', tone: 'quiet' },
  absent: { label: '未接入', tone: 'quiet' },
};

export const outcomeLooks: Readonly<Record<CallOutcome, { label: string; tone: Tone }>> = {
  ok: { label: '成功', tone: 'good' },
  refused: { label: '有答复', tone: 'action' },
  failed: { label: '失败', tone: 'bad' },
  notSent: { label: '未发出', tone: 'quiet' },
};

export const breakerWords = { closed: '闭合', open: '熔断中', halfOpen: '试探中' } as const;
export const roleWords: Readonly<Record<string, string>> = { web: '接口', worker: '后台', clock: '定时' };

/** 「320 毫秒」, 「1.2 秒」 */
export function msWords(ms: number | null): string {
  if (ms === null) return '—';
  if (ms < 1) return '不到 1 毫秒';
  return ms < 1000 ? `${Math.round(ms)} 毫秒` : `${Math.round(ms / 100) / 10} 秒`;
}

/** Of calls that were sent: how many had no answer. Null without any. */
export function failedShare({ counts }: Pick<CallFigures, 'counts'>): number | null {
  const sent = counts.ok + counts.refused + counts.failed;
  return sent === 0 ? null : counts.failed / sent;
}

export function shareWords(share: number | null): string {
  if (share === null) return '—';
  if (share === 0) return '0%';
  return share < 0.001 ? '不到 0.1%' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
}

export const sentOf = ({ counts }: Pick<CallFigures, 'counts'>): number =>
  counts.ok + counts.refused + counts.failed;

/** 「刚刚」, 「3 分钟前」, 「2 小时前」, 「5 天前」 */
export function agoWords(iso: string, now: string): string {
  const minutes = Math.floor((Date.parse(now) - Date.parse(iso)) / 60_000);
  if (minutes < 1) return '刚刚';
  if (minutes < 60) return `${minutes} 分钟前`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} 小时前`;
  return `${Math.floor(minutes / 1440)} 天前`;
}
