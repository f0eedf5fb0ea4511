// rage_click: three or more quick clicks in one place, reported once, when the burst is over.
import type { Click, Context } from '../context'
import { all } from '../lib/all'
import { distance } from '../lib/distance'
import type { Stop } from '../lib/listen'
import { createTimer } from '../lib/timer'
import { reportFriction } from './friction'
import { ANSWER_SCROLL_MS, isAnswer } from './reactions'
import { isStepper } from './stepper'
import { INTERACTIVE, isField, isModified } from './subject'

const MIN_CLICKS = 3
const WINDOW_MS = 1000
const RADIUS_PX = 30

/** Media, drawings, maps, carousels and sliders, which are worked with quick clicks; and what a page marks. */
const PLAYED =
  'canvas,video,audio,[data-no-rage],[role=application],[role=slider],[role=spinbutton],[aria-roledescription]'

const isExempt = (click: Click): boolean =>
  isModified(click) || isField(click) || isStepper(click) || !!click.target.closest(PLAYED)

/** NaN, which is in no window, when there is no such click. */
const elapsedMs = (a: Click | undefined, b: Click | undefined): number =>
  a && b ? b.subject.timestamp - a.subject.timestamp : NaN

export const startRage = (context: Context): Stop => {
  const { bus, settings } = context
  const windowMs = (): number => settings.get('rage_window', WINDOW_MS)
  let burst: Click[] = []
  let last: Click | undefined
  let responded = false
  /** Something was scrolled or selected by the burst. */
  let spoiled = false
  /** The same since the last click: spoils the burst if another click follows. */
  let doubtful = false
  /**
   * The clicks that changed a control or the like: who switches something to and fro is not in a rage. All but one
   * is enough, since what one click has changed may be told after the next.
   */
  const effective = new Set<Click>()
  const timer = createTimer()

  const inOnePlace = (a: Click, b: Click): boolean =>
    (a.element === b.element && a.element.matches(INTERACTIVE)) ||
    distance(a.event, b.event) <= settings.get('rage_radius', RADIUS_PX)

  const finish = (): void => {
    timer()
    const clicks = burst
    const [first] = clicks
    const most = settings.get('rage_min_clicks', MIN_CLICKS) - 1
    const isRage = clicks.some((click, i) => elapsedMs(clicks[i - most], click) <= windowMs())
    if (first && isRage && !spoiled && effective.size < clicks.length - 1) {
      const metadata = { click_count: clicks.length, duration_ms: elapsedMs(first, last), responded }
      reportFriction(context, 'rage_click', metadata, first.subject)
    }
    burst = []
    effective.clear()
    responded = spoiled = doubtful = false
  }

  const onClick = (click: Click): void => {
    const [first] = burst
    const exempt = isExempt(click)
    const isNext = first && elapsedMs(last, click) <= windowMs() && inOnePlace(first, click)
    if (exempt || !isNext) finish()
    if (exempt) return
    burst.push((last = click))
    spoiled = spoiled || doubtful
    responded = responded || click.answered
    timer(finish, windowMs())
  }

  return all(
    bus.on('click', onClick),
    bus.on('reaction', ({ kind }) => {
      if (!burst[0] || !last) return
      if (isAnswer(kind)) {
        responded = true
        if (/^[it]/.test(kind)) effective.add(last)
      } else if (kind !== 'focus') {
        doubtful = true
        if (Date.now() - last.subject.timestamp <= settings.get('answer_scroll', ANSWER_SCROLL_MS)) spoiled = true
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
