// What counts as the same friction, which visits come after one, and when a recording shows it.
import { describe, expect, test } from 'vitest'
import { filterOf, firstShown, frictionAt, frictionOf, isSame, searchedPeriod, visitsAfter } from './friction'
import type { Friction } from './search'

const START = Date.parse('2026-11-24T12:00:00Z')
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString()
const event = (seconds: number, more: object = {}) => ({
  id: `e${seconds}`,
  occurred_at: at(seconds),
  category: 'friction',
  name: 'rage_click',
  path: '/checkout',
  element_selector: '#pay',
  element_text: 'Pay now',
  severity: 'high',
  ...more,
})
const PAY: Friction = { friction_kind: 'rage_click', selector: '#pay' }

describe('the same friction', () => {
  test('is of a kind on an element, of an error group, or of a kind on a page', () => {
    expect(frictionOf(event(0))).toEqual(PAY)
    expect(frictionOf(event(0, { name: 'unhandled_rejection', error_group: 'v1:ab' }))).toEqual({
      friction_kind: 'unhandled_rejection',
      error_group: 'v1:ab',
    })
    expect(frictionOf(event(0, { name: 'thrashing', element_selector: null }))).toEqual({
      friction_kind: 'thrashing',
      path: '/checkout',
    })
    expect(frictionOf(event(0, { name: 'thrashing', element_selector: null, path: null }))).toBeUndefined()
    expect(frictionOf(event(0, { category: 'heatmap', name: 'click' }))).toBeUndefined()
    expect(frictionOf(event(0, { name: 'failed_request' }))).toBeUndefined()
  })

  test('has both the kind and the element, but an error group is one whatever its kind', () => {
    expect(isSame(PAY, { ...PAY })).toBe(true)
    expect(isSame(PAY, { ...PAY, friction_kind: 'dead_click' })).toBe(false)
    expect(isSame(PAY, { ...PAY, selector: '#search' })).toBe(false)
    expect(isSame(PAY, undefined)).toBe(false)
    expect(isSame({ friction_kind: 'thrashing', path: '/' }, { friction_kind: 'thrashing', selector: '#pay' })).toBe(
      false,
    )
    const thrown: Friction = { friction_kind: 'javascript_error', error_group: 'v1:ab' }
    expect(isSame(thrown, { friction_kind: 'unhandled_rejection', error_group: 'v1:ab' })).toBe(true)
    expect(isSame(thrown, { friction_kind: 'javascript_error', error_group: 'v1:cd' })).toBe(false)
    expect(filterOf(thrown)).toEqual({ error_group: 'v1:ab' })
    expect(filterOf(PAY)).toEqual(PAY)
  })
})

describe('the visits after one', () => {
  const visit = (session_id: string, seconds: number) => ({ session_id, started_at: at(seconds) })
  const list = [visit('d', 40), visit('c', 30), visit('b', 30), visit('a', 10)]

  test('follow it in the list, also where two began together', () => {
    expect(visitsAfter(list, visit('c', 30)).map(({ session_id }) => session_id)).toEqual(['b', 'a'])
    expect(visitsAfter(list, visit('a', 10))).toEqual([])
  })

  test('are those that began earlier where the page does not have it', () => {
    expect(visitsAfter(list, visit('x', 35)).map(({ session_id }) => session_id)).toEqual(['c', 'b', 'a'])
    expect(visitsAfter(list, visit('x', 5))).toEqual([])
  })

  test('are of the 30 days before it; those that began earlier may go on for a day, but not past now', () => {
    expect(searchedPeriod({ started_at: at(0) }, START + 90 * 86_400_000)).toEqual({
      from: '2026-10-25T12:00:00Z',
      to: '2026-11-25T12:00:00Z',
    })
    expect(searchedPeriod({ started_at: at(0) }, START + 60_000)).toEqual({
      from: '2026-10-25T12:00:00Z',
      to: '2026-11-24T12:02:00Z',
    })
    expect(searchedPeriod({ started_at: at(0) }, START - 3_600_000).to).toBe('2026-11-24T12:00:01Z')
  })
})

describe('the moment', () => {
  const recording = (id: string, seconds: number, duration_seconds: number) => ({
    id,
    started_at: at(seconds),
    duration_seconds,
  })

  test('is the first that a recording shows, a few seconds before', () => {
    const recordings = [recording('late', 300, 60), recording('early', 100, 60)]
    expect(firstShown(recordings, [event(20), event(131.7), event(310)], PAY)).toEqual({
      recordingId: 'early',
      seconds: 28,
    })
    expect(firstShown(recordings, [event(20), event(310)], PAY)).toEqual({ recordingId: 'late', seconds: 7 })
    expect(firstShown(recordings, [event(101)], PAY)).toEqual({ recordingId: 'early', seconds: 0 })
  })

  test('is none where the friction is another, was answered, or was not recorded', () => {
    const recordings = [recording('r', 0, 60)]
    expect(
      firstShown(
        recordings,
        [
          event(10, { element_selector: '#search' }),
          event(11, { name: 'dead_click' }),
          event(12, { severity: 'low' }),
          event(90),
        ],
        PAY,
      ),
    ).toBeUndefined()
    expect(firstShown([], [event(10)], PAY)).toBeUndefined()
  })

  test('at a position is the one reached last, before any the first', () => {
    const moment = (seconds: number, more: object = {}) => ({
      event: event(seconds, more),
      ms: seconds * 1_000,
      tone: 'warn' as const,
      label: '',
      detail: '',
    })
    const moments = [
      moment(5, { name: 'failed_request' }),
      moment(10, { name: 'dead_click' }),
      moment(20),
      moment(30, { name: 'failed_request' }),
    ]
    expect(frictionAt(moments, 0)?.friction_kind).toBe('dead_click')
    expect(frictionAt(moments, 19_000)?.friction_kind).toBe('dead_click')
    expect(frictionAt(moments, 40_000)).toEqual(PAY)
    expect(frictionAt([moment(5, { name: 'failed_request' })], 9_000)).toBeUndefined()
  })
})
