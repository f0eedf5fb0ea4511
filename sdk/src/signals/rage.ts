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
  /** How many clicks of the burst wait for an answer: each answer counts for the oldest of them. */
  let unanswered = 0
  /** Something was scrolled or selected. 1: since the last click, so another click spoils the burst. 2: it is spoiled. */
  let doubt = 0
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
    const [first] = burst
    const most = settings.get('rage_min_clicks', MIN_CLICKS) - 1
    const isRage = burst.some((click, i) => elapsedMs(burst[i - most], click) <= windowMs())
    if (first && isRage && doubt < 2 && effective.size < burst.length - 1) {
      const metadata = {
        click_count: burst.length,
        duration_ms: elapsedMs(first, last),
        responded: unanswered < burst.length,
        // In brackets, because the build shortens this name elsewhere.
        ['answered']: !unanswered,
      }
      reportFriction(context, 'rage_click', metadata, { ...first.subject, severity: unanswered ? 'high' : 'low' })
    }
    burst = []
    effective.clear()
    unanswered = doubt = 0
  }

  const onClick = (click: Click): void => {
    const [first] = burst
    const exempt = isExempt(click)
    const isNext = first && elapsedMs(last, click) <= windowMs() && inOnePlace(first, click)
    if (exempt || !isNext) finish()
    if (exempt) return
    burst.push((last = click))
    doubt *= 2
    if (!click.answered) unanswered++
    timer(finish, windowMs())
  }

  return all(
    bus.on('click', onClick),
    bus.on('reaction', ({ kind }) => {
      if (!burst[0] || !last) return
      if (isAnswer(kind)) {
        if (unanswered) unanswered--
        if (/^[it]/.test(kind)) effective.add(last)
      } else if (kind !== 'focus') {
        const isPrompt = Date.now() - last.subject.timestamp <= settings.get('answer_scroll', ANSWER_SCROLL_MS)
        doubt = isPrompt ? 2 : doubt || 1
      }
    }),
    bus.on('hide', () => {
      // Leaving the page is its answer.
      if (unanswered) unanswered--
      finish()
    }),
    timer,
  )
}
