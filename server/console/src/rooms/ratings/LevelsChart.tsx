import { type ReactNode, useMemo } from 'react';
import type { Counts } from '../../api/ratings.ts';
import { Chart } from '../../parts/Chart.tsx';
import { color } from '../../theme/tokens.ts';

/** The silent ones are grey: they are nobody's word. */
const parts: readonly { name: string; color: string; of: (row: Counts) => number }[] = [
  { name: '非常满意', color: color.primary, of: (row) => row.levels[4] },
  { name: '满意', color: '#4d8f8c', of: (row) => row.levels[3] },
  { name: '基本满意', color: '#9fc4c1', of: (row) => row.levels[2] },
  { name: '不满意', color: '#d9a77d', of: (row) => row.levels[1] },
  { name: '非常不满意', color: color.bad, of: (row) => row.levels[0] },
  { name: '到期未评', color: '#d3dbda', of: (row) => row.silent },
];

/** Each day's ratings by level, one bar a day. */
export function LevelsChart({ rows }: { rows: readonly Counts[] }): ReactNode {
  const option = useMemo(
    () => ({
      grid: { left: 44, right: 8, top: 36, bottom: 24 },
      legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, textStyle: { color: color['ink-2'] } },
      tooltip: { trigger: 'axis', axisPointer: { type: 'none' } },
      xAxis: {
        type: 'category',
        data: rows.map(({ key }) => `${Number(key.slice(5, 7))}月${Number(key.slice(8))}日`),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: color.line } },
        axisLabel: { color: color['ink-3'] },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        splitLine: { lineStyle: { color: color.line } },
        axisLabel: { color: color['ink-3'] },
      },
      series: parts.map((part) => ({
        name: part.name,
        type: 'bar',
        stack: 'day',
        barMaxWidth: 32,
        itemStyle: { color: part.color },
        data: rows.map(part.of),
      })),
    }),
    [rows],
  );
  const words = rows.map((row) => `${row.key} 评价 ${row.active}，差评 ${row.bad}`).join('；');
  return <Chart option={option} height={240} label={`每天的评价：${words}`} />;
}
