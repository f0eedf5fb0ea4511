// Watches calls of a method that the browser gives no event for (pushState, window.open).
import type { Stop } from './listen'
import { safely } from './safe'

/** The original keeps its arguments, `this`, result and exceptions; `after` runs when it has returned. */
export const wrap = (owner: object, name: string, after: () => void): Stop => {
  const holder = owner as Record<string, (...args: unknown[]) => unknown>
  const original = holder[name] as (...args: unknown[]) => unknown
  let notify = safely(after)
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    const result = original.apply(this, args)
    notify()
    return result
  }
  // A frozen owner refuses, silently or not: then route changes are seen by popstate alone.
  safely(() => {
    holder[name] = wrapper
  })()
  return safely(() => {
    notify = () => {}
    // Somebody may have wrapped us since: then our wrapper stays in the chain and does nothing.
    if (holder[name] === wrapper) holder[name] = original
  })
}
