import { type ReactNode, useMemo } from 'react';
import type { SeriesPointView, Span } from '../../api/systems.ts';
import { Chart } from '../../parts/Chart.tsx';
import { momentText } from '../../parts/dates.ts';
import { color } from '../../theme/tokens.ts';

interface Line {
  readonly name: string;
  readonly color: string;
  readonly type: 'line' | 'bar';
  readonly stack?: string;
  readonly of: (point: SeriesPointView) => number | null;
}

const labelOf = (at: string, span: Span): string => {
  const words = momentText(at);
  return span === 'week' ? words.replace(/ 周. /, ' ') : words.slice(-5);
};

function optionOf(series: readonly SeriesPointView[], span: Span, lines: readonly Line[], unit: string) {
  return {
    grid: { left: 52, right: 12, top: 36, bottom: 26 },
    legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, textStyle: { color: color['ink-2'] } },
    tooltip: {
      trigger: 'axis',
      valueFormatter: (value: unknown) => (typeof value === 'number' ? `${value} ${unit}` : '没有调用'),
    },
    xAxis: {
      type: 'category',
      data: series.map(({ at }) => labelOf(at, span)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: color.line } },
      axisLabel: { color: color['ink-3'], hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitLine: { lineStyle: { color: color.line } },
      axisLabel: { color: color['ink-3'] },
    },
    series: lines.map((line) => ({
      name: line.name,
      type: line.type,
      ...(line.stack !== undefined && { stack: line.stack }),
      ...(line.type === 'line' && {
        symbol: 'circle',
        // A time alone between silent ones is a point; without it nothing would be seen.
        showSymbol: series.filter((point) => line.of(point) !== null).length < 40,
        symbolSize: 4,
        connectNulls: false,
        lineStyle: { width: 1.8 },
      }),
      ...(line.type === 'bar' && { barCategoryGap: '20%' }),
      itemStyle: { color: line.color },
      data: series.map(line.of),
    })),
  };
}

const rounded = (ms: number | null): number | null => (ms === null ? null : Math.round(ms));
const times: readonly Line[] = [
  { name: 'p50', color: color.primary, type: 'line', of: ({ p50 }) => rounded(p50) },
  { name: 'p95', color: color.accent, type: 'line', of: ({ p95 }) => rounded(p95) },
];

export function TimesChart({ series, span }: { series: readonly SeriesPointView[]; span: Span }): ReactNode {
  const option = useMemo(() => optionOf(series, span, times, '毫秒'), [series, span]);
  const worst = Math.max(0, ...series.map(({ p95 }) => p95 ?? 0));
  return <Chart option={option} height={220} label={`用时，p95 最高 ${Math.round(worst)} 毫秒`} />;
}

const counts: readonly Line[] = [
  { name: '成功', color: color.primary, type: 'bar', stack: 'all', of: ({ counts: { ok } }) => ok },
  { name: '有答复（拒绝）', color: '#7fb0ad', type: 'bar', stack: 'all', of: ({ counts: c }) => c.refused },
  { name: '失败', color: color.bad, type: 'bar', stack: 'all', of: ({ counts: { failed } }) => failed },
  { name: '未发出', color: '#c9d2d1', type: 'bar', stack: 'all', of: ({ counts: c }) => c.notSent },
];

export function CountsChart({ series, span }: { series: readonly SeriesPointView[]; span: Span }): ReactNode {
  const option = useMemo(() => optionOf(series, span, counts, '次'), [series, span]);
  const failed = series.reduce((sum, point) => sum + point.counts.failed, 0);
  return <Chart option={option} height={220} label={`调用次数，其中失败 ${failed} 次`} />;
}
