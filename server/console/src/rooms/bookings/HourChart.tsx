import { type ReactNode, useMemo } from 'react';
import { Chart } from '../../parts/Chart.tsx';
import { color } from '../../theme/tokens.ts';
import type { HourCount } from './byHour.ts';

export function HourChart({ hours }: { hours: readonly HourCount[] }): ReactNode {
  const option = useMemo(
    () => ({
      grid: { left: 4, right: 4, top: 24, bottom: 24 },
      tooltip: { trigger: 'axis', axisPointer: { type: 'none' }, valueFormatter: (v: number) => `${v} 人` },
      xAxis: {
        type: 'category',
        data: hours.map((each) => each.hour),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: color.line } },
        axisLabel: { color: color['ink-3'] },
      },
      yAxis: { type: 'value', show: false, minInterval: 1 },
      series: [
        {
          name: '预约',
          type: 'bar',
          barMaxWidth: 36,
          data: hours.map((each) => each.count),
          itemStyle: { borderRadius: [3, 3, 0, 0] },
          label: { show: true, position: 'top', color: color['ink-2'] },
        },
      ],
    }),
    [hours],
  );
  const label = `各时段预约：${hours.map((each) => `${each.hour} ${each.count} 人`).join('，')}`;
  return <Chart option={option} height={150} label={label} />;
}
