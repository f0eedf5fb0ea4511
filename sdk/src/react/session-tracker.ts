// `SessionTracker`: identifies the signed-in customer, and tracks their visits while it is mounted.
import { useEffect } from 'react'
import { type Customer, customerOf } from '../core/customer'
import { useFootfall } from './provider'

export interface SessionTrackerProps {
  /** Null: nobody is signed in. Undefined: not known yet, and nothing happens. */
  user: Customer | null | undefined
}

export const SessionTracker = ({ user }: SessionTrackerProps): null => {
  const footfall = useFootfall()
  // Compared by value: parents create the object anew at every render.
  const serialized = user && JSON.stringify(customerOf(user))

  useEffect(() => (footfall ? footfall.trackSessions() : undefined), [footfall])
  useEffect(() => {
    if (!footfall || serialized === undefined) return
    if (serialized) footfall.identify(JSON.parse(serialized) as Customer)
    else footfall.signOut()
  }, [footfall, serialized])
  return null
}
