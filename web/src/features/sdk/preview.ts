// The events a visit sends with given settings, in words; pure.
import { reasonLabel } from '../../lib/words'
import type { Settings } from './settings'

export type Line = { key: string; text: string; isSent: boolean }

/** A line for every signal: what is sent and when, or that it is not. */
export function visitLines(settings: Settings): Line[] {
  const { signals, thresholds: limit, sampling, consent } = settings
  const lines = [...linesOf(signals, limit, sampling), ...recordingLines(settings), screenshotLine(settings)]
  if (consent === 'denied')
    return [{ key: 'consent', text: 'Nothing until the visitor consents. Then:', isSent: false }, ...lines]
  return lines
}

/** Whether and when a visit is recorded, and what its recording holds beside the page. */
function recordingLines({ sampling, recording }: Settings): Line[] {
  const when = [
    sampling.recording_share > 0 ? `in ${share(sampling.recording_share)} of sessions` : '',
    recording.record_urls.trim() ? `on ${recording.record_urls.trim()}` : '',
    recording.record_on_friction ? 'around friction' : '',
    recording.record_on_error ? 'around errors' : '',
  ].filter(Boolean)
  const isSent = when.length > 0
  const recorded: Line = {
    key: 'recording',
    isSent,
    text: isSent
      ? `A masked recording ${when.join(', ')}, if the visitor consented.`
      : recording.record_by_page
        ? 'No recordings, unless a page’s script tag switches them on.'
        : 'No recordings.',
  }
  if (!isSent && !recording.record_by_page) return [recorded]
  const { record_console, record_requests } = recording
  return [
    recorded,
    {
      key: 'console',
      isSent: record_console,
      text: record_console
        ? 'In recordings what the page prints to the console, personal data masked.'
        : 'No console output in recordings.',
    },
    {
      key: 'requests',
      isSent: record_requests,
      text: record_requests
        ? 'In recordings the requests that fail or take 3 s or more, without their content.'
        : 'No requests in recordings.',
    },
  ]
}

function screenshotLine({ recording }: Settings): Line {
  return {
    key: 'screenshots',
    isSent: recording.screenshots,
    text: recording.screenshots ? 'A masked screenshot on friction, if the visitor consented.' : 'No screenshots.',
  }
}

function linesOf(signals: Settings['signals'], limit: Settings['thresholds'], sampling: Settings['sampling']): Line[] {
  const line = (key: string, isSent: boolean, sent: string, not: string): Line => ({
    key,
    text: isSent ? sent : not,
    isSent,
  })
  return [
    line(
      'pageview',
      signals.pageview,
      'A page view for every page and route.',
      'No page views: sessions and pages are not counted.',
    ),
    line(
      'click',
      signals.click,
      'Clicks with their position on the page and the element.',
      'No clicks: heatmaps stay empty.',
    ),
    line(
      'rage_click',
      signals.rage_click,
      `A rage click after ${limit.rage_min_clicks} clicks within ${seconds(limit.rage_window_ms)}, at most ${limit.rage_radius_px} px apart.`,
      'No rage clicks.',
    ),
    line(
      'dead_click',
      signals.dead_click,
      `A dead click if the page does not respond within ${seconds(limit.dead_after_ms)}.`,
      'No dead clicks.',
    ),
    line(
      'slow_click',
      signals.slow_click && limit.slow_until_ms > limit.dead_after_ms,
      `A slow click if the page responds later than that, but within ${seconds(limit.slow_until_ms)}.`,
      'No slow clicks.',
    ),
    line(
      'error_click',
      signals.error_click,
      `An error click if an error follows within ${seconds(limit.error_after_ms)}.`,
      'No error clicks.',
    ),
    line(
      'javascript_error',
      signals.javascript_error,
      `JavaScript errors, each at most ${times(limit.error_max_sends)} per page.`,
      'No JavaScript errors.',
    ),
    line(
      'unhandled_rejection',
      signals.unhandled_rejection,
      'Unhandled rejections: failed promises that no code handles.',
      'No unhandled rejections.',
    ),
    line(
      'performance',
      signals.performance,
      'The web vitals of every page, when the visitor leaves it.',
      'No web vitals.',
    ),
    line(
      'form_validation_error',
      signals.form_validation_error,
      'Form errors with the name of the field.',
      'No form errors.',
    ),
    line('form', signals.form, 'How far visitors get in each form, by the names of its fields.', 'Nothing of forms.'),
    line('scroll', signals.scroll, 'The scroll depth of every page.', 'No scroll depth.'),
    line(
      'move',
      signals.move && sampling.move_share > 0 && limit.move_max > 0,
      `Pointer moves on ${share(sampling.move_share)} of pages, one every ${seconds(limit.move_every_ms)}, at most ${limit.move_max} per page.`,
      'No pointer moves.',
    ),
    line(
      'thrashing',
      signals.thrashing,
      `Thrashing after ${limit.thrashing_turns} changes of direction.`,
      'No thrashing.',
    ),
  ]
}

/** Whom the lines are about. */
export function whoLine({ sampling, consent }: Settings): string {
  const who =
    sampling.session_share >= 1
      ? 'Every session'
      : sampling.session_share <= 0
        ? 'No session'
        : `${share(sampling.session_share)} of sessions`
  const how = {
    granted: 'with a visitor id stored on the device',
    none: 'with nothing stored on the device',
    denied: 'after the visitor consents',
  }[consent]
  return `${who} ${sampling.session_share > 0 && sampling.session_share < 1 ? 'send' : 'sends'}, ${how}:`
}

export function share(value: number): string {
  return `${Number((value * 100).toFixed(2))}%`
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${Number((ms / 1_000).toFixed(2))} s`
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

const DROPS: Record<string, string> = {
  queue_overflow: 'The browser’s queue was full',
  queue_expired: 'Not sent within seven days',
  too_large: 'Too large for a request',
  consent: 'Visitor withdrew consent',
  other: 'Other reasons',
}

/** Why events were given up, in words. */
export function dropLabel(reason: string): string {
  const status = /^http_(\d+)$/.exec(reason)?.[1]
  return status ? `Server responded with ${status}` : (DROPS[reason] ?? reasonLabel(reason))
}
