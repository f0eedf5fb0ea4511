import { afterEach, describe, expect, it, vi } from 'vitest'
import { fetchSettings, flatten } from '../../src/remote-settings'
import { createSettings, isIgnored } from '../../src/settings'
import { html } from '../support/signals'

afterEach(() => void vi.unstubAllGlobals())

describe('a setting', () => {
  it('is its default, then the project’s, and the page has the last word', () => {
    const settings = createSettings({ dead_after: 2000 })
    expect([settings.get('dead_after', 3000), settings.get('rage_window', 1000)]).toEqual([2000, 1000])
    settings.use({ dead_after: 4000, rage_window: 500 })
    expect([settings.get('dead_after', 3000), settings.get('rage_window', 1000)]).toEqual([2000, 500])
    settings.use({})
    expect(settings.get('rage_window', 1000)).toBe(1000)
  })

  it.each([['2'], [true], [null], [-1], [{}], [undefined]])('is its default where %j is given', (value) => {
    expect(createSettings({ x: value }).get('x', 7)).toBe(7)
  })

  it('may be zero, or off', () => {
    const settings = createSettings({ share: 0, click: false })
    expect([settings.get('share', 1), settings.get('click', true)]).toEqual([0, false])
  })
})

describe('the project’s settings', () => {
  it('are flat, without units', () => {
    const given = { version: 3, signals: { click: false }, thresholds: { dead_after_ms: 2000, rage_radius_px: 40 } }
    expect(flatten(given)).toEqual({ version: 3, click: false, dead_after: 2000, rage_radius: 40 })
  })

  it.each([null, 7, 'x', [], { a: null }])('are none in %j', (given) => {
    expect(Object.values(flatten(given)).filter((value) => typeof value === 'object')).toEqual([])
  })

  it('are asked for without a preflight', async () => {
    const ask = vi.fn(async (_url: string, _init: RequestInit) => new Response('{"signals":{"click":false}}'))
    vi.stubGlobal('fetch', ask)
    expect(await fetchSettings('https://foot.example', 'fk_1')).toEqual({ click: false })
    expect(ask).toHaveBeenCalledWith('https://foot.example/sdk-settings?key=fk_1', { credentials: 'omit' })
  })

  it.each([
    ['an error', async () => new Response('', { status: 500 })],
    ['no answer', async () => Promise.reject(new TypeError('offline'))],
    ['nonsense', async () => new Response('<html>')],
    ['no fetch', undefined],
  ])('are undefined after %s', async (_name, answer) => {
    vi.stubGlobal('fetch', answer)
    expect(await fetchSettings('https://foot.example', 'fk_1')).toBeUndefined()
  })
})

describe('an ignored element', () => {
  it.each([
    ['<p data-footfall-ignore>x</p>', true],
    ['<p class="ticker">x</p>', true],
    ['<p>x</p>', false],
  ])('%s: %s', (markup, expected) => {
    expect(isIgnored(html(markup).firstChild as Node, createSettings({ ignore: '.ticker' }))).toBe(expected)
  })

  it('is none where the selector cannot be read', () => {
    expect(isIgnored(html('<p>x</p>'), createSettings({ ignore: '[[' }))).toBe(false)
  })
})
