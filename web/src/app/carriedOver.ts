// The parameters a page keeps when the filter bar changes: its view, but not an open panel.
import { OWN_PARAMETERS } from '../lib/analysis'

const NOT_CARRIED: readonly string[] = [
  ...OWN_PARAMETERS,
  'filters',
  'vs',
  'period',
  'from',
  'to',
  'bots',
  'answered',
  'open',
]

export function carriedOver(search: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(search).filter(([name]) => !NOT_CARRIED.includes(name)))
}
