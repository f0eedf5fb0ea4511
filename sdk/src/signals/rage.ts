// rage_click: three or more quick clicks in one place, reported once, when the burst is over.
import type { Click, Context } from '../context'
import { all } from '../lib/all'
import type { Stop } from '../lib/listen'
import { createTimer } from '../lib/timer'
import { reportFriction } from './friction'
import { isAnswer } from './reactions'
import { isStepper } from './stepper'
import { INTERACTIVE, isField, isModified } from './subject'

export const RAGE_CLICKS = 3
export const RAGE_WINDOW_MS = 1000
export const RAGE_RADIUS_PX = 30
/** Scrolling or selecting this soon after a click belongs to it; later it is the visitor moving on. */
const SPOIL_MS = 100

const isExempt = (click: Click): boolean =>
  isModified(click) || isField(click) || isStepper(click) || !!click.target.closest('canvas,[data-no-rage]')

const inOnePlace = (a: Click, b: Click): boolean =>
  (a.element === b.element && a.element.matches(INTERACTIVE)) ||
  Math.hypot(a.event.clientX - b.event.clientX, a.event.clientY - b.event.clientY) <= RAGE_RADIUS_PX

/** NaN, which is in no window, when there is no such click. */
const elapsedMs = (a: Click | undefined, b: Click | undefined): number =>
  a && b ? b.subject.timestamp - a.subject.timestamp : NaN

export const startRage = (context: Context): Stop => {
  const { bus } = context
  let burst: Click[] = []
  let last: Click | undefined
  let responded = false
  /** Something was scrolled or selected by the burst. */
  let spoiled = false
  /** The same since the last click: spoils the burst if another click follows. */
  let doubtful = false
  const timer = createTimer()

  const finish = (): void => {
    timer()
    const clicks = burst
    const [first] = clicks
    const isRage = clicks.some((click, i) => elapsedMs(clicks[i - RAGE_CLICKS + 1], click) <= RAGE_WINDOW_MS)
    if (first && isRage && !spoiled) {
      const metadata = { click_count: clicks.length, duration_ms: elapsedMs(first, last), responded }
      reportFriction(context, 'rage_click', metadata, first.subject)
    }
    burst = []
    responded = spoiled = doubtful = false
  }

  const onClick = (click: Click): void => {
    const [first] = burst
    const exempt = isExempt(click)
    if (exempt || (first && !(elapsedMs(last, click) <= RAGE_WINDOW_MS && inOnePlace(first, click)))) finish()
    if (exempt) return
    burst.push((last = click))
    spoiled = spoiled || doubtful
    responded = responded || click.answered
    timer(finish, RAGE_WINDOW_MS)
  }

  return all(
    bus.on('click', onClick),
    bus.on('reaction', ({ kind }) => {
      if (!burst[0] || !last) return
      if (isAnswer(kind)) responded = true
      else if (kind !== 'focus') {
        doubtful = true
        if (Date.now() - last.subject.timestamp <= SPOIL_MS) spoiled = true
      }
    }),
    bus.on('hide', () => {
      // Leaving the page is its answer.
      responded = true
      finish()
    }),
    timer,
  )
}
