// @vitest-environment jsdom
// The tooltip of a bucket.
import { expect, test } from 'vitest'
import { setProjectZone } from '../lib/zone'
import type { Drawing } from './timeSeriesOption'
import { bucketTooltip } from './tooltip'

const drawing: Drawing = {
  series: {
    points: [
      {
        at: '2026-11-21T00:00:00Z',
        end: Date.parse('2026-11-22T00:00:00Z'),
        value: 12_345,
        previous: 9,
        previousAt: '2026-11-14T00:00:00Z',
        isPartial: true,
      },
    ],
    bucketSeconds: 86_400,
  },
  name: '<img src=x onerror=alert(1)>',
  tone: 'bad',
  shape: 'line',
  withPrevious: true,
}

test('it names the bucket, the exact value and the bucket before', () => {
  expect(bucketTooltip({ ...drawing, name: 'Friction' }, 0).textContent).toBe(
    'Sat 21 Nov (incomplete)Friction12,345Sat 14 Nov9',
  )
})

test('an hour has its offset once, also one that clocks show twice', () => {
  setProjectZone('America/New_York')
  const point = {
    at: '2026-11-08T06:00:00Z',
    end: Date.parse('2026-11-08T07:00:00Z'),
    value: 5,
    previous: 9,
    previousAt: '2026-11-01T06:00:00Z',
    isPartial: false,
  }
  const hours = (at: string) =>
    bucketTooltip({ ...drawing, name: 'Friction', series: { points: [{ ...point, at }], bucketSeconds: 3600 } }, 0)
      .textContent
  expect(hours('2026-11-08T06:00:00Z')).toBe('8 Nov, 01:00 GMT-5Friction51 Nov, 01:00 GMT-59')
  expect(hours('2026-11-01T05:00:00Z')).toBe('1 Nov, 01:00 GMT-4Friction51 Nov, 01:00 GMT-59')
  setProjectZone('UTC')
})

test('it has no markup from data and no style attributes', () => {
  const box = bucketTooltip(drawing, 0)
  expect(box.querySelector('img')).toBeNull()
  expect(box.querySelector('[style]')).toBeNull()
})

test('a bucket that is gone leaves it empty', () => {
  expect(bucketTooltip(drawing, 7).textContent).toBe('')
})
