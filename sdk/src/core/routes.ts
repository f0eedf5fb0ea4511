// Views of documents, and of the routes of single-page applications.
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'
import { pageUrl } from '../lib/page-url'
import { createTimer } from '../lib/timer'
import { wrap } from '../lib/wrap'

/** Calls `onView` for the page as it is, and again after every change of its address. */
export const watchRoutes = (onView: () => void): Stop => {
  let viewed = ''
  const timer = createTimer()

  const view = (): void => {
    if (viewed === pageUrl()) return
    viewed = pageUrl()
    onView()
  }
  // Routers change title and content after the address, and redirects change the address twice in a row.
  const changed = (): void => timer(view)

  changed()
  return all(
    wrap(history, 'pushState', changed),
    wrap(history, 'replaceState', changed),
    listen(window, 'popstate hashchange', changed),
    timer,
  )
}
