// The option of a time series.
import { expect, test } from 'vitest'
import { PALETTES } from './palette'
import { type Drawing, partialSpans, timeSeriesOption } from './timeSeriesOption'

const points = [5, 7, 9, 2].map((value, index) => ({
  at: `2026-11-0${index + 1}T00:00:00Z`,
  end: Date.UTC(2026, 10, index + 2),
  value,
  previous: value - 1,
  previousAt: null,
  isPartial: index === 3,
}))
const drawing: Drawing = {
  series: { points, bucketSeconds: 86_400 },
  name: 'Visitors',
  tone: 'accent',
  shape: 'line',
  withPrevious: true,
}

type Option = { series: { id: string; name: string; type: string; data: unknown[] }[]; yAxis: { min: number } }
const optionOf = (change: Partial<Drawing>) =>
  timeSeriesOption({ ...drawing, ...change }, PALETTES.light, '#hatch', () =>
    document.createElement('div'),
  ) as unknown as Option

test('the line stops at the last complete bucket and goes on dotted', () => {
  const [previous, line, soFar] = optionOf({}).series
  expect(previous).toMatchObject({ name: 'Previous', data: [4, 6, 8, 1] })
  expect(line?.data).toEqual([5, 7, 9, null])
  expect(soFar?.data).toEqual([null, null, 9, 2])
})

test('every series is known again by its id when figures change', () => {
  const ids = (change: Partial<Drawing>) => optionOf(change).series.map(({ id }) => id)
  expect(ids({})).toEqual(['previous', 'line', 'so far'])
  expect(ids({ withPrevious: false })).toEqual(['line', 'so far'])
  expect(ids({ shape: 'bar' })).toEqual(['previous', 'bars'])
})

test('bars start at zero and hatch the partial bucket', () => {
  const option = optionOf({ shape: 'bar', withPrevious: false })
  expect(option.yAxis.min).toBe(0)
  expect(option.series).toHaveLength(1)
  expect(option.series[0]?.data.slice(0, 3)).toEqual([5, 7, 9])
  expect(option.series[0]?.data[3]).toMatchObject({ value: 2, itemStyle: { decal: expect.anything() } })
})

test('the hatched span reaches from the last complete bucket to the partial one', () => {
  expect(partialSpans(drawing.series)).toEqual([[2, 3]])
  expect(partialSpans({ points: points.slice(0, 3), bucketSeconds: 86_400 })).toEqual([])
  expect(partialSpans({ points: points.slice(3), bucketSeconds: 86_400 })).toEqual([])
})
