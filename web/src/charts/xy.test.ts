// Which series are drawn, and how.
import { expect, test } from 'vitest'
import { PALETTES } from './palette'
import { withOther, type XyDrawing } from './xy'
import { xyOption } from './xyOption'

test('the largest series stay in their order and the others are added up, gaps left out', () => {
  const series = [1, 50, 2, 40, 30].map((size, index) => ({
    name: `s${index}`,
    values: [size, index === 0 ? null : size],
  }))
  const drawn = withOther(series, 3)
  expect(drawn.map(({ name }) => name)).toEqual(['s1', 's3', 's4', 'Other'])
  expect(drawn.at(-1)?.values).toEqual([3, 2])
  expect(withOther(series, 5)).toEqual(series)
  expect(
    withOther(
      [
        { name: 'a', values: [9] },
        { name: 'b', values: [null] },
      ],
      1,
    ).at(-1)?.values,
  ).toEqual([null])
})

const DRAWING: XyDrawing = {
  shape: 'line',
  labels: ['a', 'b', 'c'],
  series: [
    { name: 'orders', values: [1, null, 3] },
    { name: 'bookings', values: [2, 2, 2] },
  ],
}
type Drawn = {
  yAxis: { scale: boolean }
  series: { type: string; data: (number | null)[]; connectNulls?: boolean; itemStyle: { color: string } }[]
}
const option = (drawing: XyDrawing) => xyOption(drawing, PALETTES.light, () => null as never) as unknown as Drawn

test('lines keep their gaps and bars begin at zero', () => {
  const lines = option(DRAWING)
  expect(lines.series.map(({ type, data, connectNulls }) => [type, data, connectNulls])).toEqual([
    ['line', [1, null, 3], false],
    ['line', [2, 2, 2], false],
  ])
  expect(lines.yAxis.scale).toBe(true)
  const bars = option({ ...DRAWING, shape: 'bar' })
  expect(bars.series.map(({ type }) => type)).toEqual(['bar', 'bar'])
  expect(bars.yAxis.scale).toBe(false)
})

test('each series has a colour of its own', () => {
  const series = Array.from({ length: 7 }, (_, index) => ({ name: String(index), values: [index] }))
  const colors = option({ ...DRAWING, series }).series.map(({ itemStyle }) => itemStyle.color)
  expect(new Set(colors).size).toBe(7)
})
