// A booking under way in this tab: leaving the site with one abandons it.
//
// The server finds bookings that nothing more is heard of by itself, after half an hour. This is sooner.
import type { Core } from '../core/core'
import { safely } from '../lib/safe'
import type { CustomerEventName, Data } from './events'

interface Open {
  user: string
  data: Data
}

export interface OpenBooking {
  /** Takes note of what is told. */
  see(name: CustomerEventName, data: Data): void
  /** The customer's booking, which then counts as ended. */
  take(): Data | undefined
}

export const createOpenBooking = ({ tab, prefix, user }: Core): OpenBooking => {
  const key = `${prefix}booking`

  const read = (): Open | undefined => {
    const open = safely(() => JSON.parse(tab.get(key) || '') as Open)()
    return open && open.user === user() ? open : undefined
  }

  const keep = (data: Data): void => tab.set(key, JSON.stringify({ user: user(), data }))

  return {
    see(name, data) {
      if (name === 'booking.started') keep(data)
      if (name === 'booking.step_completed') {
        const open = read()
        if (open) keep({ ...open.data, ...data })
      }
      if (name === 'booking.abandoned' || name === 'booking.completed') tab.remove(key)
    },
    take() {
      const open = read()
      if (open) tab.remove(key)
      return open && open.data
    },
  }
}
