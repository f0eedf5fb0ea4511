// Describes every trusted primary click once, for the signals that judge it.
import type { Click, Context } from '../context'
import { all } from '../lib/all'
import { distance } from '../lib/distance'
import { listen, type Stop } from '../lib/listen'
import { pageUrl } from '../lib/page-url'
import { selectorOf } from '../lib/selector'
import { textOf } from '../lib/text'
import { uuid } from '../lib/uuid'
import { isAnswer } from './reactions'
import { INTERACTIVE } from './subject'

/** A click on a label makes the browser click its field as well, at once: one intent, one click. */
const ECHO_MS = 50
/** Moving the pointer further while pressing is a drag, except on a control. */
const DRAG_PX = 10

export const startClicks = ({ bus, settings }: Context): Stop => {
  let pressed: PointerEvent | undefined
  let answered = false
  let previous: Click | undefined

  const onClick = (event: MouseEvent): void => {
    // The path, since it shows what is inside shadow roots; `closest` does not look out of them.
    const elements = event.composedPath().filter((node): node is Element => node instanceof Element)
    const target = elements[0]
    const timestamp = Date.now()
    if (!event.isTrusted || event.button || !target) return
    if (
      previous &&
      (previous.element as HTMLLabelElement).control === target &&
      timestamp - previous.subject.timestamp < ECHO_MS
    )
      return
    const control = elements.find((node) => node.matches(INTERACTIVE))
    const element = control || target
    const press = pressed
    pressed = undefined
    if (!control && press && distance(event, press) > DRAG_PX) return
    previous = {
      id: uuid(),
      subject: {
        timestamp,
        page_url: pageUrl(),
        element_selector: selectorOf(element),
        element_text: textOf(element, settings.get('mask', '')),
      },
      element,
      target,
      event,
      answered,
    }
    answered = false
    bus.emit('click', previous)
  }

  return all(
    listen<PointerEvent>(window, 'pointerdown', (event) => {
      if (!event.isTrusted || event.button) return
      pressed = event
      answered = false
      bus.emit('press', event)
    }),
    bus.on('reaction', ({ kind }) => {
      if (pressed && isAnswer(kind)) answered = true
    }),
    listen(window, 'click', onClick),
  )
}
