// Share links: the pages that can be shared, what of an address goes along, and when a link ends.
import type { components } from '../../api/schema.gen'
import { NO_COMPARISON, parseAnalysis } from '../../lib/analysis'

export type ShareLink = components['schemas']['ShareLink']
export type SharedPage = components['schemas']['SharedPage']

/** The pages whose figures can be shared; none shows people. */
export const SHARED_PAGES = [
  'overview',
  'acquisition',
  'friction',
  'journeys',
  'performance',
] as const satisfies readonly SharedPage[]
export const PAGE_LABELS: Record<SharedPage, string> = {
  overview: 'Overview',
  acquisition: 'Acquisition',
  friction: 'Friction',
  journeys: 'Journeys',
  performance: 'Performance',
  board: 'Board',
}

/** Characters a password has at least, as the server counts them. */
export const MIN_PASSWORD = 8

export const EXPIRIES = [
  { value: '7', label: 'In 7 days' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In 1 year' },
  { value: '', label: 'Never' },
]

/** The page of a path such as `/p/p1/friction`, when it can be shared. */
export function sharedPageOf(path: string): SharedPage | undefined {
  const name = /^\/p\/[^/]+\/([^/]+)\/?$/.exec(path)?.[1]
  return SHARED_PAGES.find((page) => page === name)
}

/** The parameters of a page as a link keeps them. Comparisons with other visits than the filters' stay behind. */
export function searchText(search: Record<string, unknown>): string {
  const kept = Object.entries(search).filter(
    ([name, value]) =>
      ['string', 'number', 'boolean'].includes(typeof value) && (name !== 'vs' || value === NO_COMPARISON),
  )
  return new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString()
}

/** The parameters that a link keeps. */
export function searchOf(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

/** The filters and the period of a link. */
export const analysisOfLink = (text: string) => parseAnalysis(searchOf(text))

export function isExpired({ expires_at }: ShareLink, now: number): boolean {
  return expires_at != null && Date.parse(expires_at) <= now
}

/** The element with which another site shows a link's page. */
export function embedCode(address: string, title: string): string {
  const escaped = title.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')
  return `<iframe src="${address}" title="${escaped}" width="100%" height="900" style="border:0" loading="lazy"></iframe>`
}
