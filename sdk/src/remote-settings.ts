// The project's settings from the server, in the form in which they are used and stored.
import type { AttributeValues } from './settings'

/** `{"thresholds": {"dead_after_ms": 2000}}` is `{dead_after: 2000}`: no two groups share a name. */
export const flatten = (options: unknown, flat: AttributeValues = {}): AttributeValues => {
  for (const [name, value] of Object.entries(Object(options) as object)) {
    if (typeof value === 'object') flatten(value, flat)
    else flat[name.replace(/_(ms|px)$/, '')] = value
  }
  return flat
}

/** Undefined where there is no answer. A simple request, which needs no preflight and which browsers cache. */
export const fetchSettings = async (endpoint: string, apiKey: string): Promise<AttributeValues | undefined> => {
  try {
    const answer = await fetch(`${endpoint}/sdk-settings?key=${encodeURIComponent(apiKey)}`, { credentials: 'omit' })
    return answer.ok ? flatten(await answer.json()) : undefined
  } catch {
    return undefined
  }
}
