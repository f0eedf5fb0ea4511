// Records requests of the page's scripts that failed or were slow: by `fetch` and by XMLHttpRequest. Never what they carry.
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'
import { safely } from '../lib/safe'
import type { RequestEntry } from './entries'
import { replace } from './replace'

/** Hears of every request that is over; its address is not masked yet. */
export type OnEnd = (ended: RequestEntry) => void

interface Begun {
  method: string
  url: string
  /** By the clock of the page. */
  at: number
}

type Outcome = Pick<RequestEntry, 'error' | 'size_bytes' | 'status' | 'via'>

const now = (): number => performance.now()

const begin = (method: unknown, url: unknown): Begun => ({
  method: `${method || 'GET'}`,
  // Anything else would be asked for its text twice, which a page may notice.
  url: url instanceof URL ? url.href : typeof url === 'string' ? url : '',
  at: now(),
})

const ended = ({ at, method, url }: Begun, outcome: Outcome): RequestEntry => ({
  method,
  url,
  duration_ms: now() - at,
  ...outcome,
})

/** A promise with members of its own is a page's invention, which must not be replaced; zones of Angular are known. */
const isPlain = (promise: unknown): promise is Promise<Response> =>
  promise instanceof Promise && Object.keys(promise).every((name) => name.startsWith('__zone_symbol__'))

const watchFetch = (onEnd: OnEnd): Stop => {
  const describe = safely(([input, init]: unknown[]) => {
    const request = input instanceof Request ? input : undefined
    const { method, signal } = (init || {}) as RequestInit
    const begun = begin(method || request?.method, request ? request.url : input)
    return { begun, signal: signal || request?.signal }
  })

  const onAnswer = safely((begun: Begun, { type, status, headers }: Response) => {
    // Opaque ones do not say how they ended.
    if (!status || type === 'error') return
    const size = Number.parseInt(headers.get('content-length') || '', 10)
    onEnd(ended(begun, { via: 'fetch', status, ...(size >= 0 && { size_bytes: size }) }))
  })

  const onFailure = safely((begun: Begun, signal: AbortSignal | undefined, thrown: unknown) => {
    const isTimeout = Object(thrown).name === 'TimeoutError'
    const error = isTimeout ? 'timeout' : signal?.aborted || Object(thrown).name === 'AbortError' ? 'aborted' : 'failed'
    onEnd(ended(begun, { via: 'fetch', status: 0, error }))
  })

  return replace(window, 'fetch', (call, args) => {
    const described = describe(args)
    const promise = call()
    if (!described?.begun.url || !isPlain(promise)) return promise
    const { begun, signal } = described
    // The promise that follows is the page's: of the first one nobody could say whether its failure is handled.
    return promise.then(
      (response) => {
        onAnswer(begun, response)
        return response
      },
      (thrown) => {
        onFailure(begun, signal || undefined, thrown)
        throw thrown
      },
    )
  })
}

const ERRORS: Record<string, RequestEntry['error']> = { error: 'failed', abort: 'aborted', timeout: 'timeout' }

const watchXhr = (onEnd: OnEnd): Stop => {
  const opened = new WeakMap<object, Begun>()
  const watched = new WeakSet<object>()

  const onOutcome = ({ type, loaded, target }: ProgressEvent): void => {
    const request = target as XMLHttpRequest
    const begun = opened.get(request)
    const error = ERRORS[type]
    // Without an error and a status it was no request of the network.
    if (!begun || !(error || request.status)) return
    const outcome = error ? { status: 0, error } : { status: request.status, size_bytes: loaded }
    onEnd(ended(begun, { via: 'xhr', ...outcome }))
  }

  const { prototype } = XMLHttpRequest
  return all(
    replace(prototype, 'open', (call, [method, url], request) => {
      safely(() => opened.set(request as object, begin(method, url)))()
      return call()
    }),
    replace(prototype, 'send', (call, _, request) => {
      safely(() => {
        const begun = opened.get(request as object)
        if (begun) begun.at = now()
        if (begun && !watched.has(request as object))
          listen(request as EventTarget, 'load error abort timeout', onOutcome)
        watched.add(request as object)
      })()
      return call()
    }),
  )
}

export const watchRequests = (onEnd: OnEnd): Stop => all(safely(watchFetch)(onEnd), safely(watchXhr)(onEnd))
