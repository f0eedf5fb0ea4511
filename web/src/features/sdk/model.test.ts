// Settings as they are read, compared and described.
import { expect, test } from 'vitest'
import { dropLabel, visitLines, whoLine } from './preview'
import { changedFields, readSettings } from './settings'

const DEFAULT = readSettings({})
const textOf = (sent: unknown, key: string) => visitLines(readSettings(sent)).find((line) => line.key === key)?.text

test('what is not said is the default, and nonsense counts as not said', () => {
  expect(DEFAULT.thresholds).toMatchObject({ rage_min_clicks: 3, dead_after_ms: 3_000, error_max_sends: 5 })
  expect(DEFAULT.signals).toMatchObject({ pageview: true, move: false, thrashing: false })
  expect(readSettings({ signals: { click: 'yes' }, thresholds: null, consent: 'perhaps' })).toEqual(DEFAULT)
})

test('a change is named as the server names the field', () => {
  const changed = readSettings({
    signals: { form_validation_error: false },
    thresholds: { rage_min_clicks: 4 },
    consent: 'none',
  })
  expect(changedFields(DEFAULT, changed)).toEqual([
    'signals.form_validation_error',
    'thresholds.rage_min_clicks',
    'consent',
  ])
  expect(changedFields(DEFAULT, readSettings(DEFAULT))).toEqual([])
})

test('the preview follows the thresholds', () => {
  expect(textOf({ thresholds: { rage_min_clicks: 5, rage_window_ms: 500 } }, 'rage_click')).toBe(
    'A rage click after 5 clicks within 500 ms, at most 30 px apart.',
  )
  expect(textOf({ thresholds: { dead_after_ms: 7_000 } }, 'dead_click')).toBe(
    'A dead click if the page does not respond within 7 s.',
  )
  expect(textOf({ signals: { form_validation_error: false } }, 'form_validation_error')).toBe('No form errors.')
})

test('a share of nothing sends nothing', () => {
  expect(textOf({ signals: { move: true }, sampling: { move_share: 0 } }, 'move')).toBe('No pointer moves.')
  expect(textOf({ signals: { move: true }, sampling: { move_share: 0.125 } }, 'move')).toContain('12.5% of pages')
})

test('recordings are shown with what starts them', () => {
  expect(visitLines(DEFAULT).find(({ key }) => key === 'recording')?.isSent).toBe(false)
  const sent = { sampling: { recording_share: 0.05 }, recording: { record_on_error: true, record_urls: ' /checkout ' } }
  expect(textOf(sent, 'recording')).toBe(
    'A masked recording in 5% of sessions, on /checkout, around errors, if the visitor consented.',
  )
  expect(changedFields(DEFAULT, readSettings({ recording: { screenshots: true } }))).toEqual(['recording.screenshots'])
})

test('what recordings hold beside the page is listed where visits may be recorded', () => {
  expect([DEFAULT.recording.record_console, DEFAULT.recording.record_requests]).toEqual([false, true])
  expect(visitLines(DEFAULT).filter(({ key }) => key === 'console' || key === 'requests')).toEqual([])
  const lines = visitLines(readSettings({ recording: { record_on_error: true } }))
  expect(lines.flatMap(({ key, isSent }) => (key === 'console' || key === 'requests' ? [[key, isSent]] : []))).toEqual([
    ['console', false],
    ['requests', true],
  ])
  const changed = { recording: { record_by_page: true, record_console: true, record_requests: false } }
  expect(textOf(changed, 'console')).toContain('personal data masked')
  expect(textOf(changed, 'requests')).toBe('No requests in recordings.')
  expect(changedFields(DEFAULT, readSettings(changed))).toEqual([
    'recording.record_console',
    'recording.record_requests',
    'recording.record_by_page',
  ])
})

test('who sends depends on sampling and consent', () => {
  expect(whoLine(DEFAULT)).toBe('Every session sends, with a visitor id stored on the device:')
  expect(whoLine(readSettings({ sampling: { session_share: 0.1 }, consent: 'none' }))).toBe(
    '10% of sessions send, with nothing stored on the device:',
  )
  expect(visitLines(readSettings({ consent: 'denied' }))[0]?.isSent).toBe(false)
})

test('reasons of drops are said, also those of answers', () => {
  expect(dropLabel('queue_expired')).toBe('Not sent within seven days')
  expect(dropLabel('http_413')).toBe('Server responded with 413')
  expect(dropLabel('in_the_future')).toBe('More than 24 h in the future')
})
