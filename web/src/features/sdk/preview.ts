// The events a visit sends with given settings, in words; pure.
import type { Settings } from './settings'

export type Line = { key: string; text: string; isSent: boolean }

/** A line for every signal: what is sent and when, or that it is not. */
export function visitLines(settings: Settings): Line[] {
  const { signals, thresholds: limit, sampling, consent } = settings
  const lines = [...linesOf(signals, limit, sampling), recordingLine(settings), pictureLine(settings)]
  if (consent === 'denied') return [{ key: 'consent', text: 'Nothing, until the page says that the visitor agreed. Then:', isSent: false }, ...lines]
  return lines
}

function recordingLine({ sampling, recording }: Settings): Line {
  const when = [
    sampling.recording_share > 0 ? `in ${share(sampling.recording_share)} of sessions` : '',
    recording.record_urls.trim() ? `on ${recording.record_urls.trim()}` : '',
    recording.record_on_friction ? 'around friction' : '',
    recording.record_on_error ? 'around errors' : '',
  ].filter(Boolean)
  const isSent = when.length > 0
  return { key: 'recording', isSent, text: isSent ? `A masked recording ${when.join(', ')}, of visitors who agreed.` : 'No recordings, unless a page’s tag asks for them.' }
}

function pictureLine({ recording }: Settings): Line {
  return { key: 'screenshots', isSent: recording.screenshots, text: recording.screenshots ? 'A masked picture of the screen with friction, of visitors who agreed.' : 'No pictures.' }
}

function linesOf(signals: Settings['signals'], limit: Settings['thresholds'], sampling: Settings['sampling']): Line[] {
  const line = (key: string, isSent: boolean, sent: string, not: string): Line => ({ key, text: isSent ? sent : not, isSent })
  return [
    line('pageview', signals.pageview, 'A pageview for every document and route.', 'No page views: sessions and pages are not counted.'),
    line('click', signals.click, 'A click with its place on page and element.', 'No clicks: heatmaps stay empty.'),
    line('rage_click', signals.rage_click, `A rage_click after ${limit.rage_min_clicks} clicks within ${seconds(limit.rage_window_ms)}, at most ${limit.rage_radius_px} px apart.`, 'No rage clicks.'),
    line('dead_click', signals.dead_click, `A dead_click when nothing answers within ${seconds(limit.dead_after_ms)}.`, 'No dead clicks.'),
    line('slow_click', signals.slow_click && limit.slow_until_ms > limit.dead_after_ms, `A slow_click when the answer comes later than that, until ${seconds(limit.slow_until_ms)}.`, 'No slow clicks.'),
    line('error_click', signals.error_click, `An error_click when an error comes within ${seconds(limit.error_after_ms)} of a click.`, 'No error clicks.'),
    line('javascript_error', signals.javascript_error, `A javascript_error, each at most ${times(limit.error_max_sends)} a page.`, 'No script errors.'),
    line('unhandled_rejection', signals.unhandled_rejection, 'An unhandled_rejection for a promise that fails unheard.', 'No unhandled rejections.'),
    line('performance', signals.performance, 'The web vitals of every page, when it is left.', 'No web vitals.'),
    line('form_validation_error', signals.form_validation_error, 'A form_validation_error with the field’s name.', 'No form errors.'),
    line('scroll', signals.scroll, 'How far every page was scrolled.', 'No scroll depth.'),
    line('move', signals.move && sampling.move_share > 0 && limit.move_max > 0, `Pointer moves of ${share(sampling.move_share)} of pages, one every ${seconds(limit.move_every_ms)}, at most ${limit.move_max} a page.`, 'No pointer moves.'),
    line('thrashing', signals.thrashing, `A thrashing after ${limit.thrashing_turns} turns of the pointer.`, 'No thrashing.'),
  ]
}

/** Whom the lines are about. */
export function whoLine({ sampling, consent }: Settings): string {
  const who = sampling.session_share >= 1 ? 'Every session' : sampling.session_share <= 0 ? 'No session' : `${share(sampling.session_share)} of sessions`
  const how = { granted: 'with a visitor id kept on the device', none: 'with nothing stored on the device', denied: 'once the visitor agreed' }[consent]
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
  queue_expired: 'Waited longer than seven days',
  too_large: 'Too large for a request',
}

/** Why events were given up, in words. */
export function dropLabel(reason: string): string {
  const status = /^http_(\d+)$/.exec(reason)?.[1]
  return status ? `The server answered ${status}` : (DROPS[reason] ?? reason.replaceAll('_', ' '))
}
