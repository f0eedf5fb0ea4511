// A signed-in customer's visit: reports when it begins, that it goes on, and how it ends.
//
// The visit is the one that all events name (`session.ts`), shared by the browser's tabs. What is told of it
// is kept beside it, so that any tab can go on where another stopped.
import type { Core } from '../core/core'
import type { Visit } from '../core/visit'
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'
import { pageUrl } from '../lib/page-url'
import { safely } from '../lib/safe'
import { createTimer } from '../lib/timer'
import { uuid } from '../lib/uuid'
import { IDLE_MS } from '../session'
import { type EndReason, sessionDestination } from './destination'
import { createLivingTabs } from './tabs'

/** Activity is noted this often at most in a tab: every note writes to the disk. */
const STORE_EVERY_MS = 15_000
/** And reported this often: the server counts a start of a known session as activity. */
export const REPORT_EVERY_MS = 10 * 60 * 1000

interface OpenSession extends Visit {
  user_id: string
  active_at: number
  told_at: number
}

export interface SessionTracking {
  /** Follows the visits until it is stopped, however often it is asked. Stopping ends no visit. */
  start(): Stop
  stop: Stop
}

export const createSessions = (core: Core): SessionTracking => {
  const { storage, prefix, bus, user, place, renew } = core
  const key = `${prefix}open`
  const tabs = createLivingTabs(storage, prefix)
  const timer = createTimer()
  const { push } = core.outbox('session', sessionDestination(core.endpoint, core.apiKey, core.parameters))
  let notedAt = 0
  let followers = 0
  let stopFollowing: Stop = () => {}

  const open = (): OpenSession | undefined =>
    safely(() => JSON.parse(storage.get(key) || '') as OpenSession | undefined)()

  const end = (reason: EndReason, ended_at = Date.now()): void => {
    timer()
    notedAt = 0
    const known = open()
    storage.remove(key)
    if (!known) return
    const { active_at, told_at, ...who } = known
    push({ id: uuid(), timestamp: Date.now(), ...who, reason, ended_at })
  }

  /** Ends what is over by now, though nobody said so. */
  const expire = (): void => {
    const { active_at = 0 } = open() || {}
    if (active_at && Date.now() - active_at >= IDLE_MS) end('idle', active_at)
  }

  const touch = (): void => {
    const user_id = user()
    const now = Date.now()
    // Absolute: a clock that was set back must not silence us until it catches up.
    if (!user_id || Math.abs(now - notedAt) < STORE_EVERY_MS) return
    expire()
    let known = open()
    if (known && known.user_id !== user_id) {
      if (known.session_id === place().session_id) renew()
      end('user_switch')
      known = undefined
    }
    const who = { ...place(), user_id }
    // Visits that are not idle are renewed for their age only.
    if (known && known.session_id !== who.session_id) {
      end('max_age')
      known = undefined
    }
    let told_at = known ? known.told_at : 0
    if (Math.abs(now - told_at) >= REPORT_EVERY_MS) {
      told_at = now
      const where = { page_url: pageUrl(), referrer: document.referrer }
      push({ id: uuid(), timestamp: now, ...who, ...where, started_at: now })
    }
    storage.set(key, JSON.stringify({ ...who, active_at: now, told_at }))
    tabs.touch()
    notedAt = now
    timer(wait, IDLE_MS)
  }

  /** Other tabs may have been in use meanwhile. */
  const wait = (): void => {
    expire()
    const { active_at = 0 } = open() || {}
    if (active_at) timer(wait, Math.max(1000, active_at + IDLE_MS - Date.now()))
  }

  const follow = (): Stop => {
    const stop = all(
      bus.on('signIn', touch),
      bus.on('signOut', (reason) => end(reason)),
      bus.on('hide', ({ isSiteLeft }) => {
        notedAt = 0
        tabs.leave()
        if (isSiteLeft && tabs.isLast()) end('page_unload')
      }),
      listen(document, 'pointerdown keydown scroll', touch),
      listen(document, 'visibilitychange', () => {
        if (document.visibilityState === 'visible') touch()
      }),
      // Back from the back/forward cache: a visit that was reported as ended goes on.
      listen(window, 'pageshow', touch),
      timer,
      tabs.leave,
    )
    tabs.touch()
    touch()
    return stop
  }

  return {
    stop: () => stopFollowing(),
    start() {
      if (!followers++) stopFollowing = follow()
      let isStopped = false
      return () => {
        if (!isStopped && !--followers) stopFollowing()
        isStopped = true
      }
    },
  }
}
