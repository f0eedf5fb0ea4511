// Masks the package's events, by the contracts' names of their fields; `docs/privacy.md` has the table.
import { maskField } from '../lib/mask-field'
import { maskJson } from '../lib/mask-json'

const TEXT = /^(page_url|referrer|search_query)$/
const JSON_OBJECT = /^(filters|metadata)$/

/** A copy. `parameters`: of queries that stay beside `utm_*`. */
export const maskEvent = <E extends object>(event: E, parameters: string): E => {
  const masked = { ...event } as Record<string, unknown>
  for (const [name, value] of Object.entries(event)) {
    if (typeof value === 'string' && TEXT.test(name)) masked[name] = maskField(name, value, parameters)
    else if (JSON_OBJECT.test(name)) masked[name] = maskJson(value)
  }
  return masked as E
}
