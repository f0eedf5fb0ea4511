// thrashing: the mouse is shaken to and fro, as over a page that does not react. Off by default.
import type { Context } from '../context'
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'
import { pageUrl } from '../lib/page-url'
import { reportFriction } from './friction'

const REVERSALS = 5
/** Turns count within this time, and when the pointer moved this far in between. */
const WINDOW_MS = 1000
const MIN_DISTANCE_PX = 40

export const startThrashing = (context: Context): Stop => {
  const { settings } = context
  let reversals: number[] = []
  let from: PointerEvent | undefined
  let direction = 0
  let isReported = false

  const report = (event: PointerEvent): void => {
    const [target] = event.composedPath()
    if (isReported || !(target instanceof Element)) return
    // Once until the pointer has come to rest.
    isReported = true
    const subject = { severity: 'low', page_url: pageUrl(), element_selector: context.selectorOf(target) } as const
    reportFriction(context, 'thrashing', { turns: reversals.length }, subject)
  }

  const onMove = (event: PointerEvent): void => {
    if (!settings.get('thrashing', false) || !event.isTrusted || event.pointerType !== 'mouse' || event.buttons) return
    const now = Date.now()
    if (!from) from = event
    const way = event.clientX - from.clientX
    if (Math.abs(way) < MIN_DISTANCE_PX) return
    reversals = reversals.filter((at) => now - at < WINDOW_MS)
    if (!reversals[0]) isReported = false
    if (Math.sign(way) === -direction) reversals.push(now)
    direction = Math.sign(way)
    from = event
    if (reversals.length >= settings.get('thrashing_turns', REVERSALS)) report(event)
  }

  return all(
    listen(window, 'pointermove', onMove),
    context.bus.on('press', () => {
      reversals = []
    }),
  )
}
