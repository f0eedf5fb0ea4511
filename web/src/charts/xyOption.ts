// Builds the ECharts option of several series over names: lines or bars, gaps stay gaps, bars from zero.
import type { EChartsCoreOption } from 'echarts/core'
import { shortNumber } from '../lib/format'
import type { Palette } from './palette'
import type { XyDrawing } from './xy'

/** `tooltip` draws the box of one name. */
export function xyOption(
  { shape, labels, series }: XyDrawing,
  palette: Palette,
  tooltip: (index: number) => HTMLElement,
): EChartsCoreOption {
  const isBar = shape === 'bar'
  return {
    animationDuration: 120,
    animationDurationUpdate: 120,
    grid: { left: 4, right: 12, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: 'transparent',
      borderWidth: 0,
      padding: 0,
      transitionDuration: 0,
      extraCssText: 'box-shadow:none',
      axisPointer: isBar
        ? { type: 'shadow', shadowStyle: { color: palette.grid, opacity: 0.6 } }
        : { type: 'line', lineStyle: { color: palette.previous, type: 'solid' } },
      formatter: (params: { dataIndex: number }[]) => tooltip(params[0]?.dataIndex ?? 0),
    },
    xAxis: {
      type: 'category',
      data: labels,
      boundaryGap: isBar,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.grid } },
      axisLabel: { color: palette.axis, fontSize: 11, hideOverlap: true, margin: 10, width: 120, overflow: 'truncate' },
    },
    yAxis: {
      type: 'value',
      scale: !isBar,
      splitNumber: 4,
      axisLabel: { color: palette.axis, fontSize: 11, formatter: shortNumber },
      splitLine: { lineStyle: { color: palette.grid } },
    },
    series: series.map(({ name, values }, index) => {
      const color = palette.categories[index] ?? palette.previous
      const common = { id: String(index), name, data: values, itemStyle: { color } }
      if (isBar) return { ...common, type: 'bar', barMaxWidth: 28, barCategoryGap: '28%' }
      return {
        ...common,
        type: 'line',
        symbol: values.length < 3 ? 'circle' : 'none',
        symbolSize: 6,
        connectNulls: false,
        lineStyle: { color, width: 2 },
      }
    }),
  }
}
