// Watches calls of a method that the browser gives no event for (pushState, window.open).
import type { Stop } from './listen'
import { safely } from './safe'

/**
 * The original keeps its arguments, `this`, result and exceptions. `notice` runs before it, since a dialog
 * returns only when it is closed, and after it, when its effect can be seen.
 */
export const wrap = (owner: object, name: string, notice: () => void): Stop => {
  const holder = owner as Record<string, (...args: unknown[]) => unknown>
  const original = holder[name] as (...args: unknown[]) => unknown
  let notify = safely(notice)
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    notify()
    const result = original.apply(this, args)
    notify()
    return result
  }
  // A frozen owner refuses, silently or not: then its calls go unnoticed.
  safely(() => {
    if (name in owner) holder[name] = wrapper
  })()
  return safely(() => {
    notify = () => {}
    // Somebody may have wrapped us since: then our wrapper stays in the chain and does nothing.
    if (holder[name] === wrapper) holder[name] = original
  })
}
