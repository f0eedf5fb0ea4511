// Where the mouse rests, for heatmaps: a sample now and then, of some page views. Fingers do not hover. Off by default.
import type { Context } from '../context'
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'
import { createTimer } from '../lib/timer'
import { placeIn } from './place'

const EVERY_MS = 500
/** Of a page view. */
const MAX = 100

export const startMove = ({ bus, capture, selectorOf, settings }: Context): Stop => {
  const isSampled = Math.random() < settings.get('move_share', 1)
  /** With its target, which an event forgets when it is over. */
  let last: [PointerEvent, EventTarget | undefined] | undefined
  let isWaiting = false
  let count = 0
  const timer = createTimer()

  const sample = (): void => {
    isWaiting = false
    const [event, target] = last || []
    if (!event || !(target instanceof Element) || count >= settings.get('move_max', MAX)) return
    count++
    const place = placeIn(target, event.clientX, event.clientY)
    capture({ type: 'heatmap', interaction_type: 'move', element_selector: selectorOf(target), ...place })
  }

  return all(
    listen<PointerEvent>(window, 'pointermove', (event) => {
      if (!isSampled || !settings.get('move', false) || !event.isTrusted || event.pointerType !== 'mouse') return
      last = [event, event.composedPath()[0]]
      // Not anew with every move: a pointer that never rests is sampled as well.
      if (isWaiting) return
      isWaiting = true
      timer(sample, settings.get('move_every', EVERY_MS))
    }),
    bus.on('reaction', ({ kind }) => {
      if (kind === 'navigation') count = 0
    }),
    timer,
  )
}
