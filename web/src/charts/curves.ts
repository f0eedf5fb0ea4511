// The option of curves of shares by how long ago something was: at most six that matter, with their intervals, one of all together, and faint ones behind.
import type { EChartsCoreOption } from 'echarts/core'
import { percent } from '../lib/format'
import type { Palette } from './palette'

export type CurvePoint = { /** A share between 0 and 1. */ value: number; low?: number; high?: number }

/** The colours of curves that matter, in their order, and their shapes. */
export const TONES = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'arrow', 'emptyCircle']

export type Curve = {
  name: string
  /** One of those that matter, what they are together, or one of many behind them. */
  tone: (typeof TONES)[number] | 'all' | 'faint'
  /** One for each label; nothing where none is known. */
  points: (CurvePoint | null)[]
}

export type CurveDrawing = { labels: string[]; curves: Curve[] }

/** `tooltip` draws the box for a label. */
export function curvesOption(
  { labels, curves }: CurveDrawing,
  palette: Palette,
  tooltip: (index: number) => HTMLElement,
): EChartsCoreOption {
  const isDotted = labels.length < 3
  return {
    animationDuration: 120,
    animationDurationUpdate: 120,
    grid: { left: 4, right: 16, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: 'transparent',
      borderWidth: 0,
      padding: 0,
      transitionDuration: 0,
      extraCssText: 'box-shadow:none',
      axisPointer: { type: 'line', lineStyle: { color: palette.previous, type: 'solid' } },
      formatter: (params: { dataIndex: number }[]) => tooltip(params[0]?.dataIndex ?? 0),
    },
    xAxis: {
      type: 'category',
      data: labels,
      boundaryGap: isDotted,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.grid } },
      axisLabel: { color: palette.axis, fontSize: 11, hideOverlap: true, margin: 10 },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 4,
      axisLabel: { color: palette.axis, fontSize: 11, formatter: axisPercent },
      splitLine: { lineStyle: { color: palette.grid } },
    },
    series: curves.flatMap((curve) => [...band(curve, palette), line(curve, palette, isDotted)]),
  }
}

/** "20%", "2.5%": whole ones without digits. */
function axisPercent(share: number): string {
  return percent(share).replace('.0%', '%')
}

function colorOf(tone: Curve['tone'], palette: Palette): string {
  if (tone === 'faint') return palette.previous
  return (tone === 'all' ? undefined : palette.categories[TONES.indexOf(tone)]) ?? palette.axis
}

function line({ name, tone, points }: Curve, palette: Palette, isDotted: boolean) {
  const color = colorOf(tone, palette)
  const isFaint = tone === 'faint'
  const isMarked = tone !== 'all' && tone !== 'faint'
  return {
    id: `line ${tone} ${name}`,
    name,
    type: 'line',
    data: points.map((point) => point?.value ?? null),
    symbol: isMarked ? SYMBOLS[TONES.indexOf(tone)] : isDotted && !isFaint ? 'emptyCircle' : 'none',
    symbolSize: isDotted ? 8 : 5,
    silent: isFaint,
    itemStyle: { color },
    lineStyle: isFaint
      ? { color, width: 1, opacity: 0.35 }
      : { color, width: isMarked ? 2 : 1.5, type: isMarked ? 'solid' : 'dashed' },
    z: isFaint ? 1 : 3,
  }
}

/** From the lower end of the intervals, an area as high as they are. */
function band({ name, tone, points }: Curve, palette: Palette) {
  if (points.every((point) => point?.low === undefined)) return []
  const common = {
    type: 'line',
    stack: `band ${name}`,
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    z: 2,
    tooltip: { show: false },
  }
  return [
    { ...common, id: `low ${tone} ${name}`, data: points.map((point) => point?.low ?? null) },
    {
      ...common,
      id: `band ${tone} ${name}`,
      data: points.map((point) =>
        point?.low === undefined || point.high === undefined ? null : point.high - point.low,
      ),
      areaStyle: { color: colorOf(tone, palette), opacity: 0.14 },
    },
  ]
}
