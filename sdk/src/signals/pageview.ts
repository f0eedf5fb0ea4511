// Page views, of documents and of the routes of single-page applications.
import type { Context } from '../context'
import { all } from '../lib/all'
import { whenLaidOut } from '../lib/laid-out'
import type { Stop } from '../lib/listen'
import { pageSize } from '../lib/page-size'
import { pageUrl } from '../lib/page-url'
import { createTimer } from '../lib/timer'

export const startPageview = ({ bus, capture }: Context): Stop => {
  let referrer = document.referrer
  let viewed = ''
  /** The first view is captured when the document has a size, and dated to when the page began. */
  let began = Date.now()
  const timer = createTimer()

  const view = (): void => {
    if (viewed === pageUrl()) return
    if (viewed) {
      began = Date.now()
      referrer = viewed
    }
    viewed = pageUrl()
    capture({
      type: 'heatmap',
      interaction_type: 'pageview',
      timestamp: began,
      page_title: document.title,
      referrer,
      ...pageSize(),
    })
  }

  return all(
    whenLaidOut(view),
    bus.on('reaction', ({ kind }) => {
      // Routers change the title after the address, and redirects change the address twice in a row.
      if (kind === 'navigation') timer(view)
    }),
    bus.on('hide', view),
    timer,
  )
}
