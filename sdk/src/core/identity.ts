// The signed-in customer: set by the page; between pages only the id is kept.
//
// The memory is for one thing: a session id is never used by two customers. Whoever comes after somebody
// else gets a new one.
import type { Bus } from '../lib/bus'
import { listen, type Stop } from '../lib/listen'
import { safely } from '../lib/safe'
import type { Storage } from '../lib/storage'
import { type Customer, customerOf, userOf } from './customer'
import type { Topics } from './topics'
import type { Visit } from './visit'

interface SignedIn {
  user: string
  session_id: string
}

export interface Identity {
  identify(customer: Customer): void
  signOut(): void
  /** Whom this page knows; undefined when nobody is signed in. */
  customer(): Customer | undefined
  stop: Stop
}

export const createIdentity = (
  storage: Storage,
  prefix: string,
  place: () => Visit,
  { emit }: Bus<Topics>,
): Identity => {
  const key = `${prefix}user`
  let customer: Customer | undefined

  const signedIn = (): SignedIn | undefined =>
    safely(() => JSON.parse(storage.get(key) || '') as SignedIn | null)() || undefined

  const forget = (reason: 'sign_out' | 'user_switch'): void => {
    const before = signedIn()
    customer = undefined
    if (!before) return
    storage.remove(key)
    emit('signOut', reason)
    storage.remove(`${prefix}session`)
  }

  // Another tab may have let somebody else in, and its event comes a moment later: the storage knows already.
  const current = (): Customer | undefined => {
    const now = signedIn()
    if (now && now.user !== userOf(customer)) customer = undefined
    return customer
  }

  return {
    customer: current,
    identify(person) {
      const next = customerOf(person)
      const user = userOf(next)
      if (!user) return
      const before = signedIn()
      if (before && before.user !== user) forget('user_switch')
      customer = userOf(customer) === user ? { ...customer, ...next } : next
      const { session_id } = place()
      storage.set(key, JSON.stringify({ user, session_id }))
      emit('signIn', { isNew: !before || before.user !== user || before.session_id !== session_id })
    },
    signOut: () => forget('sign_out'),
    // Another tab signed out, or somebody else in: what is done here is no longer known to be theirs.
    stop: listen<StorageEvent>(window, 'storage', (event) => {
      const now = signedIn()
      if (event.key === key && (!now || now.user !== userOf(customer))) customer = undefined
    }),
  }
}
