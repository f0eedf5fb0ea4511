// A booking under way in this tab: leaving the site with one abandons it.
//
// The server finds bookings that nothing more is heard of by itself, after half an hour. This is sooner.
import type { Core } from '../core/core'
import { safely } from '../lib/safe'
import type { CustomerEventName, Data } from './events'

/** Back in the tab as soon as this, the site was not left: the page was loaded again. */
const RELOAD_MS = 60_000

interface Open {
  user: string
  data: Data
  /** Told as abandoned. */
  left_at?: number
}

export interface OpenBooking {
  /** Follows the booking through the events that are sent. */
  see(name: CustomerEventName, data: Data): void
  /** The customer's booking, when the site is left with it. */
  leave(): Data | undefined
  /** The booking that was reported as abandoned, and was not. */
  resume(): Data | undefined
}

export const createOpenBooking = ({ tab, prefix, user }: Core): OpenBooking => {
  const key = `${prefix}booking`

  const read = (): Open | undefined => {
    const open = safely(() => JSON.parse(tab.get(key) || '') as Open)()
    return open && open.user === user() ? open : undefined
  }

  const keep = (data: Data, more?: { left_at: number }): void =>
    tab.set(key, JSON.stringify({ user: user(), data, ...more }))

  return {
    see(name, data) {
      if (name === 'booking.started') keep(data)
      if (name === 'booking.step_completed') {
        const open = read()
        if (open) keep({ ...open.data, ...data })
      }
      if (name === 'booking.abandoned' || name === 'booking.completed') tab.remove(key)
    },
    leave() {
      const { data, left_at } = read() || {}
      if (!data || left_at) return undefined
      keep(data, { left_at: Date.now() })
      return data
    },
    resume() {
      const { data, left_at = 0 } = read() || {}
      return Math.abs(Date.now() - left_at) < RELOAD_MS ? data : undefined
    },
  }
}
