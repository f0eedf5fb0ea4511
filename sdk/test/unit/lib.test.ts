import { afterEach, describe, expect, it, vi } from 'vitest'
import { readConfig } from '../../src/config'
import { createBus } from '../../src/lib/bus'
import { pageUrl } from '../../src/lib/page-url'
import { safely } from '../../src/lib/safe'
import { textOf } from '../../src/lib/text'
import { uuid } from '../../src/lib/uuid'
import { wrap } from '../../src/lib/wrap'
import { backoffMs, parseRetryAfter } from '../../src/retry'
import { html } from '../support/signals'

describe('uuid', () => {
  it('is of version 7, and begins with the time', () => {
    vi.useFakeTimers({ now: 0x0123456789ab })
    expect(uuid()).toMatch(/^01234567-89ab-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    vi.useRealTimers()
  })

  it('does not repeat', () => {
    expect(new Set(Array.from({ length: 1000 }, uuid)).size).toBe(1000)
  })
})

describe('textOf', () => {
  it.each([
    ['<button>  Buy \n <b>now</b> </button>', 'Buy now'],
    ['<button></button>', undefined],
    ['<input value="secret">', undefined],
    ['<textarea>secret</textarea>', undefined],
    ['<label>Note <textarea>secret</textarea></label>', undefined],
    ['<select><option>One</option></select>', undefined],
    ['<div contenteditable>secret</div>', undefined],
    ['<div><p contenteditable>secret</p></div>', undefined],
  ])('of %s is %j', (markup, expected) => {
    expect(textOf(html(markup), '')).toBe(expected)
  })

  it('is cut to a length, which leaves more than is sent: it is masked before that', () => {
    expect(textOf(html(`<p>${'word '.repeat(1000)}</p>`), '')).toHaveLength(256)
  })

  it('is not taken from inside editable text', () => {
    expect(textOf(html('<div contenteditable><b>secret</b></div>').firstElementChild as Element, '')).toBeUndefined()
  })
})

describe('pageUrl', () => {
  afterEach(() => history.replaceState(null, '', '/start'))
  it.each([
    ['/a?b=c', '/a?b=c'],
    ['/a?b=c#access_token=1', '/a?b=c'],
    ['/a#', '/a'],
    ['/a#/route', '/a#/route'],
    ['/a#!/route', '/a#!/route'],
  ])('of %s is %s', (path, expected) => {
    history.replaceState(null, '', path)
    expect(pageUrl()).toBe(`https://shop.example${expected}`)
  })

  it('is cut to a length, which leaves more than is sent: it is masked before that', () => {
    history.replaceState(null, '', `/${'x'.repeat(5000)}`)
    expect(pageUrl()).toHaveLength(4096)
  })
})

describe('safely', () => {
  it('keeps failures inside and results as they are', () => {
    expect(safely((a: number) => a + 1)(1)).toBe(2)
    expect(
      safely(() => {
        throw new Error('ours')
      })(),
    ).toBeUndefined()
  })
})

describe('wrap', () => {
  it('gives up its place, and stays harmless when somebody else holds it', () => {
    const seen: string[] = []
    const owner = { call: (text: string) => `${text}!` }
    const original = owner.call
    const stop = wrap(owner, 'call', () => seen.push('first'))
    expect(owner.call('a')).toBe('a!')
    const ours = owner.call
    owner.call = (text) => ours(text)
    stop()
    expect(owner.call('b')).toBe('b!')
    // Before and after the one call: what came later found nobody listening.
    expect(seen).toEqual(['first', 'first'])
    const stopAgain = wrap(owner, 'call', () => {})
    stopAgain()
    expect(owner.call).not.toBe(original)
  })

  it('lets exceptions of the original pass and swallows its own', () => {
    const owner = {
      fail: () => {
        throw new Error('theirs')
      },
      work: () => 1,
    }
    wrap(owner, 'fail', () => {})
    wrap(owner, 'work', () => {
      throw new Error('ours')
    })
    expect(() => owner.fail()).toThrow('theirs')
    expect(owner.work()).toBe(1)
  })

  it('survives a frozen owner', () => {
    const owner = Object.freeze({ work: () => 1 })
    const stop = wrap(owner, 'work', () => {})
    expect(owner.work()).toBe(1)
    stop()
  })
})

describe('the bus', () => {
  it('goes on when a handler fails, and forgets those that left', () => {
    const bus = createBus<{ ping: number }>()
    const heard: number[] = []
    bus.on('ping', () => {
      throw new Error('ours')
    })
    const stop = bus.on('ping', (n) => void heard.push(n))
    bus.emit('ping', 1)
    stop()
    bus.emit('ping', 2)
    expect(heard).toEqual([1])
  })
})

describe('back-off', () => {
  it('doubles, with half of it by chance, up to five minutes', () => {
    expect([backoffMs(1, 0), backoffMs(1, 1), backoffMs(3, 0), backoffMs(3, 1)]).toEqual([500, 1000, 2000, 4000])
    expect(backoffMs(50, 1)).toBe(300_000)
  })

  it('honours Retry-After in seconds and as a date, up to an hour', () => {
    vi.useFakeTimers({ now: 1_700_000_000_000 })
    expect(parseRetryAfter('30')).toBe(30_000)
    expect(parseRetryAfter(new Date(Date.now() + 60_000).toUTCString())).toBe(60_000)
    expect(parseRetryAfter('999999')).toBe(3_600_000)
    for (const nothing of [null, '', '0', '-5', 'soon', new Date(0).toUTCString()])
      expect(parseRetryAfter(nothing)).toBe(0)
    vi.useRealTimers()
  })
})

describe('readConfig', () => {
  const script = (attributes: Record<string, string>, src = 'https://foot.example/friction-tracker.js') => {
    const element = document.createElement('script')
    element.src = src
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(`data-${name}`, value)
    return readConfig(element)
  }

  it('has defaults for everything but the key', () => {
    expect(script({})).toBeUndefined()
    expect(script({ 'api-key': 'fk_1' })).toEqual({
      apiKey: 'fk_1',
      endpoint: 'https://foot.example',
      batchSize: 10,
      batchIntervalMs: 5000,
      own: { api_key: 'fk_1' },
    })
  })

  it('reads what is set', () => {
    expect(
      script({
        'api-key': 'fk_1',
        endpoint: 'https://in.example/f/',
        'batch-size': '3',
        'batch-interval': '250',
        'enable-recording': 'true',
        ignore: '.ticker',
        'dead-after': '2000',
        'recording-share': '1e-3',
        mask: '3d-view',
      }),
    ).toEqual({
      apiKey: 'fk_1',
      endpoint: 'https://in.example/f',
      batchSize: 3,
      batchIntervalMs: 250,
      own: {
        api_key: 'fk_1',
        endpoint: 'https://in.example/f/',
        batch_size: 3,
        batch_interval: 250,
        enable_recording: true,
        ignore: '.ticker',
        dead_after: 2000,
        recording_share: 0.001,
        mask: '3d-view',
      },
    })
  })

  it('takes an endpoint that names the whole path', () => {
    expect(script({ 'api-key': 'k', endpoint: 'https://in.example/functions/v1/ingest-events' })?.endpoint).toBe(
      'https://in.example/functions/v1',
    )
  })

  it('falls back over nonsense', () => {
    expect(script({ 'api-key': 'k', 'batch-size': 'x', 'batch-interval': '-1' })).toMatchObject({
      batchSize: 10,
      batchIntervalMs: 5000,
    })
  })
})
