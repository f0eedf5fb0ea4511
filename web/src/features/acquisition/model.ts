// The acquisition page's state in the URL: its filters, the tab of each card, and the table that is opened; pure.
import {
  type AnalysisSearch,
  activeFilters,
  analysisOf,
  parseAnalysis,
  toQuery,
  valuesOf,
  withFilter,
} from '../../lib/analysis'
import { BREAKDOWN_LABELS, BREAKDOWNS, type Breakdown } from '../../lib/breakdowns'
import { mayBeNone } from '../../lib/filters'

/** What the card of a breakdown is called on boards. */
export const pieceOf = (breakdown: Breakdown) => `acquisition.${breakdown.replace('_', '-')}`

/** Cards with several breakdowns show one at a time; the first is not in the URL. */
export const CARDS = [
  {
    key: 'channels',
    title: 'Channels',
    help: 'How visitors found you: by search, a link, a campaign, or directly. A session belongs to the channel of its first event that names one.',
    tabs: ['channel'],
  },
  {
    key: 'referrers',
    title: 'Referrers',
    help: 'The site whose link a visitor followed, as the browser reports it.',
    tabs: ['referrer'],
  },
  {
    key: 'campaigns',
    title: 'Campaigns',
    help: 'The utm_source, utm_medium and utm_campaign in the address of the first page.',
    tabs: ['utm_campaign', 'utm_source', 'utm_medium'],
  },
  {
    key: 'pages',
    title: 'Entry and exit pages',
    help: 'The first and the last page of each session.',
    tabs: ['entry_path', 'exit_path'],
  },
  {
    key: 'places',
    title: 'Places',
    help: 'Found by the network address, which is not stored.',
    tabs: ['country', 'city'],
  },
  {
    key: 'technology',
    title: 'Technology',
    help: 'The devices and programs of your visitors. The window width is of the first page view, in CSS pixels.',
    tabs: ['device', 'browser', 'os', 'viewport'],
  },
] as const satisfies readonly { key: string; title: string; help: string; tabs: readonly Breakdown[] }[]

export type Card = (typeof CARDS)[number]
export type CardKey = Card['key']

const TAB_LABELS: Partial<Record<Breakdown, string>> = {
  utm_campaign: 'Campaign',
  utm_source: 'Source',
  utm_medium: 'Medium',
  entry_path: 'Entry',
  exit_path: 'Exit',
  os: 'OS',
  viewport: 'Width',
}

export function tabLabel(breakdown: Breakdown): string {
  return TAB_LABELS[breakdown] ?? BREAKDOWN_LABELS[breakdown]
}

/** Search parameters of the page; a default is left out of the URL. */
export type AcquisitionSearch = AnalysisSearch & { [K in CardKey]?: Breakdown } & {
  /** Opened as a table. */ by?: Breakdown
}

/** Keeps what is meaningful of untrusted search parameters and drops the rest. */
export function parseAcquisitionSearch(search: Record<string, unknown>): AcquisitionSearch {
  const parsed: AcquisitionSearch = parseAnalysis(search)
  for (const { key, tabs } of CARDS) {
    const tab = tabs.find((name) => name === search[key])
    if (tab && tab !== tabs[0]) parsed[key] = tab
  }
  const by = BREAKDOWNS.find((name) => name === search.by)
  if (by) parsed.by = by
  return parsed
}

/** What narrows the sessions that are counted: the key of the question. */
export function scopeOf(search: AcquisitionSearch): AnalysisSearch {
  return analysisOf(search)
}

/** The parameters of the question and of its export, with the period resolved at `now`. */
export function acquisitionParams(search: AcquisitionSearch, by: Breakdown, now: number) {
  return { ...toQuery(search, now), by }
}

/** The value of a filter for a row: of sessions without a value the empty text, where filters can choose them. */
export function filterValue(by: Breakdown, value: string | null | undefined): string | undefined {
  return value ?? (mayBeNone(by) ? '' : undefined)
}

/** With a value as the filter; chosen again, or without a value, without one. */
export function withValue(search: AcquisitionSearch, by: Breakdown, value: string | undefined): AcquisitionSearch {
  const { by: open } = search
  const cards = Object.fromEntries(CARDS.flatMap(({ key }) => (search[key] ? [[key, search[key]]] : [])))
  return parseAcquisitionSearch({
    ...withFilter(search, by, isChosen(search, by, value) ? undefined : value),
    ...cards,
    by: open,
  })
}

/** Whether the filter on a breakdown is this value alone. */
export function isChosen(search: AcquisitionSearch, by: Breakdown, value: string | undefined): boolean {
  const values = valuesOf(search, by)
  return values.length === 1 && values[0] === value
}

export function withTab(search: AcquisitionSearch, card: CardKey, tab: Breakdown): AcquisitionSearch {
  return parseAcquisitionSearch({ ...search, [card]: tab })
}

export function withOpen(search: AcquisitionSearch, by: Breakdown | undefined): AcquisitionSearch {
  const { by: _old, ...rest } = search
  return parseAcquisitionSearch({ ...rest, by })
}

/** The same period, of all sessions. */
export function withoutAllFilters(search: AcquisitionSearch): AcquisitionSearch {
  const { period, from, to, bots, by } = search
  return parseAcquisitionSearch({ period, from, to, bots, by })
}

export function hasFilters(search: AcquisitionSearch): boolean {
  return activeFilters(search).length > 0
}

/** The search of the sessions page for the sessions of a value; undefined where no filter chooses them. */
export function sessionsOf(
  search: AcquisitionSearch,
  by: Breakdown,
  value: string | null | undefined,
): AnalysisSearch | undefined {
  const filter = filterValue(by, value)
  return filter === undefined ? undefined : withFilter(search, by, filter)
}
