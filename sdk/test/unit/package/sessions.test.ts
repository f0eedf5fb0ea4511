import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Core, createCore } from '../../../src/core/core'
import type { Stop } from '../../../src/lib/listen'
import { createSessions, REPORT_EVERY_MS, type SessionTracking } from '../../../src/sessions/tracker'
import { ASHA, hidePage, JUMA, OPTIONS, pass, useServer } from '../../support/server'
import { dispatchTrusted } from '../../support/trusted'

const START = '/api/analytics/session/start'
const END = '/api/analytics/session/end'
const MINUTE = 60_000
const server = useServer()
let core: Core
let sessions: SessionTracking
let stop: Stop

const openPage = (): void => {
  core = createCore(OPTIONS)
  sessions = createSessions(core)
  stop = sessions.start()
}
const closePage = (): void => {
  stop()
  core.stop()
}
const act = async (): Promise<void> => {
  dispatchTrusted(document, new Event('pointerdown'))
  await pass()
}
const ends = (): unknown[] => server.to(END).map(({ user_id, reason }) => [user_id, reason])

beforeEach(openPage)
afterEach(closePage)

describe('a session', () => {
  it('begins with its customer, once', async () => {
    core.identify(ASHA)
    core.identify(ASHA)
    await act()
    expect(server.sent).toHaveLength(1)
    expect(server.to(START)).toEqual([
      {
        api_key: 'fk_test',
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        session_id: core.place().session_id,
        user_id: '7',
        visitor_id: expect.any(String),
        page_url: 'https://shop.example/start',
        referrer: '',
        started_at: 1_700_000_000_000,
        sent_at: expect.any(Number),
      },
    ])
  })

  it('is not begun for visitors whom nobody names', async () => {
    await act()
    core.signOut()
    await hidePage()
    expect(server.sent).toEqual([])
  })

  it('goes on for as long as something is done in it', async () => {
    core.identify(ASHA)
    for (let minute = 0; minute < 35; minute++) {
      await pass(MINUTE)
      await act()
    }
    expect(server.to(START).map(({ started_at }) => Math.floor((started_at - 1_700_000_000_000) / MINUTE))).toEqual([
      0, 10, 20, 30,
    ])
    expect(new Set(server.to(START).map(({ session_id }) => session_id)).size).toBe(1)
    expect(new Set(server.to(START).map(({ id }) => id)).size).toBe(4)
    expect(REPORT_EVERY_MS).toBe(10 * MINUTE)
    expect(ends()).toEqual([])
  })

  it('ends by sign-out, and its id ends with it', async () => {
    core.identify(ASHA)
    await pass(MINUTE)
    core.signOut()
    core.signOut()
    await pass()
    expect(server.to(END)).toEqual([
      {
        api_key: 'fk_test',
        id: expect.any(String),
        session_id: server.to(START)[0].session_id,
        user_id: '7',
        visitor_id: server.to(START)[0].visitor_id,
        reason: 'sign_out',
        ended_at: 1_700_000_000_000 + MINUTE,
        sent_at: expect.any(Number),
      },
    ])
    expect(core.place().session_id).not.toBe(server.to(START)[0].session_id)
  })

  it('ends when somebody else signs in, on this page or a later one', async () => {
    core.identify(ASHA)
    await pass(MINUTE)
    core.identify(JUMA)
    await pass(MINUTE)
    closePage()
    openPage()
    core.identify(ASHA)
    await pass()
    expect(ends()).toEqual([
      ['7', 'user_switch'],
      ['u-8', 'user_switch'],
    ])
    expect(server.to(START).map(({ user_id }) => user_id)).toEqual(['7', 'u-8', '7'])
    expect(new Set(server.to(START).map(({ session_id }) => session_id)).size).toBe(3)
  })

  it('ends at its last activity when nothing happened for 30 minutes, and the next one begins anew', async () => {
    core.identify(ASHA)
    await pass(5 * MINUTE)
    await act()
    const activeAt = Date.now()
    await pass(29 * MINUTE)
    expect(ends()).toEqual([])
    await pass(2 * MINUTE)
    expect(ends()).toEqual([['7', 'idle']])
    expect(Math.abs(server.to(END)[0].ended_at - activeAt)).toBeLessThan(100)
    await act()
    expect(new Set(server.to(START).map(({ session_id }) => session_id)).size).toBe(2)
  })

  it('that no page was left to end is ended by the next visit', async () => {
    core.identify(ASHA)
    await act()
    closePage()
    await pass(45 * MINUTE)
    openPage()
    core.identify(ASHA)
    await pass()
    expect(ends()).toEqual([['7', 'idle']])
    expect(server.to(START)).toHaveLength(2)
  })

  it('ends after 24 hours', async () => {
    core.identify(ASHA)
    for (let minute = 0; minute < 24 * 60 + 40; minute += 20) {
      await pass(20 * MINUTE)
      await act()
    }
    expect(ends()).toEqual([['7', 'max_age']])
    expect(new Set(server.to(START).map(({ session_id }) => session_id)).size).toBe(2)
  })

  it('ends with the page, in a request that outlives it', async () => {
    core.identify(ASHA)
    await act()
    server.reset()
    await hidePage()
    expect(ends()).toEqual([['7', 'page_unload']])
    expect(server.sent.map(({ keepalive }) => keepalive)).toEqual([true])
  })

  it('ends with a page that closes before it knows who is there', async () => {
    core.identify(ASHA)
    await pass()
    closePage()
    openPage()
    await hidePage()
    expect(ends()).toEqual([['7', 'page_unload']])
  })

  it('goes on for a page that comes back', async () => {
    core.identify(ASHA)
    await hidePage()
    dispatchTrusted(window, new Event('pageshow'))
    await pass()
    expect(ends()).toEqual([['7', 'page_unload']])
    expect(server.to(START)).toHaveLength(2)
  })

  it('goes on while another tab shows the site', async () => {
    core.identify(ASHA)
    localStorage.setItem('footfall.fk_test.tab.other', `${Date.now() - 20 * MINUTE}`)
    await hidePage()
    expect(ends()).toEqual([])
  })

  it('does not wait for a tab that crashed', async () => {
    localStorage.setItem('footfall.fk_test.tab.other', `${Date.now() - 31 * MINUTE}`)
    core.identify(ASHA)
    await hidePage()
    expect(ends()).toEqual([['7', 'page_unload']])
    expect(localStorage.getItem('footfall.fk_test.tab.other')).toBeNull()
  })

  it.each([
    ['a link', '<a href="/next">Next</a>', 'click'],
    ['a form', '<form action="/search"></form>', 'submit'],
  ])('goes on when %s leads to the next page of the site', async (_name, markup, type) => {
    core.identify(ASHA)
    document.body.innerHTML = markup
    dispatchTrusted(document.body.firstElementChild as Element, new MouseEvent(type, { bubbles: true }))
    await hidePage()
    closePage()
    openPage()
    core.identify(ASHA)
    await pass()
    expect(ends()).toEqual([])
    expect(server.to(START)).toHaveLength(1)
  })

  it.each([
    ['to another site', '<a href="https://other.example/">Other</a>'],
    ['into another tab', '<a href="/next" target="_blank">Next</a>'],
    ['to a download', '<a href="/file" download>File</a>'],
  ])('ends though a link leads %s', async (_name, markup) => {
    core.identify(ASHA)
    document.body.innerHTML = markup
    dispatchTrusted(document.body.firstElementChild as Element, new MouseEvent('click', { bubbles: true }))
    await hidePage()
    expect(ends()).toEqual([['7', 'page_unload']])
  })

  it('whose customer signed out in another tab is no longer theirs here', async () => {
    core.identify(ASHA)
    await pass()
    localStorage.setItem('footfall.fk_test.user', '{"user":"u-8","session_id":"other"}')
    localStorage.removeItem('footfall.fk_test.open')
    dispatchTrusted(window, new StorageEvent('storage', { key: 'footfall.fk_test.user' }))
    expect(core.customer()).toBeUndefined()
    server.reset()
    await pass(MINUTE)
    await act()
    await hidePage()
    expect(server.sent).toEqual([])
  })

  it('is followed once, however often it is asked for', async () => {
    const again = sessions.start()
    core.identify(ASHA)
    await pass()
    again()
    again()
    await pass(REPORT_EVERY_MS)
    await act()
    expect(server.to(START)).toHaveLength(2)
    stop()
    await pass(REPORT_EVERY_MS)
    await act()
    expect(server.sent).toHaveLength(2)
  })

  it('does not tell its end before its start was answered', async () => {
    server.replies = [503]
    core.identify(ASHA)
    await pass()
    await hidePage()
    expect(server.sent.map(({ path }) => path)).toEqual([START, START])
    await pass(60_000)
    expect(ends()).toEqual([['7', 'page_unload']])
  })

  it('does not tell its end, nor leave word of it, while its start is on its way out of the page', async () => {
    const { fetch } = globalThis
    const answers: (() => void)[] = []
    const told: string[] = []
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      told.push(new URL(url).pathname)
      return new Promise((resolve) => answers.push(() => resolve(fetch(url, init))))
    })
    vi.stubGlobal('fetchLater', (url: string) => told.push(new URL(url).pathname))
    core.identify(ASHA)
    dispatchTrusted(window, new Event('pagehide'))
    await pass(10_000)
    expect(new Set(told)).toEqual(new Set([START]))
    vi.stubGlobal('fetch', fetch)
    for (const answer of answers) answer()
    await pass(60_000)
    expect(ends()).toEqual([['7', 'page_unload']])
  })

  it('that was told in vain is told by the next page, in order', async () => {
    server.replies = Array.from({ length: 20 }, () => 0)
    core.identify(ASHA)
    await pass()
    core.signOut()
    await pass()
    closePage()
    server.replies = []
    server.reset()
    openPage()
    await pass(1000)
    expect(server.sent.map(({ path }) => path)).toEqual([START, END])
  })
})
