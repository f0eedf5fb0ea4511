// The settings of the browser SDK: their fields with words, limits and defaults, as the server has them; pure.

export const SIGNALS = [
  { name: 'pageview', label: 'Page views', help: 'Pages and routes of single-page apps.' },
  { name: 'click', label: 'Clicks', help: 'Position and element, for heatmaps.' },
  { name: 'scroll', label: 'Scroll depth', help: 'How far visitors scroll down each page.' },
  { name: 'move', label: 'Pointer moves', help: 'Pointer positions, for heatmaps.' },
  { name: 'performance', label: 'Web vitals', help: 'LCP, INP, CLS, FCP, TTFB, TTI and load time.' },
  { name: 'rage_click', label: 'Rage clicks', help: 'Quick clicks in the same place.' },
  { name: 'dead_click', label: 'Dead clicks', help: 'Clicks with no response from the page.' },
  { name: 'slow_click', label: 'Slow clicks', help: 'Clicks with a late response from the page.' },
  { name: 'error_click', label: 'Error clicks', help: 'Clicks followed by an error.' },
  { name: 'javascript_error', label: 'JavaScript errors', help: 'Uncaught errors in the code of the page.' },
  { name: 'unhandled_rejection', label: 'Unhandled rejections', help: 'Failed promises that no code handles.' },
  { name: 'form_validation_error', label: 'Form errors', help: 'The name of the rejected field, never its value.' },
  { name: 'form', label: 'Forms', help: 'How far visitors get in forms, by the names of fields, never their values.' },
  { name: 'thrashing', label: 'Thrashing', help: 'Fast pointer movement back and forth without a click.' },
] as const

export const THRESHOLDS = [
  {
    name: 'rage_min_clicks',
    of: 'rage_click',
    label: 'Report a rage click after',
    unit: 'clicks',
    least: 2,
    most: 20,
    usual: 3,
  },
  {
    name: 'rage_window_ms',
    of: 'rage_click',
    label: 'Clicks within',
    unit: 'ms',
    least: 100,
    most: 10_000,
    usual: 1_000,
  },
  { name: 'rage_radius_px', of: 'rage_click', label: 'Maximum distance', unit: 'px', least: 1, most: 500, usual: 30 },
  {
    name: 'dead_after_ms',
    of: 'dead_click',
    label: 'Report a dead click after',
    unit: 'ms',
    least: 500,
    most: 30_000,
    usual: 3_000,
  },
  {
    name: 'slow_until_ms',
    of: 'slow_click',
    label: 'Report a slow click up to',
    unit: 'ms',
    least: 500,
    most: 60_000,
    usual: 7_000,
  },
  {
    name: 'answer_scroll_ms',
    of: 'dead_click',
    label: 'Scroll counts as response within',
    unit: 'ms',
    least: 0,
    most: 10_000,
    usual: 100,
  },
  {
    name: 'answer_focus_ms',
    of: 'dead_click',
    label: 'Focus change counts as response within',
    unit: 'ms',
    least: 0,
    most: 10_000,
    usual: 1_000,
  },
  {
    name: 'error_after_ms',
    of: 'error_click',
    label: 'Error counts for a click within',
    unit: 'ms',
    least: 0,
    most: 10_000,
    usual: 1_000,
  },
  {
    name: 'error_max_sends',
    of: 'javascript_error',
    label: 'Report the same error per page up to',
    unit: 'times',
    least: 1,
    most: 100,
    usual: 5,
  },
  {
    name: 'move_every_ms',
    of: 'move',
    label: 'Report a position every',
    unit: 'ms',
    least: 50,
    most: 60_000,
    usual: 500,
  },
  {
    name: 'move_max',
    of: 'move',
    label: 'Positions per page up to',
    unit: 'positions',
    least: 0,
    most: 10_000,
    usual: 100,
  },
  {
    name: 'thrashing_turns',
    of: 'thrashing',
    label: 'Changes of direction',
    unit: 'changes',
    least: 3,
    most: 50,
    usual: 5,
  },
] as const

export const SHARES = [
  { name: 'session_share', label: 'Tracked sessions', help: 'Share of all sessions that send events.', usual: 1 },
  {
    name: 'move_share',
    label: 'Pages with pointer moves',
    help: 'Share of tracked pages that send pointer moves.',
    usual: 1,
  },
  {
    name: 'recording_share',
    label: 'Recorded sessions',
    help: 'Share of sessions with consent that are recorded.',
    usual: 0,
  },
] as const

