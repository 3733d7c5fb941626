import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useApplication } from '../api/application.tsx';
import { useT } from '../i18n/i18n.ts';
import { useShownTheme } from '../i18n/theme.ts';
import type { ReportData } from './report_data.ts';

use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

interface ChartProps {
  data: ReportData;
  kind: 'bar' | 'line' | 'funnel' | 'none';
  onDrill: (filter: string | null) => void;
}

/** Bars and lines; the table beside it says the same to who cannot see it. */
export default function ChartEngine({ data, kind, onDrill }: ChartProps) {
  const t = useT();
  const { formats } = useApplication();
  const theme = useShownTheme();
  const box = useRef<HTMLDivElement>(null);
  const drill = useRef(onDrill);
  drill.current = onDrill;

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const style = getComputedStyle(document.documentElement);
    const token = (name: string) => style.getPropertyValue(name).trim();
    const chart = init(element, null, { renderer: 'svg' });
    const sizes = data.rows.map((row) => row.cells[data.valueAt]?.size ?? 0);
    chart.setOption({
      animationDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
      textStyle: { fontFamily: style.getPropertyValue('--font') },
      grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'axis', backgroundColor: token('--raised'), borderColor: token('--line-2'),
        textStyle: { color: token('--ink'), fontSize: 12 }, axisPointer: { type: 'none' },
        formatter: (given: unknown) => {
          const { dataIndex } = (given as { dataIndex: number }[])[0] ?? { dataIndex: 0 };
          const row = data.rows[dataIndex];
          const holder = document.createElement('div');
          holder.textContent = row ? `${row.name}  ${row.cells[data.valueAt]?.text ?? ''}` : '';
          return holder;
        },
      },
      xAxis: {
        type: 'category', data: data.rows.map(({ name }) => name),
        axisLine: { lineStyle: { color: token('--line-2') } }, axisTick: { show: false },
        axisLabel: { color: token('--ink-3'), fontSize: 12, hideOverlap: true },
      },
      yAxis: {
        type: 'value', splitNumber: 4, splitLine: { lineStyle: { color: token('--line') } },
        axisLabel: {
          color: token('--ink-3'), fontSize: 12,
          formatter: (value: number) => formats.compact(String(value)),
        },
      },
      series: [kind === 'line'
        ? { type: 'line', data: sizes, lineStyle: { width: 2 }, symbolSize: 7,
          itemStyle: { color: token('--c1') } }
        : { type: 'bar', data: sizes, barMaxWidth: 44, cursor: 'pointer',
          itemStyle: { color: token('--c1'), borderRadius: [3, 3, 0, 0] } }],
    });
    element.setAttribute('aria-label', t('report.chart_of', { measure: data.value.label }));
    chart.on('click', ({ dataIndex }) => drill.current(data.rows[dataIndex]?.drill ?? null));
    const grown = new ResizeObserver(() => chart.resize());
    grown.observe(element);
    return () => {
      grown.disconnect();
      chart.dispose();
    };
  }, [data, kind, theme, formats, t]);

  return <div className="chart" ref={box} role="img" />;
}
