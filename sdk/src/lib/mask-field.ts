// Masks the fields of an event by their names, and cuts them after that: what is cut first cannot be recognised.
import { allowParameters, mask, maskUrl } from './mask'

/** Letters of what is sent at most. */
const LENGTHS: Record<string, number> = {
  page_url: 2048,
  referrer: 2048,
  page_title: 256,
  element_text: 64,
  error_message: 1024,
  search_query: 256,
  form: 100,
  field: 100,
  last_field: 100,
}
/** Texts that are remembered: most come again with the next event, and with the next try to send it. */
const MAX_KNOWN = 200

const known = new Map<string, string>()
let keptParameters = ''

/** Of another site than ours the query is its own business. */
const maskReferrer = (url: string): string => {
  const masked = maskUrl(url)
  return masked.startsWith(`${location.origin}/`) ? masked : (masked.split(/[?#]/)[0] as string)
}

/** Half a frame names another place. */
const wholeLines = (stack: string): string => (/^[\s\S]{0,8192}(?=\n|$)/.exec(stack) || [stack.slice(0, 8192)])[0]

const masked = (name: string, text: string): string =>
  name === 'page_url' ? maskUrl(text) : name === 'referrer' ? maskReferrer(text) : mask(text)

/** `parameters`: of queries that stay beside `utm_*`, as the project's setting names them. */
export const maskField = (name: string, text: string, parameters: string): string => {
  if (parameters !== keptParameters || known.size > MAX_KNOWN) known.clear()
  allowParameters((keptParameters = parameters))
  const key = `${name} ${text}`
  const seen = known.get(key)
  if (seen !== undefined) return seen
  const kept = name === 'stack' ? wholeLines(mask(text)) : masked(name, text).slice(0, LENGTHS[name])
  known.set(key, kept)
  return kept
}
