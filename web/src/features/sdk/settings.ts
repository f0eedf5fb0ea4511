// The settings of the browser SDK: their fields with words, limits and defaults, as the server has them; pure.

export const SIGNALS = [
  { name: 'pageview', label: 'Page views', help: 'Documents and single-page routes.' },
  { name: 'click', label: 'Clicks', help: 'Where on a page and on which element, for heatmaps.' },
  { name: 'scroll', label: 'Scroll depth', help: 'How far a page was scrolled.' },
  { name: 'move', label: 'Pointer moves', help: 'Where the pointer rests, for heatmaps.' },
  { name: 'performance', label: 'Web vitals', help: 'LCP, INP, CLS, FCP, TTFB, TTI and the load time.' },
  { name: 'rage_click', label: 'Rage clicks', help: 'Quick clicks on the same place.' },
  { name: 'dead_click', label: 'Dead clicks', help: 'Clicks that nothing responds to.' },
  { name: 'slow_click', label: 'Slow clicks', help: 'Clicks that something responds to late.' },
  { name: 'error_click', label: 'Error clicks', help: 'Clicks that led to an error.' },
  { name: 'javascript_error', label: 'Script errors', help: 'What a script of the page throws.' },
  { name: 'unhandled_rejection', label: 'Unhandled rejections', help: 'Promises that fail with nobody to notice.' },
  { name: 'form_validation_error', label: 'Form errors', help: 'Which field was refused, never its value.' },
  { name: 'thrashing', label: 'Thrashing', help: 'The pointer moved back and forth without a click.' },
] as const

export const THRESHOLDS = [
  { name: 'rage_min_clicks', of: 'rage_click', label: 'Clicks of a rage click', unit: 'clicks', least: 2, most: 20, usual: 3 },
  { name: 'rage_window_ms', of: 'rage_click', label: 'Within', unit: 'ms', least: 100, most: 10_000, usual: 1_000 },
  { name: 'rage_radius_px', of: 'rage_click', label: 'At most apart', unit: 'px', least: 1, most: 500, usual: 30 },
  { name: 'dead_after_ms', of: 'dead_click', label: 'Report a dead click after', unit: 'ms', least: 500, most: 30_000, usual: 3_000 },
  { name: 'slow_until_ms', of: 'slow_click', label: 'Slow with an answer until', unit: 'ms', least: 500, most: 60_000, usual: 7_000 },
  { name: 'answer_scroll_ms', of: 'dead_click', label: 'A scroll answers within', unit: 'ms', least: 0, most: 10_000, usual: 100 },
  { name: 'answer_focus_ms', of: 'dead_click', label: 'A focus change answers within', unit: 'ms', least: 0, most: 10_000, usual: 1_000 },
  { name: 'error_after_ms', of: 'error_click', label: 'An error is a click’s within', unit: 'ms', least: 0, most: 10_000, usual: 1_000 },
  { name: 'error_max_sends', of: 'javascript_error', label: 'One error a page at most', unit: 'times', least: 1, most: 100, usual: 5 },
  { name: 'move_every_ms', of: 'move', label: 'A move at most every', unit: 'ms', least: 50, most: 60_000, usual: 500 },
  { name: 'move_max', of: 'move', label: 'Moves of a page at most', unit: 'moves', least: 0, most: 10_000, usual: 100 },
  { name: 'thrashing_turns', of: 'thrashing', label: 'Turns of the pointer', unit: 'turns', least: 3, most: 50, usual: 5 },
] as const

export const SHARES = [
  { name: 'session_share', label: 'Sessions', help: 'Of all sessions, so many send anything.', usual: 1 },
  { name: 'move_share', label: 'Pages with pointer moves', help: 'Of pages whose moves would be sent.', usual: 1 },
  { name: 'recording_share', label: 'Recorded sessions', help: 'Of sessions of visitors who agreed.', usual: 0 },
] as const

export const MASKS = [
  { name: 'ignore', label: 'Ignore', help: 'Changes here answer no click: tickers, carousels, clocks.', example: '.ticker, [data-live]' },
  { name: 'mask', label: 'Mask', help: 'Texts here are never sent as they are.', example: '.account-number' },
  { name: 'unmask', label: 'Show in recordings', help: 'Texts here are shown in recordings; all others are masked.', example: 'nav, h1, .price' },
  { name: 'block', label: 'Leave out of recordings', help: 'An empty box stands in for these.', example: '.chat' },
  { name: 'query_parameters', label: 'Keep from page URLs', help: 'Query parameters to keep, separated by spaces, besides utm_*. All others are removed. End one with * to keep all that begin so.', example: 'lang category filter_*' },
] as const

