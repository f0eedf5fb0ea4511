// What the time line says about an entry, and whom it hits.
import { expect, test } from 'vitest'
import type { Annotation } from '../../api/annotations'
import { audienceLabel, commonOf, releaseAfter, releaseBefore } from './story'

const note = (at: string, text: string, kind: Annotation['kind'] = 'release') =>
  ({ id: text, at, text, kind }) as Annotation
const NOTES = [
  note('2026-11-14T06:00:00Z', 'Release 8.4.1'),
  note('2026-11-08T04:00:00Z', 'Release 8.4'),
  note('2026-11-08T05:00:00Z', 'Campaign starts', 'note'),
  note('2026-11-01T04:00:00Z', 'Release 8.3'),
]
const NOW = Date.parse('2026-11-16T00:00:00Z')

test('the last release in the day before the first time is named, and no note is', () => {
  expect(releaseBefore('2026-11-08T06:12:00Z', NOTES)?.text).toBe('Release 8.4')
  expect(releaseBefore('2026-11-08T04:00:00Z', NOTES)?.text).toBe('Release 8.4')
  expect(releaseBefore('2026-11-09T04:00:00Z', NOTES)).toBeUndefined()
  expect(releaseBefore('2026-11-08T03:59:00Z', NOTES)).toBeUndefined()
})

test('the first release in the day after the last time is named, once it has happened', () => {
  expect(releaseAfter('2026-11-13T22:00:00Z', NOTES, NOW)?.text).toBe('Release 8.4.1')
  expect(releaseAfter('2026-11-13T05:00:00Z', NOTES, NOW)).toBeUndefined()
  expect(releaseAfter('2026-11-14T07:00:00Z', NOTES, NOW)).toBeUndefined()
  expect(releaseAfter('2026-11-13T22:00:00Z', NOTES, Date.parse('2026-11-14T05:00:00Z'))).toBeUndefined()
})

const counted = (sessions: number, ...rows: [string | null, number][]) => ({
  totals: { sessions },
  rows: rows.map(([value, count]) => ({ value, sessions: count })),
})

test('the most frequent value has its share of those who met it and of all', () => {
  const all = counted(1000, ['Chrome', 600], ['Samsung Internet', 250], [null, 150])
  expect(commonOf(counted(20, ['Samsung Internet', 19], ['Chrome', 1]), all)).toEqual({
    value: 'Samsung Internet',
    share: 0.95,
    usual: 0.25,
    isUnusual: true,
  })
  expect(commonOf(counted(10, ['Chrome', 7]), all)).toMatchObject({ share: 0.7, usual: 0.6, isUnusual: false })
  expect(commonOf(counted(10, [null, 6], ['Opera', 4]), all)).toMatchObject({
    value: 'Opera',
    usual: 0,
    isUnusual: false,
  })
  expect(commonOf(counted(0), all)).toBeUndefined()
  expect(commonOf(counted(3, [null, 3]), all)).toBeUndefined()
})

test('values are named as people name them', () => {
  expect([
    audienceLabel('country', 'KE'),
    audienceLabel('device', 'mobile'),
    audienceLabel('browser', 'Samsung Internet'),
  ]).toEqual(['Kenya', 'Mobile', 'Samsung Internet'])
})
