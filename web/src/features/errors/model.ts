// The errors pages' state in the URL, and the words for what a group is and what is decided about it; pure.
import { type AnalysisSearch, activeFilters, analysisOf, parseAnalysis, toQuery, withFilter } from '../../lib/analysis'
import type { Dimension } from '../../lib/filters'
import type { ErrorGroup, ErrorStatus, ErrorTriage, ErrorUpdate } from './api'

export const SORTS = ['count', 'people', 'last_seen', 'first_seen'] as const
export type Sort = (typeof SORTS)[number]

export const TABS = ['unresolved', 'regressed', 'resolved', 'ignored', 'all'] as const
export type Tab = (typeof TABS)[number]
export const TAB_LABELS: Record<Tab, string> = {
  unresolved: 'Unresolved',
  regressed: 'Regressed',
  resolved: 'Resolved',
  ignored: 'Ignored',
  all: 'All',
}
export const STATUS_LABELS: Record<ErrorStatus, string> = {
  open: 'Open',
  regressed: 'Regressed',
  resolved: 'Resolved',
  ignored: 'Ignored',
}

export const ME = 'me'
export const NOBODY = 'nobody'

/** An error is no element, and of one kind or two. */
export const UNUSED = ['selector', 'error_group', 'friction_kind'] as const satisfies readonly Dimension[]

export type ErrorsSearch = AnalysisSearch & {
  tab?: Exclude<Tab, 'unresolved'>
  /** `me`, `nobody` or a member's id. */
  assigned?: string
  search?: string
  sort?: Exclude<Sort, 'count'>
}

/** Keeps what is meaningful of untrusted search parameters and drops the rest. */
export function parseErrorsSearch(search: Record<string, unknown>): ErrorsSearch {
  const parsed: ErrorsSearch = scopeOf(parseAnalysis(search))
  const tab = TABS.find((name) => name === search.tab)
  if (tab && tab !== 'unresolved') parsed.tab = tab
  const sort = SORTS.find((name) => name === search.sort)
  if (sort && sort !== 'count') parsed.sort = sort
  for (const name of ['assigned', 'search'] as const) {
    const text = String(search[name] ?? '')
      .trim()
      .slice(0, 200)
    if (text) parsed[name] = text
  }
  return parsed
}

/** The values by which a group's occurrences are broken down. */
export const BREAKDOWNS = ['browsers', 'operating_systems', 'devices', 'pages', 'countries', 'releases'] as const
export type Breakdown = (typeof BREAKDOWNS)[number]
export const BREAKDOWN_LABELS: Record<Breakdown, string> = {
  browsers: 'Browser',
  operating_systems: 'OS',
  devices: 'Device',
  pages: 'Page',
  countries: 'Country',
  releases: 'Release',
}
/** The filter that a value of a breakdown becomes. */
export const BREAKDOWN_FILTERS: Partial<Record<Breakdown, Dimension>> = {
  browsers: 'browser',
  operating_systems: 'os',
  devices: 'device',
  pages: 'path',
  countries: 'country',
}

/** What the path of a group's page calls the group, and cards that show a part of it. */
export const GROUP_PARAMETER = 'errorGroup'

/** A group's page remembers the list it was opened from. */
export type GroupSearch = ErrorsSearch & { by?: Exclude<Breakdown, 'browsers'>; who?: 'people' }

export function parseGroupSearch(search: Record<string, unknown>): GroupSearch {
  const parsed: GroupSearch = parseErrorsSearch(search)
  const by = BREAKDOWNS.find((name) => name === search.by)
  if (by && by !== 'browsers') parsed.by = by
  if (search.who === 'people') parsed.who = 'people'
  return parsed
}

/** Period and filters that errors follow. */
export function scopeOf(search: AnalysisSearch): AnalysisSearch {
  return UNUSED.reduce((rest, dimension) => withFilter(rest, dimension, undefined), analysisOf(search))
}

/** The list's part of a group's search. */
export function listSearch(search: GroupSearch): ErrorsSearch {
  const { by: _by, who: _who, ...list } = search
  return list
}

/** The parameters of the list and of its export, with the period resolved at `now`. */
export function errorsParams(search: ErrorsSearch, myId: string | undefined, now: number) {
  const { tab = 'unresolved', assigned, search: text, sort = 'count' } = search
  const assignee = assigned === ME ? myId : assigned
  return {
    ...toQuery(scopeOf(search), now),
    sort,
    ...(tab === 'all' ? {} : { status: tab }),
    ...(assignee === undefined ? {} : { assigned_to: assignee }),
    ...(text === undefined ? {} : { search: text }),
  }
}

/** Whether the list is narrowed by more than its tab. */
export function isNarrowed(search: ErrorsSearch): boolean {
  return search.search !== undefined || search.assigned !== undefined || activeFilters(scopeOf(search)).length > 0
}

/** Whether a group of this status is in a tab. */
export function isInTab(status: ErrorStatus, tab: Tab): boolean {
  if (tab === 'all') return true
  return tab === 'unresolved' ? status === 'open' || status === 'regressed' : status === tab
}

/** A row with a change that is under way laid over it. */
export function withUpdate<Row extends Pick<ErrorGroup, 'status' | 'assigned_to'>>(
  row: Row,
  { status, assigned_to }: ErrorUpdate,
): Row {
  return {
    ...row,
    ...(status == null ? {} : { status: status as ErrorStatus }),
    ...(assigned_to === undefined ? {} : { assigned_to }),
  }
}

type Named = Pick<ErrorGroup, 'message' | 'kind'>

export function errorName({ message, kind }: Named): string {
  return (
    message?.trim() ||
    (kind === 'unhandled_rejection' ? 'Unhandled rejection without a message' : 'Error without a message')
  )
}

/** "TypeError" and the rest of the message, where it names its type. */
export function messageParts(error: Named): { type: string | null; text: string } {
  const name = errorName(error)
  const found = /^(?:Uncaught )?(?:\(in promise\) )?([A-Za-z]\w{1,63}): (.+)$/s.exec(name)
  return found ? { type: found[1] ?? null, text: found[2] ?? '' } : { type: null, text: name }
}

/** "total in booking.js", "booking.js" */
export function frameName({ function: name, file }: { function?: string | null; file?: string | null }): string {
  return [name, file].filter(Boolean).join(' in ')
}

/** How long after one instant another is: "20 min", "2 h", "3 days". */
export function gapText(from: string, to: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000))
  if (minutes < 60) return `${minutes} min`
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h`
  return `${Math.round(minutes / 60 / 24)} days`
}

/** What puts a group back to what was decided before; null where that is not known. */
export function undoOf(before: Pick<ErrorTriage, 'status'> & Partial<ErrorTriage>): ErrorUpdate | null {
  if (before.status === 'open' || before.status === 'ignored') return { status: before.status }
  if (before.resolved_at == null) return null
  return { status: 'resolved', resolved_at: before.resolved_at, in_next_release: before.in_next_release ?? false }
}
