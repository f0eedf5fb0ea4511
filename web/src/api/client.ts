// The typed client of the API; every answer is either its data or a thrown Problem.
import createClient from 'openapi-fetch'
import { problemFrom, unreachable } from './problem'
import type { paths } from './schema.gen'
import { sharedPage } from './shared'

export const api = createClient<paths, 'application/json'>({ baseUrl: globalThis.location?.origin ?? '', credentials: 'same-origin' })

api.use({ onRequest: ({ request }) => new Request(request, credentialsOf(request.headers)) })

/** Who asks: the signed-in member by their cookie, or whoever has a share link by what it opened. */
export function credentialsOf(headers?: HeadersInit): RequestInit {
  const shared = sharedPage()
  if (!shared) return { credentials: 'same-origin' }
  return { credentials: 'omit', headers: [...new Headers(headers), ['authorization', `Bearer ${shared.access}`]] }
}

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
