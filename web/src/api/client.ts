// The typed client of the API; every answer is either its data or a thrown Problem.
import createClient from 'openapi-fetch'
import { problemFrom, unreachable } from './problem'
import type { paths } from './schema.gen'
import { sharedPage } from './shared'

export const api = createClient<paths, 'application/json'>({
  baseUrl: globalThis.location?.origin ?? '',
  credentials: 'same-origin',
})

// Members are known by their cookie, anyone with a share link by what it opened, and never by a cookie.
api.use({
  onRequest: ({ request }) => {
    const shared = sharedPage()
    if (!shared) return undefined
    request.headers.set('authorization', `Bearer ${shared.access}`)
    return new Request(request, { credentials: 'omit' })
  },
})

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** Awaits a request of `api` and returns its data. */
export async function answer<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw unreachable()
  })
  if (!response.ok) throw problemFrom(response, error)
  return data as T
}
