// The figures of the server as they are shown, and the state the page keeps in the address; pure.
import type { components } from '../../api/schema.gen'

type Schemas = components['schemas']
export type ServerFigures = Schemas['ServerFigures']
export type Endpoint = Schemas['Endpoint']
export type Tone = 'bad' | 'warn' | undefined

export const SORTS = ['p95', 'requests', 'errors', 'p50', 'p99', 'route'] as const
export type Sort = (typeof SORTS)[number]
export type Span = 'recent' | 'start'
export type OperationsSearch = { sort?: Sort; order?: 'asc'; span?: 'start' }

export function parseOperationsSearch(search: Record<string, unknown>): OperationsSearch {
  const sort = SORTS.find((name) => name === search.sort)
  return {
    ...(sort && sort !== 'p95' ? { sort } : {}),
    ...(search.order === 'asc' ? { order: 'asc' } : {}),
    ...(search.span === 'start' ? { span: 'start' } : {}),
  }
}

/** The next state when a column is chosen: largest first, and the other way round the second time. */
export function sortedBy(search: OperationsSearch, sort: Sort): OperationsSearch {
  const { order, sort: before = 'p95', ...rest } = search
  return {
    ...rest,
    ...(sort === 'p95' ? {} : { sort }),
    ...(sort === before && order !== 'asc' ? { order: 'asc' as const } : {}),
  }
}

export type EndpointRow = {
  key: string
  method: string
  route: string
  requests: number
  clientErrors: number
  serverErrors: number
  p50: number | null
  p95: number | null
  p99: number | null
}

/** Endpoints that had requests in the span, sorted; names ascend first, figures descend. */
export function endpointRows(endpoints: Endpoint[], { sort = 'p95', order, span }: OperationsSearch): EndpointRow[] {
  const rows = endpoints
    .map(({ method, route, recent, since_start }): EndpointRow => {
      const figures = span === 'start' ? since_start : recent
      return {
        key: `${method} ${route}`,
        method,
        route,
        requests: figures.requests,
        clientErrors: figures.client_errors,
        serverErrors: figures.server_errors,
        p50: figures.p50_ms ?? null,
        p95: figures.p95_ms ?? null,
        p99: figures.p99_ms ?? null,
      }
    })
    .filter(({ requests }) => requests > 0)
  const byName = (a: EndpointRow, b: EndpointRow) => a.route.localeCompare(b.route) || a.method.localeCompare(b.method)
  const value = (row: EndpointRow) =>
    sort === 'requests'
      ? row.requests
      : sort === 'errors'
        ? row.serverErrors + row.clientErrors / 1e9
        : sort === 'route'
          ? 0
          : (row[sort] ?? -1)
  const direction = order === 'asc' ? -1 : 1
  return rows.sort((a, b) =>
    sort === 'route' ? direction * byName(a, b) : direction * (value(b) - value(a)) || byName(a, b),
  )
}

/** Requests of a minute, over the span the recent figures have. */
export function perMinute({ recent, recent_seconds }: Schemas['ServerRequests']): number {
  return (recent.requests * 60) / Math.max(1, recent_seconds)
}

/** The share of requests the server itself failed; null without requests. */
export function errorShare({ requests, server_errors }: Schemas['ResponseFigures']): number | null {
  return requests === 0 ? null : server_errors / requests
}

/** The projection that is furthest behind, by the time its oldest entry has waited. */
export function slowestProjection(projections: Schemas['ProjectionLag'][]): Schemas['ProjectionLag'] | undefined {
  // Without a time nothing is known, which is worse than any time.
  const weight = ({ lag_seconds, lag_entries }: Schemas['ProjectionLag']) =>
    [lag_seconds ?? Infinity, lag_entries] as const
  return projections.reduce<Schemas['ProjectionLag'] | undefined>((slowest, it) => {
    if (!slowest) return it
    const [a, b] = [weight(slowest), weight(it)]
    return b[0] > a[0] || (b[0] === a[0] && b[1] > a[1]) ? it : slowest
  }, undefined)
}

export function errorTone(share: number | null): Tone {
  return share === null || share < 0.001 ? undefined : share < 0.01 ? 'warn' : 'bad'
}

/** Tables are to follow within seconds; a minute behind, session completion waits for them. */
export function lagTone(seconds: number | null | undefined): Tone {
  if (seconds == null) return 'warn'
  return seconds < 10 ? undefined : seconds < 60 ? 'warn' : 'bad'
}

/** Of a disk with little room: under a fifth, under a tenth. */
export function diskTone(free: number | null | undefined, total: number | null | undefined): Tone {
  if (free == null || !total) return undefined
  const share = free / total
  return share < 0.1 ? 'bad' : share < 0.2 ? 'warn' : undefined
}

/** How full the queue is, by batches or by bytes, whichever is more. */
export function queueShare({ queued_batches, max_batches, queued_bytes, max_bytes }: Schemas['JournalQueue']): number {
  return Math.max(max_batches > 0 ? queued_batches / max_batches : 0, max_bytes > 0 ? queued_bytes / max_bytes : 0)
}

/** "840 B", "1.2 kB", "340 MB", "12.4 GB". */
export function fileSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000
    unit += 1
  }
  return `${unit === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(1)} ${units[unit]}`
}

export const STORES: Record<string, string> = {
  lake: 'Lake (events)',
  journal: 'Journal',
  catalog: 'Catalog',
  blob: 'Recordings and screenshots',
  other: 'Other files',
}

/** What takes disk, most first; a catalog in PostgreSQL takes none here. */
export function storeSizes(stores: Schemas['ServerStores']): { key: string; name: string; bytes: number }[] {
  const sizes = {
    lake: stores.lake_bytes,
    journal: stores.journal_bytes,
    catalog: stores.catalog_bytes,
    blob: stores.blob_bytes,
    other: stores.other_bytes,
  }
  return Object.entries(sizes)
    .flatMap(([key, bytes]) => (bytes == null ? [] : [{ key, name: STORES[key] ?? key, bytes }]))
    .sort((a, b) => b.bytes - a.bytes)
}

const PROJECTIONS: Record<string, { label: string; help: string }> = {
  lake: { label: 'Lake', help: 'Events behind every figure' },
  accounts: { label: 'Outcomes', help: 'Counts of accepted and rejected events' },
  lead_scores: { label: 'Lead scores', help: 'Signals of customers' },
  crm: { label: 'CRM', help: 'Contacts and tasks' },
  sessions: { label: 'Sessions', help: 'Sessions of customers' },
  calls: { label: 'Calls', help: 'Calls of widgets and their bills' },
}

export function projectionName(name: string): { label: string; help: string } {
  return PROJECTIONS[name] ?? { label: name, help: '' }
}
