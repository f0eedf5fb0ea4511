// The friction page's model: names and keys of entries, and the page's state in the URL; pure.
import type { FrictionItem } from '../../api/types'
import { type AnalysisSearch, parseAnalysis } from '../../lib/analysis'
import { type FrictionIdentity, frictionName, isErrorItem } from '../../lib/frictionItem'

export const SORTS = ['score', 'count', 'sessions', 'last_seen'] as const
export type Sort = (typeof SORTS)[number]

export type FrictionSearch = AnalysisSearch & { tab?: 'pages'; sort?: Sort; open?: string }

export function parseFrictionSearch(search: Record<string, unknown>): FrictionSearch {
  const parsed: FrictionSearch = parseAnalysis(search)
  if (search.tab === 'pages') parsed.tab = 'pages'
  const sort = SORTS.find((name) => name === search.sort)
  if (sort && sort !== 'score') parsed.sort = sort
  if (typeof search.open === 'string' && search.open) parsed.open = search.open
  return parsed
}

/** Where it is, in a second line: its selector, or the page it is on most often where the selector is its title or there is none. */
export function itemPlace(item: FrictionItem): { selector?: string; page?: string } {
  const selector = isErrorItem(item) ? null : item.element_selector
  if (selector && selector !== frictionName(item)) return { selector }
  return item.top_page ? { page: item.top_page } : {}
}

/** Kinds with the most frequent first, and how many are left out after `shown`. */
export function topKinds(item: FrictionItem, shown: number) {
  const sorted = [...item.kinds].sort((a, b) => b.count - a.count)
  return { kinds: sorted.slice(0, shown), left: Math.max(0, sorted.length - shown) }
}

/** The filter that asks for an entry's own events: its element, its error, or else its kind and page. */
export function itemFilter(item: FrictionItem): AnalysisSearch {
  if (isNarrow(item)) return identityFilter(item)
  const [kind] = topKinds(item, 1).kinds
  return parseAnalysis({ friction_kind: kind?.kind, path: item.top_page })
}

/** The filter that asks for an element or an error. */
export function identityFilter({ element_selector: selector, error_group: group }: FrictionIdentity): AnalysisSearch {
  if (selector) return { selector }
  return group ? { error_group: group } : {}
}

/** Whether an entry's events can be asked for by themselves. */
export function isNarrow(item: FrictionIdentity): boolean {
  return item.element_selector != null || item.error_group != null
}

export function scoreText(score: number): string {
  return score >= 100 ? score.toFixed(0) : score.toFixed(1)
}