export const MASKS = [
  {
    name: 'ignore',
    label: 'Ignore',
    help: 'Changes in these elements do not count as a response to a click, such as tickers, carousels or clocks.',
    example: '.ticker, [data-live]',
  },
  { name: 'mask', label: 'Mask', help: 'Text in these elements is always masked.', example: '.account-number' },
  {
    name: 'unmask',
    label: 'Show in recordings',
    help: 'Text in these elements is readable in recordings. All other text is masked.',
    example: 'nav, h1, .price',
  },
  {
    name: 'block',
    label: 'Leave out of recordings',
    help: 'These elements are replaced by empty boxes.',
    example: '.chat',
  },
  {
    name: 'query_parameters',
    label: 'Keep query parameters',
    help: 'Parameters of page URLs to keep, separated by spaces. utm_* is always kept, all others are removed. * at the end matches any ending.',
    example: 'lang category filter_*',
  },
] as const

export const RECORDING_SWITCHES = [
  {
    name: 'record_on_friction',
    label: 'Record around friction',
    help: 'Records from 30 seconds before a friction event.',
  },
  {
    name: 'record_on_error',
    label: 'Record around errors',
    help: 'Records from 30 seconds before a JavaScript error.',
  },
  {
    name: 'record_console',
    label: 'Console output',
    help: 'Recordings keep what the page prints to the browser’s console. Personal data in it is masked.',
  },
  {
    name: 'record_requests',
    label: 'Failed and slow requests',
    help: 'Recordings keep requests of the page that fail or take 3 seconds or more: their address without its query, never what is sent or answered.',
  },
  {
    name: 'screenshots',
    label: 'Take a screenshot on friction',
    help: 'A masked screenshot with friction events, up to three per page.',
  },
  {
    name: 'record_by_page',
    label: 'Let pages decide',
    help: 'The script tag of a page can also switch recording on. If this is off, only the settings here apply.',
  },
] as const

export const RECORDING_BUDGETS = [
  { name: 'recording_max_kib', label: 'Maximum size per page', unit: 'KiB', least: 64, most: 102_400, usual: 10_240 },
  { name: 'recording_cpu_percent', label: 'Pause above CPU use of', unit: '%', least: 1, most: 100, usual: 10 },
] as const

export const CONSENTS = [
  { value: 'granted', label: 'Granted', help: 'Visitors are tracked until they decline.' },
  {
    value: 'none',
    label: 'Without storage',
    help: 'Nothing is stored on the device until the visitor consents. Until then, visitors are counted by an anonymous id that changes every day.',
  },
  { value: 'denied', label: 'Denied', help: 'Nothing is sent until the visitor consents.' },
] as const

/** What the form calls a field as the server names it: "thresholds.rage_min_clicks". */
export function settingLabel(field: string): string | undefined {
  const [group, name] = field.split('.')
  if (field === 'recording.record_urls') return 'Record on these pages'
  if (field === 'consent') return 'Consent'
  const fields: Record<string, readonly { name: string; label: string }[]> = {
    signals: SIGNALS,
    thresholds: THRESHOLDS,
    sampling: SHARES,
    recording: [...RECORDING_SWITCHES, ...RECORDING_BUDGETS],
    masking: MASKS,
  }
  return fields[group ?? '']?.find((known) => known.name === name)?.label
}

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
/** Switches of recordings that are on unless they are switched off. */
const RECORDED: readonly string[] = ['record_requests']

/** The server's settings, with defaults for missing and unknown values. */
export function readSettings(sent: unknown): Settings {
  const groups = objectOf(sent)
  const read = <T>(group: string, name: string, otherwise: T): T => {
    const value = objectOf(groups[group])[name]
    return typeof value === typeof otherwise ? (value as T) : otherwise
  }
  const collect = <N extends string, T>(fields: readonly { name: N }[], value: (name: N) => T) =>
    Object.fromEntries(fields.map(({ name }) => [name, value(name)])) as Record<N, T>
  return {
    signals: collect(SIGNALS, (name) => read('signals', name, !OFF.includes(name))),
    thresholds: Object.fromEntries(
      THRESHOLDS.map(({ name, usual }) => [name, read<number>('thresholds', name, usual)]),
    ) as Settings['thresholds'],
    sampling: Object.fromEntries(
      SHARES.map(({ name, usual }) => [name, read<number>('sampling', name, usual)]),
    ) as Settings['sampling'],
    recording: {
      ...collect(RECORDING_SWITCHES, (name) => read('recording', name, RECORDED.includes(name))),
      ...(Object.fromEntries(
        RECORDING_BUDGETS.map(({ name, usual }) => [name, read<number>('recording', name, usual)]),
      ) as Record<RecordingBudget, number>),
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
    return Object.keys(old)
      .filter((name) => old[name] !== next[name])
      .map((name) => `${group}.${name}`)
  })
  return before.consent === after.consent ? fields : [...fields, 'consent']
}
