import type { CalendarChange, ImportState, YearSource } from '../../api/calendar.ts';
import type { Tone } from '../../parts/StateTag.tsx';

export const sourceWords: Readonly<Record<YearSource, { label: string; tone: Tone; note: string }>> = {
  packaged: { label: '官方安排', tone: 'good', note: '国务院已公布，随系统提供' },
  imported: { label: '已导入', tone: 'good', note: '按国务院通知导入，并经复核' },
  estimated: {
    label: '估算',
    tone: 'needsYou',
    note: '国务院还没有公布：只按周末和法定节假日估算，调休要等通知。仅演示环境这样显示',
  },
};

export const stateWords: Readonly<Record<ImportState, { label: string; tone: Tone }>> = {
  waiting: { label: '待复核', tone: 'needsYou' },
  live: { label: '使用中', tone: 'good' },
  rejected: { label: '已退回', tone: 'bad' },
  replaced: { label: '已被替换', tone: 'quiet' },
  undone: { label: '已撤销', tone: 'quiet' },
};

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;
/** 「2月14日 周日」 */
export const dayWords = (day: string): string =>
  `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日 ${weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]}`;

/** 「休 · 元旦」, 「班 · 春节调休上班」, 「上班」 */
export const kindWords = (kind: CalendarChange['from']): string => {
  if (kind === null) return '未知';
  const rest = kind.workday ? '上班' : '休息';
  return kind.name === null ? rest : `${rest} · ${kind.name}`;
};

/** The days to mark: in a year nobody knew yet, everything is new and no mark says anything. */
export const knownBefore = (changes: readonly CalendarChange[]): ReadonlySet<string> =>
  new Set(changes.filter(({ from }) => from !== null).map(({ day }) => day));
