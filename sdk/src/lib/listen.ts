// Adds a listener that cannot throw and gives back its removal.
import { safely } from './safe'

export type Stop = () => void

/**
 * Listens to each of the space-separated event names. Capture by default: a page that stops
 * propagation must not hide its clicks from us. Passive: we never prevent anything.
 */
export const listen = <E extends Event>(
  target: EventTarget,
  names: string,
  handler: (event: E) => void,
  capture = true,
): Stop => {
  const listener = safely(handler) as EventListener
  const options = { capture, passive: true }
  const each = names.split(' ')
  for (const name of each) target.addEventListener(name, listener, options)
  return () => {
    for (const name of each) target.removeEventListener(name, listener, options)
  }
}
