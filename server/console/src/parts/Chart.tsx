import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type ReactNode, useEffect, useRef } from 'react';
import { color, fontFamily } from '../theme/tokens.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** A chart in the hall's look. `label` says in words what it shows, for those who do not see it. */
export function Chart(props: { option: EChartsCoreOption; height: number; label: string }): ReactNode {
  const { option, height, label } = props;
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  useEffect(() => {
    if (!place.current) return;
    const made = init(place.current, null, { renderer: 'svg' });
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(
      {
        color: [color.primary, color.accent, '#5b8f8c'],
        textStyle: { fontFamily, color: color['ink-2'] },
        animationDuration: 300,
        ...option,
      },
      true,
    );
  }, [option]);
  return <div ref={place} style={{ height }} role="img" aria-label={label} />;
}
