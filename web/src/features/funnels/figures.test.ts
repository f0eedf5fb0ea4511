// The figures of an answer as they are shown: ends, friction as rates, times, and the tables.
import { expect, test } from 'vitest'
import {
  answeredLabel,
  droppedShare,
  endsOf,
  type FunnelStep,
  frictionRates,
  groupLabel,
  groupsSheet,
  stepsSheet,
  timeText,
  unitsText,
} from './figures'

const step = (units: number, dropped: number, more: Partial<FunnelStep> = {}): FunnelStep => ({
  label: '/',
  units,
  dropped,
  friction: [],
  ...more,
})

test('the ends are the first and the last step', () => {
  expect(endsOf([step(200, 150), step(50, 0, { share_of_first: 0.25 })])).toEqual({
    entered: 200,
    finished: 50,
    share: 0.25,
  })
  expect(endsOf([step(0, 0), step(0, 0, { share_of_first: null })])).toEqual({ entered: 0, finished: 0, share: null })
})

test('friction is a share of those who dropped and of those who went on, the heaviest first', () => {
  const friction = [
    { kind: 'dead_click', dropped_units: 5, continued_units: 30 },
    { kind: 'rage_click', dropped_units: 20, continued_units: 3 },
    { kind: 'slow_click', dropped_units: 5, continued_units: 45 },
  ]
  const rates = frictionRates(step(200, 50, { friction }))
  expect(rates.map(({ kind, dropped, continued }) => [kind, dropped, continued])).toEqual([
    ['rage_click', 0.4, 0.02],
    ['slow_click', 0.1, 0.3],
    ['dead_click', 0.1, 0.2],
  ])
})

test('there is no share of nobody', () => {
  expect(
    frictionRates(step(10, 10, { friction: [{ kind: 'rage_click', dropped_units: 2, continued_units: 0 }] })),
  ).toMatchObject([{ dropped: 0.2, continued: null }])
  expect([droppedShare(step(0, 0)), droppedShare(step(8, 2))]).toEqual([null, 0.25])
})

test('times are said in words, and of no step before', () => {
  expect(timeText(step(1, 0, { median_seconds: 42, p90_seconds: 190 }))).toBe(
    'Half within 42 s, nine in ten within 3 m 10 s',
  )
  expect(timeText(step(1, 0))).toBeUndefined()
})

test('steps and values have names', () => {
  expect(answeredLabel(step(1, 0), 0, 3)).toBe('/')
  expect([0, 1, 2].map((index) => answeredLabel(step(1, 0, { label: null }), index, 3))).toEqual([
    'At least 1 step',
    'At least 2 different steps',
    'All 3 steps',
  ])
  expect([
    groupLabel({ kind: 'known', value: 'TZ', steps: [] }),
    groupLabel({ kind: 'other', steps: [] }),
    groupLabel({ kind: 'unknown', value: null, steps: [] }),
  ]).toEqual(['TZ', 'All others', 'Unknown'])
  expect([unitsText(1, 'visitor'), unitsText(12_400, 'session')]).toEqual(['1 visitor', '12.4\u202fk sessions'])
})

test('the tables have a row for each step, and for each value', () => {
  const steps = [
    step(200, 150),
    step(50, 0, {
      label: 'Order',
      share_of_first: 0.25,
      share_of_previous: 0.25,
      median_seconds: 42,
      p90_seconds: 190,
    }),
  ]
  expect(stepsSheet({ from: '', to: '', window_seconds: 1, steps, unattributed_events: 0 }, 'visitor').rows).toEqual([
    ['/', 200, undefined, undefined, 150, undefined, undefined],
    ['Order', 50, 0.25, 0.25, 0, 42, 190],
  ])
  expect(groupsSheet([{ kind: 'known', value: 'mobile', steps }], 'device')).toEqual({
    name: 'funnel-by-device',
    header: ['device', '1. /', '2. Order'],
    rows: [['mobile', 200, 50]],
  })
})
