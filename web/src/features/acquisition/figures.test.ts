// The figures of an answer as they are shown.
import { expect, test } from 'vitest'
import { conversionShare, engagedShare } from '../../lib/engagement'
import type { AcquisitionFigures } from './api'
import { frictionShare } from './figures'

const FIGURES: AcquisitionFigures = {
  sessions: 200,
  visitors: 180,
  page_views: 900,
  engaged_sessions: 150,
  friction_sessions: 30,
  conversions: 11,
  converting_sessions: 10,
  revenue: [],
  median_seconds: 40,
}

test('shares are of sessions: two conversions in one session count once', () => {
  expect([engagedShare(FIGURES), frictionShare(FIGURES), conversionShare(FIGURES)]).toEqual([0.75, 0.15, 0.05])
  expect(conversionShare({ ...FIGURES, sessions: 0, converting_sessions: 0 })).toBeNull()
})
