// dead_click and slow_click: a click that the page answers never, or late.
//
// A candidate waits for the first answer. Each answer is judged when it happens, not when a timer gets to
// look: a hidden tab suspends timers, and later events would hide the one that mattered.
import type { Click, Context } from '../context'
import { all } from '../lib/all'
import { later } from '../lib/later'
import type { Stop } from '../lib/listen'
import { reportFriction } from './friction'
import { ANSWER_SCROLL_MS, isAnswer, SLOW_UNTIL_MS } from './reactions'
import { isField, isModified, isPlain } from './subject'

const DEAD_AFTER_MS = 3000
const ANSWER_FOCUS_MS = 1000
/** At most one candidate per node in this time. */
const REPEAT_MS = 1000

/** A visitor who clicks on a text or an image this often expects an effect. */
const MIN_INSISTENT = 3

/** Answers by itself, in ways the document does not show. */
const MEDIA = 'canvas,video,audio,object,embed'

const linkOf = (click: Click): HTMLAnchorElement | null => click.target.closest('a[href]')

/** Its effect is outside this page: another tab, a file, another program. */
const leadsElsewhere = (link: HTMLAnchorElement): boolean =>
  link.hasAttribute('download') || !/^(_self)?$/.test(link.target) || !/^(http|javascript)/.test(link.href)

/** The browser follows the link, however long its server takes: known once the page has had its say. */
const isFollowed = ({ href }: HTMLAnchorElement): boolean =>
  /^http/.test(href) && (!/#/.test(href) || href.split('#')[0] !== location.href.split('#')[0])

const isExempt = (click: Click): boolean => {
  const { target, element } = click
  const link = linkOf(click)
  return (
    click.answered ||
    isModified(click) ||
    isField(click) ||
    (!!link && leadsElsewhere(link)) ||
    !!target.closest(MEDIA) ||
    // The page's background promises nothing.
    element.matches('html,body')
  )
}

export const startDead = (context: Context): Stop => {
  const { bus, settings } = context
  const deadAfterMs = (): number => settings.get('dead_after', DEAD_AFTER_MS)
  /** With the number of further clicks that it takes before the candidate counts. */
  const pending = new Map<Element, [Click, Stop, number]>()
  /** When it was last clicked, or pressed while a click on it waits. */
  const lastAt = new WeakMap<Element, number>()
  /** Where the visitor pressed last: focus that follows there is the visitor's own doing. */
  let pressed: Node | null = null
  const sinceLast = (element: Element): number => Date.now() - (lastAt.get(element) || 0)

  /** Returns how many further clicks it would have taken. */
  const dismiss = (element: Element): number => {
    const [, cancel, missing = 0] = pending.get(element) || []
    if (cancel) cancel()
    pending.delete(element)
    return missing
  }

  const report = (click: Click, slowMs?: number): void => {
    const { element, subject, id } = click
    if (dismiss(element) > 0) return
    if (slowMs)
      reportFriction(context, 'slow_click', { click_id: id, response_ms: slowMs }, { ...subject, severity: 'low' })
    else reportFriction(context, 'dead_click', { click_id: id }, { ...subject, severity: 'medium' })
  }

  const each = (judge: (click: Click, elapsedMs: number) => void): void => {
    for (const [click] of pending.values()) judge(click, Date.now() - click.subject.timestamp)
  }

  const dismissAll = (): void => each(({ element }) => void dismiss(element))

  const onClick = (click: Click): void => {
    const { element, event } = click
    const candidate = pending.get(element)
    const isRepeat = candidate || sinceLast(element) < REPEAT_MS
    lastAt.set(element, Date.now())
    if (candidate) candidate[2]--
    if (isRepeat || isExempt(click)) return
    const cancel = later(() => report(click), settings.get('slow_until', SLOW_UNTIL_MS))
    pending.set(element, [click, cancel, isPlain(click) ? MIN_INSISTENT - 1 : 0])
    later(() => {
      const link = linkOf(click)
      if (link && !event.defaultPrevented && isFollowed(link)) dismiss(element)
    })
  }

  return all(
    bus.on('click', onClick),
    bus.on('reaction', ({ kind, target }) =>
      each((click, elapsedMs) => {
        if (isAnswer(kind)) {
          if (elapsedMs <= deadAfterMs()) dismiss(click.element)
          // Typing that late is the visitor's next business, not the page's answer.
          else if (kind !== 'input') report(click, elapsedMs)
        } else if (kind !== 'focus') {
          if (sinceLast(click.element) <= settings.get('answer_scroll', ANSWER_SCROLL_MS)) dismiss(click.element)
        } else if (
          elapsedMs <= settings.get('answer_focus', ANSWER_FOCUS_MS) &&
          !(target instanceof Node && (click.element.contains(target) || target.contains(pressed)))
        ) {
          // Being clicked gives focus: only focus that goes elsewhere shows that somebody handled the click.
          dismiss(click.element)
        }
      }),
    ),
    bus.on('press', ({ target }) => {
      pressed = target as Node
      each((click, elapsedMs) => {
        // From here on the page answers the new press: what had no answer in time will get none.
        if (elapsedMs > deadAfterMs()) report(click)
        // The second press of a double click is what selects, some time after the first click.
        else if (click.element.contains(target as Node)) lastAt.set(click.element, Date.now())
      })
    }),
    bus.on('hide', dismissAll),
    dismissAll,
  )
}
