// An answer that the tests of this page share, worked by hand.
import type { Cohort, VisitorRetention } from '../api'

/** Of 200 visitors 50 came back a week later, and 80 so far the week after; of 100 so far 30; the last week goes on. */
export const FIRST: Cohort = {
  from: '2026-11-02T00:00:00Z',
  to: '2026-11-09T00:00:00Z',
  visitors: 200,
  returned: [200, 50, 80],
  is_last_partial: true,
}
export const SECOND: Cohort = {
  from: '2026-11-09T00:00:00Z',
  to: '2026-11-16T00:00:00Z',
  visitors: 100,
  returned: [100, 30],
  is_last_partial: true,
}
export const LAST: Cohort = {
  from: '2026-11-16T00:00:00Z',
  to: '2026-11-23T00:00:00Z',
  visitors: 0,
  returned: [0],
  is_last_partial: true,
}

export const ANSWER: VisitorRetention = {
  unit: 'week',
  time_zone: 'UTC',
  first: 'visit',
  returning: 'visit',
  by: null,
  groups: [],
  cohorts: [FIRST, SECOND, LAST],
  average: [
    { offset: 0, share: 1, low: 0.9874, high: 1, visitors: 300, returned: 300 },
    { offset: 1, share: 0.25, low: 0.1951, high: 0.3145, visitors: 200, returned: 50 },
  ],
  unattributed_conversions: 0,
}
