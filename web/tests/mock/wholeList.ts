// The mock's whole lists: every page of a list put together, as CSV or as the number of its rows.
import type { components } from '../../src/api/schema.gen'

type Row = Record<string, unknown>
type Answer = { status: number; json?: unknown; text?: string; headers?: Record<string, string> }

/** The answer to a request with `format=csv` or `format=count`, from the pages of the same list. */
export function wholeList(name: string, query: URLSearchParams, page: (query: URLSearchParams) => Answer): Answer {
  const rows: Row[] = []
  const asked = new URLSearchParams(query)
  asked.set('limit', '1000')
  let cursor: string | null | undefined
  do {
    const answer = page(asked)
    if (answer.status !== 200) return answer
    const json = answer.json as { next_cursor?: string | null; total?: number }
    rows.push(...((Object.values(json).findLast(Array.isArray) ?? []) as Row[]))
    cursor = json.next_cursor
    if (cursor) asked.set('cursor', cursor)
  } while (cursor)
  if (query.get('format') === 'count') {
    return {
      status: 200,
      json: { rows: rows.length, is_more: false, row_limit: 1_000_000 } satisfies components['schemas']['RowCount'],
    }
  }
  const columns = Object.keys(rows[0] ?? {}).filter((column) => typeof rows[0]?.[column] !== 'object')
  const lines = [columns.join(','), ...rows.map((row) => columns.map((column) => String(row[column] ?? '')).join(','))]
  const file = `coral-coast-ferries-${name.replaceAll('/', '-')}-2026-11-21.csv`
  return {
    status: 200,
    text: `${lines.join('\r\n')}\r\n`,
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${file}"` },
  }
}
