// Watches calls of a method that the browser gives no event for (pushState, window.open).
import type { Stop } from './listen'
import { safely } from './safe'

/**
 * The original keeps its arguments, `this`, result and exceptions. `notice` runs before it, since a dialog
 * returns only when it is closed, and after it, when its effect can be seen.
 */
// biome-ignore lint/suspicious/noExplicitAny: a method of any object
export const wrap = (owner: any, name: string, notice: () => void): Stop => {
  const original = owner[name] as (...args: unknown[]) => unknown
  let notify = safely(notice)
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    notify()
    const result = original.apply(this, args)
    notify()
    return result
  }
  // A frozen owner refuses, silently or not: then its calls go unnoticed.
  safely(() => {
    if (name in owner) owner[name] = wrapper
  })()
  return safely(() => {
    notify = () => {}
    // Somebody may have wrapped us since: then our wrapper stays in the chain and does nothing.
    if (owner[name] === wrapper) owner[name] = original
  })
}