export const RECORDING_SWITCHES = [
  { name: 'record_on_friction', label: 'Record around friction', help: 'From half a minute before a friction event on.' },
  { name: 'record_on_error', label: 'Record around errors', help: 'From half a minute before a script error on.' },
  { name: 'screenshots', label: 'Take a screenshot on friction', help: 'A masked screenshot with friction events, three a page at most.' },
  { name: 'record_by_page', label: 'Let pages decide', help: 'A script tag may switch recording on as well. Without this, only what is on here is taken.' },
] as const

export const RECORDING_BUDGETS = [
  { name: 'recording_max_kib', label: 'A page records at most', unit: 'KiB', least: 64, most: 102_400, usual: 10_240 },
  { name: 'recording_cpu_percent', label: 'Pause above', unit: '% of ten seconds', least: 1, most: 100, usual: 10 },
] as const

export const CONSENTS = [
  { value: 'granted', label: 'Granted', help: 'Visitors are followed until they object.' },
  { value: 'none', label: 'Without storage', help: 'Nothing is stored on the device until they agree; until then they are counted by a hash that changes every day.' },
  { value: 'denied', label: 'Denied', help: 'Nothing is sent until they agree.' },
] as const

export type SignalName = (typeof SIGNALS)[number]['name']
export type ThresholdName = (typeof THRESHOLDS)[number]['name']
export type ShareName = (typeof SHARES)[number]['name']
export type RecordingSwitch = (typeof RECORDING_SWITCHES)[number]['name']
export type RecordingBudget = (typeof RECORDING_BUDGETS)[number]['name']
export type MaskName = (typeof MASKS)[number]['name']
export type Consent = (typeof CONSENTS)[number]['value']

export type Settings = {
  signals: Record<SignalName, boolean>
  thresholds: Record<ThresholdName, number>
  sampling: Record<ShareName, number>
  recording: Record<RecordingSwitch, boolean> & Record<RecordingBudget, number> & { record_urls: string }
  masking: Record<MaskName, string>
  consent: Consent
}

/** Signals that are off unless they are switched on. */
const OFF: readonly string[] = ['move', 'thrashing']

/** The server's settings, with defaults for missing and unknown values. */
export function readSettings(sent: unknown): Settings {
  const groups = objectOf(sent)
  const read = <T>(group: string, name: string, otherwise: T): T => {
    const value = objectOf(groups[group])[name]
    return typeof value === typeof otherwise ? (value as T) : otherwise
  }
  const collect = <N extends string, T>(fields: readonly { name: N }[], value: (name: N) => T) => Object.fromEntries(fields.map(({ name }) => [name, value(name)])) as Record<N, T>
  return {
    signals: collect(SIGNALS, (name) => read('signals', name, !OFF.includes(name))),
    thresholds: Object.fromEntries(THRESHOLDS.map(({ name, usual }) => [name, read<number>('thresholds', name, usual)])) as Settings['thresholds'],
    sampling: Object.fromEntries(SHARES.map(({ name, usual }) => [name, read<number>('sampling', name, usual)])) as Settings['sampling'],
    recording: {
      ...collect(RECORDING_SWITCHES, (name) => read('recording', name, false)),
      ...(Object.fromEntries(RECORDING_BUDGETS.map(({ name, usual }) => [name, read<number>('recording', name, usual)])) as Record<RecordingBudget, number>),
      record_urls: read('recording', 'record_urls', ''),
    },
    masking: collect(MASKS, (name) => read('masking', name, '')),
    consent: CONSENTS.find(({ value }) => value === groups.consent)?.value ?? 'granted',
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** The fields in which two settings differ, as the server names them: "thresholds.rage_min_clicks". */
export function changedFields(before: Settings, after: Settings): string[] {
  const groups = ['signals', 'thresholds', 'sampling', 'recording', 'masking'] as const
  const fields = groups.flatMap((group) => {
    const [old, next] = [before[group] as Record<string, unknown>, after[group] as Record<string, unknown>]
    return Object.keys(old).filter((name) => old[name] !== next[name]).map((name) => `${group}.${name}`)
  })
  return before.consent === after.consent ? fields : [...fields, 'consent']
}
