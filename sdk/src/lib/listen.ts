// Adds a listener that cannot throw and gives back its removal.
import { safely } from './safe'

export type Stop = () => void

/**
 * Listens to each of the space-separated event names. In the capture phase: a page that stops propagation must not hide
 * its clicks from us.
 */
export const listen = <E extends Event>(target: EventTarget, names: string, handler: (event: E) => void): Stop => {
  const listener = safely(handler) as EventListener
  const each = names.split(' ')
  for (const name of each) target.addEventListener(name, listener, true)
  return () => {
    for (const name of each) target.removeEventListener(name, listener, true)
  }
}
