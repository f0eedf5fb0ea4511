// javascript_error and unhandled_rejection, and error_click when a click came just before.
import type { Click, Context } from '../context'
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'
import { stackOf } from '../lib/stack'
import { reportFriction } from './friction'

/** The same error in a loop is reported once. */
const MAX_SENDS = 5
const ERROR_CLICK_MS = 1000
/** More than is sent: it is masked before it is cut. */
const MESSAGE_LENGTH = 2048

export const startError = (context: Context): Stop => {
  const { settings } = context
  const sends = new Map<string, number>()
  let clicked: Click | undefined

  const report = (
    event_type: 'javascript_error' | 'unhandled_rejection',
    thrown: unknown,
    message: string,
    place: string,
  ): void => {
    const error = Object(thrown) as Partial<Error>
    const error_type = `${error.name || ''}`
    const described = {
      error_message: (error.message ? `${error_type}: ${error.message}` : message).slice(0, MESSAGE_LENGTH),
      stack: stackOf(error, place),
    }
    // Good enough to know a repetition; grouping is the server's work.
    const key = (described.error_message + described.stack.slice(0, 300)).replace(/\d+/g, '')
    const count = (sends.get(key) || 0) + 1
    sends.set(key, count)
    if (count <= settings.get('error_max_sends', MAX_SENDS))
      reportFriction(context, event_type, { error_type }, described)

    if (clicked && Date.now() - clicked.subject.timestamp <= settings.get('error_after', ERROR_CLICK_MS))
      reportFriction(context, 'error_click', { click_id: clicked.id, error_type }, { ...described, ...clicked.subject })
    // One per click, however many errors it sets off.
    clicked = undefined
  }

  return all(
    context.bus.on('click', (click) => {
      clicked = click
    }),
    listen<ErrorEvent>(window, 'error', ({ isTrusted, error, message, filename, lineno, colno }) => {
      // Images and scripts that fail to load are errors too, but have no message: they are none of the code.
      if (isTrusted && message !== undefined)
        report('javascript_error', error, message, `at ${filename}:${lineno}:${colno}`)
    }),
    listen<PromiseRejectionEvent>(window, 'unhandledrejection', ({ isTrusted, reason }) => {
      // By `window`, since the minifier would join it with a text, which symbols refuse.
      if (isTrusted) report('unhandled_rejection', reason, window.String(reason), '')
    }),
  )
}
