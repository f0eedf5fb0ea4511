// Notes by bucket: the edges, several in one, and those outside.
import { expect, test } from 'vitest'
import { marksOf } from './marks'
import type { Series } from './series'

const point = (day: number) => ({
  at: `2026-11-0${day}T00:00:00Z`,
  end: Date.parse(`2026-11-0${day + 1}T00:00:00Z`),
  value: 1,
  previous: null,
  previousAt: null,
  isPartial: false,
})
const series: Series = { points: [point(1), point(2), point(3)], bucketSeconds: 86_400 }

test('a note marks the bucket that it happened in, the first instant included and the last not', () => {
  const notes = [
    { at: '2026-11-03T00:00:00Z', text: 'third' },
    { at: '2026-11-02T23:59:59.999Z', text: 'late on the second' },
    { at: '2026-11-02T00:00:00Z', text: 'second' },
    { at: '2026-11-04T00:00:00Z', text: 'after' },
    { at: '2026-10-31T23:59:59Z', text: 'before' },
  ]
  expect(marksOf(series, notes)).toEqual([
    { index: 1, texts: ['second', 'late on the second'] },
    { index: 2, texts: ['third'] },
  ])
  expect(marksOf({ ...series, points: [] }, notes)).toEqual([])
})
