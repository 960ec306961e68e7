import { type ReactNode, useMemo } from 'react';
import type { NoticeStatistics } from '../../api/notices.ts';
import { Chart } from '../../parts/Chart.tsx';
import { color } from '../../theme/tokens.ts';

type Day = NoticeStatistics['days'][number];

/** Parts that do not overlap: `sent` of a day has `delivered` in it. */
const parts: readonly { name: string; color: string; of: (day: Day) => number }[] = [
  { name: '已送达', color: color.primary, of: (day) => day.delivered },
  { name: '已发出', color: '#7fb0ad', of: (day) => day.sent - day.delivered },
  { name: '拒收', color: '#b9c4c3', of: (day) => day.refused },
  { name: '无法送达', color: '#d9a77d', of: (day) => day.unreachable },
  { name: '失败', color: color.bad, of: (day) => day.failed },
];

export function DaysChart({ days }: { days: readonly Day[] }): ReactNode {
  const option = useMemo(
    () => ({
      grid: { left: 40, right: 8, top: 36, bottom: 24 },
      legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, textStyle: { color: color['ink-2'] } },
      tooltip: { trigger: 'axis', axisPointer: { type: 'none' } },
      xAxis: {
        type: 'category',
        data: days.map(({ day }) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`),
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
        data: days.map(part.of),
      })),
    }),
    [days],
  );
  const label = `每天的通知：${days.map((day) => `${day.day} ${day.total} 条`).join('，')}`;
  return <Chart option={option} height={240} label={label} />;
}
