// The page's state in the URL, widths, snapshots and links.
import { expect, test } from 'vitest'
import {
  boundsOf,
  countText,
  parseHeatmapSearch,
  sessionsOf,
  usualWidth,
  widthLabel,
  withLayer,
  withPage,
  withWidth,
} from './model'
import { momentOf, type Shot, shotKey, shownShot, viewportText } from './shots'

test('the address keeps what is meaningful, and a default is left out', () => {
  const search = {
    path: '/checkout',
    device: 'mobile',
    selector: '#pay',
    friction_kind: 'rage_click',
    layer: 'rage',
    width: '480',
    shot: '0193a1b2-0000-7000-8000-000000000004.5400',
    change: 'true',
    open: '#pay',
  }
  expect(parseHeatmapSearch(search)).toEqual({
    path: '/checkout',
    device: 'mobile',
    layer: 'rage',
    width: 480,
    shot: '0193a1b2-0000-7000-8000-000000000004.5400',
    change: true,
    open: '#pay',
  })
  expect(parseHeatmapSearch({ layer: 'clicks', width: 0 })).toEqual({ width: 0 })
  expect(parseHeatmapSearch({ width: 'all' })).toEqual({ width: 'all' })
  expect(parseHeatmapSearch({ layer: 'x', width: 500, shot: '../../x', change: 1, open: '' })).toEqual({})
})

test('another page or width has other snapshots, and another layer other elements', () => {
  const search = parseHeatmapSearch({ path: '/a', layer: 'dead', width: 0, shot: 'x.1', open: '#a' })
  expect(withPage(search, '/b')).toEqual({ path: '/b', layer: 'dead', width: 0 })
  expect(withWidth(search, 768)).toEqual({ path: '/a', layer: 'dead', width: 768 })
  expect(withLayer(search, 'clicks')).toEqual({ path: '/a', width: 0, shot: 'x.1' })
})

test('the class with the most page views is shown first', () => {
  const widths = [
    { from: 0, to: 479, page_views: 40 },
    { from: 480, to: 767, page_views: 90 },
    { from: 768, to: 1_023, page_views: 90 },
  ]
  expect(usualWidth({ widths, page_views: 240 })).toBe(480)
  // 220 of 441 are less than half.
  expect(usualWidth({ widths, page_views: 441 })).toBe('all')
  expect(usualWidth({ widths: [], page_views: 0 })).toBe('all')
  expect(usualWidth({ widths: [{ from: 0, to: 479, page_views: 0 }], page_views: 0 })).toBe('all')
})

test('classes have names and bounds', () => {
  expect([widthLabel(0, 479), widthLabel(480, 767), widthLabel(1_440, null)]).toEqual([
    'Up to 479 px',
    '480–767 px',
    '1440 px and wider',
  ])
  expect(boundsOf(0)).toEqual({ min_width: 0, max_width: 479 })
  expect(boundsOf(1_024)).toEqual({ min_width: 1_024, max_width: 1_439 })
  expect(boundsOf(1_440)).toEqual({ min_width: 1_440 })
  expect(boundsOf('all')).toEqual({})
})

test('sessions are found by the page, and by the element where friction names it', () => {
  const search = { device: 'mobile', period: '30d' } as const
  expect(sessionsOf(search, '/pay', 'clicks', '#pay')).toEqual({ device: 'mobile', period: '30d', path: '/pay' })
  expect(sessionsOf(search, '/pay', 'rage', '#pay')).toEqual({
    device: 'mobile',
    period: '30d',
    path: '/pay',
    selector: '#pay',
    friction_kind: 'rage_click',
  })
  expect(sessionsOf(search, '/pay', 'errors', '#pay')).toEqual({
    device: 'mobile',
    period: '30d',
    path: '/pay',
    selector: '#pay',
  })
})

test('counts have their words', () => {
  expect([countText('clicks', 1), countText('rage', 2), countText('pointer', 12_400)]).toEqual([
    '1 click',
    '2 rage clicks',
    '12.4\u202fk pointer stops',
  ])
})

const END = 60_000
const shot = (offset_ms: number, until_ms = END): Shot => ({
  recording_id: 'r1',
  session_id: 's1',
  at: '2026-11-21T10:00:00Z',
  offset_ms,
  until_ms,
  viewport_width: 390,
  viewport_height: 844,
  document_height: 2_400,
})

test('a snapshot is taken when the page has rendered, and before the next one', () => {
  expect([
    momentOf(shot(5_400)),
    momentOf(shot(5_400, 9_000)),
    momentOf(shot(5_400, 6_000)),
    momentOf(shot(5_400, 5_420)),
  ]).toEqual([6_900, 6_900, 5_900, 5_400])
  expect(momentOf(shot(-300, 100))).toBe(0)
})

test('the chosen snapshot is shown, or else the latest', () => {
  const shots = [shot(9_000), shot(100, 900)]
  expect(shownShot(shots, shotKey(shot(100, 900)))).toBe(shots[1])
  expect(shownShot(shots, 'gone.1')).toBe(shots[0])
  expect(shownShot([], undefined)).toBeUndefined()
  expect([
    viewportText(shot(0)),
    viewportText({ ...shot(0), viewport_height: null }),
    viewportText({ ...shot(0), viewport_width: null }),
  ]).toEqual(['390 × 844', '390 px wide', ''])
})
