// Requests that failed or were slow, as the page made them; and the page gets what it would have got.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RequestEntry } from '../../src/recorder/entries'
import type { Host } from '../../src/recorder/host'
import { createLog, type Log } from '../../src/recorder/log'
import { replace } from '../../src/recorder/replace'

class FakeXhr extends EventTarget {
  status = 0
  open(..._: unknown[]): void {}
  send(..._: unknown[]): string {
    return 'sent'
  }
  end(type: string, status = 0, loaded = 0): void {
    this.status = status
    this.dispatchEvent(new ProgressEvent(type, { loaded }))
  }
}

/** Stands in for the response of a browser, which jsdom lacks. */
const answer = (status: number, size?: number, type = 'basic'): Response =>
  ({ status, type, headers: new Headers(size === undefined ? {} : { 'content-length': `${size}` }) }) as Response

const named = (name: string): Error => Object.assign(new Error('no'), { name })

let entries: RequestEntry[]
let settings: Record<string, unknown>
let log: Log
const native = vi.fn<(...args: unknown[]) => unknown>()

const host = {
  endpoint: 'https://shop.example/',
  setting: (name: string, otherwise: unknown) => settings[name] ?? otherwise,
} as unknown as Host

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('XMLHttpRequest', FakeXhr)
  vi.stubGlobal('fetch', native)
  native.mockReset()
  entries = []
  settings = {}
  log = createLog(
    host,
    (_, entry) => void entries.push(entry as RequestEntry),
    () => {},
  )
})
afterEach(() => {
  log.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const failing = async (url: unknown, init?: unknown, status = 502): Promise<RequestEntry[]> => {
  native.mockResolvedValueOnce(answer(status))
  await (fetch as typeof native)(url, init)
  return entries
}

describe('fetch', () => {
  beforeEach(() => log.start())

  it('failed answers are recorded, others are not', async () => {
    const failed = answer(502, 120)
    native.mockResolvedValueOnce(failed)
    expect(await fetch('/api/payments', { method: 'post', body: 'secret' })).toBe(failed)
    expect(native).toHaveBeenLastCalledWith('/api/payments', { method: 'post', body: 'secret' })
    await failing('/ok', undefined, 204)
    expect(entries).toEqual([
      {
        method: 'POST',
        url: 'https://shop.example/api/payments',
        status: 502,
        duration_ms: 0,
        via: 'fetch',
        size_bytes: 120,
      },
    ])
  })

  it('slow answers are recorded', async () => {
    native.mockImplementation(() => new Promise((resolve) => setTimeout(() => resolve(answer(200)), 3000)))
    const answered = fetch('/slow')
    await vi.advanceTimersByTimeAsync(3000)
    await answered
    expect(entries).toMatchObject([{ status: 200, duration_ms: 3000 }])
    expect(entries[0]).not.toHaveProperty('error')
  })

  it('a request that fails fails with the same error', async () => {
    const failure = new TypeError('Failed to fetch')
    native.mockRejectedValueOnce(failure)
    await expect(fetch('/down')).rejects.toBe(failure)
    // A page that is left by then is not there to report it.
    expect(entries).toEqual([])
    await vi.advanceTimersByTimeAsync(500)
    expect(entries).toMatchObject([{ url: 'https://shop.example/down', status: 0, error: 'failed' }])
  })

  it('what the page breaks off is recorded only when it was slow', async () => {
    native.mockRejectedValueOnce(named('AbortError'))
    await expect(fetch('/a')).rejects.toThrow()
    native.mockRejectedValueOnce('left')
    await expect(fetch('/b', { signal: AbortSignal.abort('left') })).rejects.toBe('left')
    expect(entries).toEqual([])
    native.mockImplementation(() => new Promise((_, reject) => setTimeout(() => reject(named('AbortError')), 4000)))
    const aborted = expect(fetch('/c')).rejects.toThrow()
    await vi.advanceTimersByTimeAsync(4000)
    await aborted
    native.mockRejectedValueOnce(named('TimeoutError'))
    await expect(fetch('/d', { signal: AbortSignal.abort() })).rejects.toThrow()
    expect(entries.map(({ error, url }) => [url.slice(-2), error])).toEqual([
      ['/c', 'aborted'],
      ['/d', 'timeout'],
    ])
  })

  it('addresses are masked, and our own and those of no network left out', async () => {
    await failing('/users/amina@example.com?token=abc123&lang=en#frag')
    await failing(new URL('https://user:secret@api.example/x?card=4111111111111111'))
    expect(entries.map(({ url }) => url)).toEqual(['https://shop.example/users/[email]', 'https://api.example/x'])
    settings['query_parameters'] = 'lang'
    log.stop()
    log.start()
    expect((await failing('/search?lang=en&q=x')).at(-1)?.url).toBe('https://shop.example/search?lang=en')
    expect((await failing(`/${'long/'.repeat(400)}`)).at(-1)?.url.length).toBe(500)
    const before = entries.length
    for (const url of ['/ingest-events', '/ingest-recording', '/sdk-settings?key=a', '/footfall-more.js?v=1'])
      await failing(url)
    for (const url of ['data:text/plain,a', 'blob:https://shop.example/1', 'about:blank', '', 'http://', {}, null, 7])
      await failing(url)
    expect(entries.length).toBe(before)
    await failing('/api/payments')
    expect(entries.length).toBe(before + 1)
  })

  it('an answer that says nothing is no failure', async () => {
    native.mockResolvedValueOnce(answer(0, undefined, 'opaque'))
    await fetch('https://ads.example/', { mode: 'no-cors' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(entries).toEqual([])
  })

  it('promises of the page, and what is none, are handed on as they are', () => {
    const cancellable = Object.assign(Promise.resolve(answer(500)), { cancel: () => {} })
    for (const result of [cancellable, 'cached', undefined, {}]) {
      native.mockReturnValueOnce(result)
      expect((fetch as typeof native)('/x')).toBe(result)
    }
    const refused = new TypeError('refused')
    native.mockImplementationOnce(() => {
      throw refused
    })
    expect(() => (fetch as typeof native)('/x')).toThrow(refused)
  })

  it('hostile arguments reach the page unchanged', async () => {
    const trap = new Proxy(
      {},
      {
        get() {
          throw new Error('touched')
        },
      },
    )
    const url = { toString: vi.fn(() => '/x') }
    await failing(url, trap)
    const [passedUrl, passedOptions] = native.mock.lastCall as unknown[]
    expect(passedUrl === url && passedOptions === trap).toBe(true)
    expect(url.toString).not.toHaveBeenCalled()
  })

  it('at most 300 are kept of a page', async () => {
    for (let i = 0; i < 310; i++) await failing(`/x/${i}`)
    expect(entries.length).toBe(300)
  })

  it('what ends after the recording is not recorded, and the page has its own again', async () => {
    let resolve: (response: Response) => void = () => {}
    native.mockReturnValueOnce(
      new Promise((done) => {
        resolve = done
      }),
    )
    const answered = fetch('/late')
    native.mockRejectedValueOnce(new TypeError('failed'))
    await expect(fetch('/failed')).rejects.toThrow()
    log.stop()
    expect(fetch).toBe(native)
    resolve(answer(500))
    expect((await answered).status).toBe(500)
    await vi.advanceTimersByTimeAsync(1000)
    expect(entries).toEqual([])
  })
})

it('XMLHttpRequests are recorded with how they ended', async () => {
  const { open, send } = FakeXhr.prototype
  log.start()
  const run = (url: unknown, type: string, status = 0, loaded = 0): void => {
    const request = new FakeXhr()
    request.open('put', url)
    expect(request.send('secret')).toBe('sent')
    request.end(type, status, loaded)
    request.end('loadend', status, loaded)
  }
  run('/a?token=1', 'load', 404, 77)
  run('/b', 'load', 200)
  run('/c', 'timeout')
  run('/d', 'abort')
  run('/e', 'error')
  run({ toString: () => '/f' }, 'load', 500)
  // Used again.
  const request = new FakeXhr()
  for (const url of ['/g', '/h']) {
    request.open('GET', url)
    request.send()
    request.end('load', 500)
  }
  await vi.advanceTimersByTimeAsync(500)
  expect(
    entries.map(({ method, status, url, error, size_bytes }) => [method, url.slice(20), status, error, size_bytes]),
  ).toEqual([
    ['PUT', '/a', 404, undefined, 77],
    ['PUT', '/c', 0, 'timeout', undefined],
    ['GET', '/g', 500, undefined, 0],
    ['GET', '/h', 500, undefined, 0],
    ['PUT', '/e', 0, 'failed', undefined],
  ])
  log.stop()
  expect([FakeXhr.prototype.open, FakeXhr.prototype.send]).toEqual([open, send])
})

it('without the setting nothing is touched', () => {
  const { open } = FakeXhr.prototype
  const { log: print } = console
  settings = { record_requests: false }
  log.start()
  expect(fetch).toBe(native)
  expect(FakeXhr.prototype.open).toBe(open)
  expect(console.log).toBe(print)
})

describe('a replaced method', () => {
  it('keeps its name, members and source', () => {
    const original = (_amount: number, _currency: number): string => 'paid'
    const owner = { pay: Object.assign(original, { polyfill: true }) }
    const { pay } = owner
    const stop = replace(owner, 'pay', (call) => `${call()}!`)
    expect(owner.pay(1, 2)).toBe('paid!')
    expect([owner.pay.name, owner.pay.length, owner.pay.polyfill]).toEqual(['original', 2, true])
    stop()
    expect(owner.pay).toBe(pay)
  })

  it('is left alone where it cannot be replaced', () => {
    const owner = Object.freeze({ pay: () => 'paid' })
    replace(owner, 'pay', () => 'no')()
    replace(owner, 'missing', () => 'no')()
    expect(owner.pay()).toBe('paid')
    expect(owner).not.toHaveProperty('missing')
  })
})
