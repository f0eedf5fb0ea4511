// Builds the ECharts option of a time series: lines or bars, the previous period dashed, partial buckets hatched.
import type { EChartsCoreOption } from 'echarts/core'
import { shortNumber } from '../lib/format'
import { axisLabel } from '../lib/time'
import type { Mark } from './marks'
import type { Palette, Tone } from './palette'
import type { Series } from './series'

export type Drawing = {
  series: Series
  name: string
  tone: Tone
  shape: 'line' | 'bar'
  withPrevious: boolean
  /** Buckets with notes: a line with a flag at its head, and the notes in the tooltip. */
  marks?: Mark[] | undefined
  /** Formats a value in the tooltip; whole numbers by default. */
  format?: ((value: number) => string) | undefined
  /** Formats a value of the axis; abbreviated numbers by default. */
  axis?: ((value: number) => string) | undefined
}

/** `hatch` fills what is partial; `tooltip` draws the box for a bucket. */
export function timeSeriesOption(
  { series, name, tone, shape, withPrevious, marks = [], axis = shortNumber }: Drawing,
  palette: Palette,
  hatch: unknown,
  tooltip: (index: number) => HTMLElement,
): EChartsCoreOption {
  const { points, bucketSeconds } = series
  const color = palette.tone[tone]
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
      data: points.map((point) => axisLabel(point.at, bucketSeconds)),
      boundaryGap: isBar,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.grid } },
      axisLabel: {
        color: palette.axis,
        fontSize: 11,
        hideOverlap: true,
        margin: 10,
        alignMinLabel: isBar ? 'center' : 'left',
        alignMaxLabel: isBar ? 'center' : 'right',
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      minInterval: 1,
      splitNumber: 4,
      axisLabel: { color: palette.axis, fontSize: 11, formatter: axis },
      splitLine: { lineStyle: { color: palette.grid } },
    },
    series: [
      ...(withPrevious ? [previousLine(series, palette, isBar)] : []),
      ...(isBar ? [bars(series, name, color)] : lines(series, name, color, hatch)),
      ...(marks.length > 0 ? [noteLines(series, marks, palette)] : []),
    ],
  }
}

function previousLine({ points }: Series, palette: Palette, isBar: boolean) {
  return {
    id: 'previous',
    name: 'Previous',
    type: 'line',
    data: points.map((point) => point.previous),
    symbol: 'none',
    silent: true,
    z: isBar ? 3 : 1,
    lineStyle: { color: palette.previous, width: 1.5, type: [4, 4] },
  }
}

/** A series without values of its own, for the chart's may change their shape. */
function noteLines({ points }: Series, marks: Mark[], palette: Palette) {
  return {
    id: 'notes',
    type: 'line',
    data: points.map(() => null),
    silent: true,
    tooltip: { show: false },
    markLine: {
      silent: true,
      symbol: ['none', 'triangle'],
      symbolSize: 7,
      symbolRotate: 180,
      label: { show: false },
      lineStyle: { color: palette.axis, width: 1, type: [2, 2] },
      itemStyle: { color: palette.axis },
      data: marks.map(({ index }) => ({ xAxis: index })),
    },
  }
}

function bars({ points }: Series, name: string, color: string) {
  return {
    id: 'bars',
    name,
    type: 'bar',
    barMaxWidth: 28,
    barCategoryGap: '28%',
    itemStyle: { color, borderRadius: [2, 2, 0, 0] },
    data: points.map((point) => (point.isPartial ? { value: point.value, itemStyle: partialBar(color) } : point.value)),
  }
}

function partialBar(color: string) {
  return {
    color: `${color}33`,
    borderColor: color,
    borderWidth: 1,
    decal: { color, dashArrayX: [1, 0], dashArrayY: [1.5, 4], rotation: Math.PI / 4 },
  }
}

function lines({ points }: Series, name: string, color: string, hatch: unknown) {
  const isDotted = points.length < 3
  const common = { type: 'line', symbol: isDotted ? 'circle' : 'none', symbolSize: 6, itemStyle: { color }, z: 2 }
  const areas = partialSpans({ points, bucketSeconds: 0 }).map(([a, b]) => [{ xAxis: a }, { xAxis: b }])
  return [
    {
      ...common,
      id: 'line',
      name,
      data: points.map((point, index) => (isTail(points, index) ? null : point.value)),
      lineStyle: { color, width: 2 },
      areaStyle: { color, opacity: 0.07 },
      markArea: { silent: true, data: areas, itemStyle: { color: hatch } },
    },
    {
      ...common,
      id: 'so far',
      name: `${name} so far`,
      data: points.map((point, index) => (touchesTail(points, index) ? point.value : null)),
      lineStyle: { color, width: 2, type: [2, 3] },
    },
  ]
}

type SeriesPoints = Series['points']

function isTail(points: SeriesPoints, index: number): boolean {
  return points[index]?.isPartial === true
}

/** A partial bucket, or a neighbour of one: the ends of the dotted segments. */
function touchesTail(points: SeriesPoints, index: number): boolean {
  return isTail(points, index) || isTail(points, index - 1) || isTail(points, index + 1)
}

/** The spans between a partial bucket and its complete neighbour, as indexes. */
export function partialSpans({ points }: Series): [number, number][] {
  const last = points.length - 1
  if (last < 1) return []
  const spans: [number, number][] = []
  if (points[0]?.isPartial) spans.push([0, 1])
  if (points[last]?.isPartial && last > 1) spans.push([last - 1, last])
  return spans
}
