// @vitest-environment jsdom
// The tooltip of a bucket.
import { expect, test } from 'vitest'
import { bucketTooltip } from './tooltip'
import type { Drawing } from './timeSeriesOption'

const drawing: Drawing = {
  series: { points: [{ at: '2026-11-21T00:00:00Z', end: Date.parse('2026-11-22T00:00:00Z'), value: 12_345, previous: 9, previousAt: '2026-11-14T00:00:00Z', isPartial: true }], bucketSeconds: 86_400 },
  name: '<img src=x onerror=alert(1)>', tone: 'bad', shape: 'line', withPrevious: true,
}

test('it names the bucket, the exact value and the bucket before', () => {
  expect(bucketTooltip({ ...drawing, name: 'Friction' }, 0).textContent).toBe('Sat 21 Nov (incomplete)Friction12,345Sat 14 Nov9')
})

test('it has no markup from data and no style attributes', () => {
  const box = bucketTooltip(drawing, 0)
  expect(box.querySelector('img')).toBeNull()
  expect(box.querySelector('[style]')).toBeNull()
})

test('a bucket that is gone leaves it empty', () => {
  expect(bucketTooltip(drawing, 7).textContent).toBe('')
})
