import type { SourceMatterDetail, SyncRunView } from '../../api/matterSync.ts';
import type { Tone } from '../../parts/StateTag.tsx';

export const stateWords: Readonly<Record<SyncRunView['state'], { label: string; tone: Tone }>> = {
  waiting: { label: '等待开始', tone: 'action' },
  running: { label: '同步中', tone: 'action' },
  live: { label: '已更新', tone: 'good' },
  unchanged: { label: '没有变化', tone: 'quiet' },
  refused: { label: '未采用', tone: 'bad' },
  failed: { label: '失败', tone: 'bad' },
  interrupted: { label: '中断', tone: 'needsYou' },
};

export const isActive = ({ state }: Pick<SyncRunView, 'state'>): boolean =>
  state === 'waiting' || state === 'running';

/** 0–100: fetching pages is the first half of the way, taking them over the second. */
export function percentOf(run: Pick<SyncRunView, 'pages' | 'pagesDone' | 'applied' | 'total'>): number {
  const fetched = run.pages === 0 ? 0 : run.pagesDone / run.pages;
  const taken = run.total === 0 ? 0 : run.applied / run.total;
  return Math.floor(fetched * 50 + taken * 50);
}

/** 「正在取第 3 / 12 页」, 「正在更新 400 / 2,245 项」 */
export function stepWords(
  run: Pick<SyncRunView, 'state' | 'pages' | 'pagesDone' | 'applied' | 'total'>,
): string {
  if (run.state === 'waiting') return '等待开始';
  if (run.pages === 0) return '正在询问省事项系统';
  if (run.pagesDone < run.pages) return `正在取第 ${run.pagesDone + 1} / ${run.pages} 页`;
  return `正在更新 ${run.applied.toLocaleString()} / ${run.total.toLocaleString()} 项`;
}

/** 「42 秒」, 「3 分 5 秒」 */
export function durationWords(run: Pick<SyncRunView, 'startedAt' | 'finishedAt'>): string {
  if (run.startedAt === null || run.finishedAt === null) return '—';
  const seconds = Math.round((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000);
  if (seconds < 1) return '不到 1 秒';
  return seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}

export const resultWords = (run: SyncRunView): string => {
  if (run.problem !== null) return run.problem;
  if (run.state !== 'live') return '—';
  return `新增 ${run.added}，修改 ${run.changed}，下架 ${run.withdrawn}`;
};

export const refreshedWords: Readonly<Record<NonNullable<SourceMatterDetail['refreshed']>, string>> = {
  changed: '省里有新版本，已更新',
  unchanged: '与省里一致',
  missing: '省里查不到这个事项，等下一次同步确认',
  failed: '省事项系统没有答复，仍用原来的内容',
};
