import { type ReactNode, useMemo } from 'react';
import type { VisitsRow } from '../../api/visits.ts';
import { Chart } from '../../parts/Chart.tsx';
import { color } from '../../theme/tokens.ts';

/** Tickets as bars, the mean wait as a line on its own axis. */
export function VisitsChart(props: {
  rows: readonly VisitsRow[];
  nameOf?: (key: string) => string;
  label: string;
}): ReactNode {
  const { rows, nameOf = (key) => key, label } = props;
  const option = useMemo(() => {
    const axis = { axisTick: { show: false }, axisLabel: { color: color['ink-3'] } };
    const y = { type: 'value', minInterval: 1, axisLabel: { color: color['ink-3'] } };
    return {
      grid: { left: 44, right: 44, top: 36, bottom: 24 },
      legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, textStyle: { color: color['ink-2'] } },
      tooltip: { trigger: 'axis', axisPointer: { type: 'none' } },
      xAxis: {
        type: 'category',
        data: rows.map((row) => nameOf(row.key)),
        axisLine: { lineStyle: { color: color.line } },
        ...axis,
      },
      yAxis: [
        { ...y, splitLine: { lineStyle: { color: color.line } } },
        { ...y, splitLine: { show: false }, axisLabel: { color: color['ink-3'], formatter: '{value} 分' } },
      ],
      series: [
        {
          name: '办结',
          type: 'bar',
          stack: 'all',
          barMaxWidth: 28,
          itemStyle: { color: color.primary },
          data: rows.map((row) => row.served),
        },
        {
          name: '未办结',
          type: 'bar',
          stack: 'all',
          barMaxWidth: 28,
          itemStyle: { color: '#b9c4c3' },
          data: rows.map((row) => row.tickets - row.served),
        },
        {
          name: '平均等候',
          type: 'line',
          yAxisIndex: 1,
          symbolSize: 6,
          itemStyle: { color: color.accent },
          data: rows.map((row) => row.waitMinutes),
        },
      ],
    };
  }, [rows, nameOf]);
  const words = rows
    .map((row) => `${nameOf(row.key)} ${row.tickets} 张，等候 ${row.waitMinutes ?? '—'} 分`)
    .join('；');
  return <Chart option={option} height={240} label={`${label}：${words}`} />;
}
