// @vitest-environment jsdom
// The option and the tooltip of curves.
import { expect, test } from 'vitest'
import { type CurveDrawing, curvesOption, TONES } from './curves'
import { curvesTooltip } from './curvesTooltip'
import { PALETTES } from './palette'

const DRAWING: CurveDrawing = {
  labels: ['Week 1', 'Week 2', 'Week 3'],
  curves: [
    { name: '2026-11-02', tone: 'faint', points: [{ value: 0.4 }, { value: 0.2 }, null] },
    { name: '2026-11-09', tone: 'faint', points: [{ value: 0.3 }, null, null] },
    {
      name: '<b>All</b>',
      tone: 'first',
      points: [{ value: 0.35, low: 0.3, high: 0.41 }, { value: 0.2, low: 0.1, high: 0.3 }, null],
    },
  ],
}

type Option = {
  series: { id: string; type: string; data: (number | null)[]; stack?: string }[]
  xAxis: { data: string[]; boundaryGap: boolean }
}
const option = curvesOption(DRAWING, PALETTES.light, () => document.createElement('div')) as unknown as Option

test('a curve with intervals has a band from their lower ends, as high as they are', () => {
  expect(option.series.map(({ id }) => id)).toEqual([
    'line faint 2026-11-02',
    'line faint 2026-11-09',
    'low first <b>All</b>',
    'band first <b>All</b>',
    'line first <b>All</b>',
  ])
  const [, , low, band, line] = option.series
  expect([low?.data, line?.data]).toEqual([
    [0.3, 0.1, null],
    [0.35, 0.2, null],
  ])
  expect(band?.data.map((height) => height && Number(height.toFixed(9)))).toEqual([0.11, 0.2, null])
  expect(low?.stack).toBe(band?.stack)
})

test('few labels stand apart from the edges', () => {
  expect([option.xAxis.data, option.xAxis.boundaryGap]).toEqual([['Week 1', 'Week 2', 'Week 3'], false])
  expect(
    (
      curvesOption({ ...DRAWING, labels: ['Week 1'] }, PALETTES.dark, () =>
        document.createElement('div'),
      ) as unknown as Option
    ).xAxis.boundaryGap,
  ).toBe(true)
})

test('the tooltip has the curves that matter with their intervals, the others’ reach, and no markup from data', () => {
  const box = curvesTooltip(DRAWING, 0)
  expect(box.textContent).toBe('Week 1<b>All</b>35.0%30.0% – 41.0%Lowest to highest30.0% – 40.0%')
  expect([curvesTooltip(DRAWING, 1).textContent, curvesTooltip(DRAWING, 9).textContent]).toEqual([
    'Week 2<b>All</b>20.0%10.0% – 30.0%',
    '',
  ])
  expect(box.querySelectorAll('[style]')).toHaveLength(0)
})

test('six curves that matter differ by colour and shape, and what they are together is dashed', () => {
  const points = [{ value: 0.1 }]
  const curves = [...TONES, 'all' as const].map((tone) => ({ name: tone, tone, points }))
  const { series } = curvesOption({ labels: DRAWING.labels, curves }, PALETTES.dark, () =>
    document.createElement('div'),
  ) as { series: { symbol: string; lineStyle: { color: string; type: string } }[] }
  const marked = series.slice(0, -1)
  expect([
    new Set(marked.map(({ lineStyle }) => lineStyle.color)).size,
    new Set(marked.map((it) => it.symbol)).size,
  ]).toEqual([6, 6])
  expect(marked.map(({ lineStyle }) => lineStyle.type)).toEqual(Array(6).fill('solid'))
  expect(series.at(-1)).toMatchObject({ symbol: 'none', lineStyle: { type: 'dashed' } })
})
