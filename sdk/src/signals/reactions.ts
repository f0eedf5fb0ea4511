// Notices every way in which the page answers its visitor.
//
// Mutations are watched only for a while after each press and click: a page that is merely open costs
// nothing.
import type { Context, ReactionKind } from '../context'
import { all } from '../lib/all'
import { later } from '../lib/later'
import { listen, type Stop } from '../lib/listen'
import { safely } from '../lib/safe'
import { createTimer } from '../lib/timer'
import { wrap } from '../lib/wrap'

/** An answer to a click that comes later is none. */
export const SLOW_UNTIL_MS = 7000
/** A scroll or a selection answers a click only when it is this prompt. */
export const ANSWER_SCROLL_MS = 100

/** Shows that somebody handled the click; scrolling, selecting and focus also follow from clicking itself. */
export const isAnswer = (kind: ReactionKind): boolean => !/^[sf]/.test(kind)

/** A control that was switched: its visitor sees that, however often it is done. */
const SWITCHED = /^aria-(pressed|checked|expanded|selected)$/

export const startReactions = ({ bus, isIgnored, settings }: Context): Stop => {
  const react = (kind: ReactionKind, target?: EventTarget | null): void => bus.emit('reaction', { kind, target })

  const isVisible = ({ target, type, addedNodes, removedNodes }: MutationRecord): boolean =>
    !isIgnored(target) && (type !== 'childList' || ![...addedNodes, ...removedNodes].every(isIgnored))

  const observer = new MutationObserver(
    safely((records: MutationRecord[]) => {
      const visible = records.filter(isVisible)
      if (visible[0])
        react(visible.some(({ attributeName }) => SWITCHED.test(attributeName || '')) ? 'toggle' : 'mutation')
    }),
  )
  const unwatch = (): void => observer.disconnect()
  const timer = createTimer()
  const watch = (event: Event): void => {
    timer(unwatch, settings.get('slow_until', SLOW_UNTIL_MS) + 1)
    for (const root of event.composedPath()) {
      // Shadow roots keep their mutations to themselves.
      if (root === document || root instanceof ShadowRoot) {
        observer.observe(root as Node, { subtree: true, childList: true, attributes: true, characterData: true })
      }
    }
  }

  // Routers call replaceState with the same address to note scroll positions, and `href="#"` leads
  // nowhere: neither answers anybody.
  const address = (): string => location.href.replace(/#$/, '')
  let seen = address()
  const onNavigation = (): void => {
    if (seen === (seen = address())) return
    react('navigation')
  }

  let hadSelection = false
  const onSelection = (): void => {
    const selection = getSelection()
    const has = !!selection && !selection.isCollapsed
    // Every click moves the caret; only selected text, new or given up, is an effect.
    if (has || hadSelection) react('selection')
    hadSelection = has
  }

  return all(
    bus.on('press', watch),
    bus.on('click', ({ event }) => watch(event)),
    wrap(history, 'pushState', onNavigation),
    wrap(history, 'replaceState', onNavigation),
    wrap(window, 'open', () => react('open')),
    listen(window, 'popstate hashchange', onNavigation),
    listen(document, 'input change toggle', () => react('input')),
    listen(document, 'scroll', ({ target }) => {
      if (!isIgnored(target as Node)) react('scroll')
    }),
    listen(document, 'selectionchange', onSelection),
    listen(window, 'focus blur', ({ target }) => react('focus', target)),
    // The browser sends the form unless the page, which has its say after us, prevents it.
    listen(document, 'submit', (event) => {
      later(() => event.defaultPrevented || react('navigation'))
    }),
    timer,
    unwatch,
  )
}
