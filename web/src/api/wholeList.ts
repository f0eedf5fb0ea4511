// Whole lists: the address of a list's CSV, which the server writes row by row, and how many rows it has.
import { problemFrom, unreachable } from './problem'
import type { components, paths } from './schema.gen'

export type RowCount = components['schemas']['RowCount']

type Exported = {
  get: {
    parameters: { query?: object; path: Record<string, string> }
    responses: { 200: { content: { 'text/csv': string } } }
  }
}
type ListPath = { [Path in keyof paths]: paths[Path] extends Exported ? Path : never }[keyof paths] & string
type Get<Path extends ListPath> = paths[Path] extends Exported ? paths[Path]['get']['parameters'] : never
/** The filters and the sort of a list; which page of it does not matter. */
type Filters<Path extends ListPath> = Omit<NonNullable<Get<Path>['query']>, 'format' | 'limit' | 'cursor'>

export type WholeList = { csv: string; count: () => Promise<RowCount> }

export function wholeList<Path extends ListPath>(
  path: Path,
  ids: Get<Path>['path'],
  filters: Filters<Path>,
): WholeList {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((ids as Record<string, string>)[name] ?? ''),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined && value !== null) query.set(name, String(value))
  }
  const as = (format: string) => `${address}?${new URLSearchParams([...query, ['format', format]]).toString()}`
  return { csv: as('csv'), count: () => countOf(as('count')) }
}

async function countOf(address: string): Promise<RowCount> {
  const response = await fetch(address, { credentials: 'same-origin' }).catch(() => {
    throw unreachable()
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw problemFrom(response, body)
  return body as RowCount
}
