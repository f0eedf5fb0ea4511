// Scroll depth: how far down a page view was seen, reported once it is over, and again when it went on.
import type { Context } from '../context'
import { all } from '../lib/all'
import { whenLaidOut } from '../lib/laid-out'
import { listen, type Stop } from '../lib/listen'
import { type PageSize, pageSize } from '../lib/page-size'
import { pageUrl } from '../lib/page-url'
import { round } from '../lib/round'
import { createTimer } from '../lib/timer'

/** Scrolling ends with momentum and layout: the place where it rests is what was seen. */
const REST_MS = 150

export const startScroll = ({ bus, capture }: Context): Stop => {
  let page_url = pageUrl()
  let size = {} as PageSize
  /** The lowest visible edge, in page pixels, and the one reported. */
  let lowest = 0
  let reported = 0
  const timer = createTimer()

  const measure = (): void => {
    // A route that changed already: its successor is not what was scrolled.
    if (pageUrl() !== page_url) return
    size = pageSize()
    lowest = Math.max(lowest, Math.min(scrollY + innerHeight, size.document_height))
  }

  const report = (): void => {
    measure()
    if (lowest <= reported) return
    reported = lowest
    const depth = round(Math.min(1, lowest / size.document_height) || 0)
    capture({
      type: 'heatmap',
      interaction_type: 'scroll',
      page_url,
      x: Math.round(scrollX),
      y: Math.round(lowest),
      ...size,
      metadata: { depth },
    })
  }

  const renew = (): void => {
    if (pageUrl() === page_url) return
    report()
    page_url = pageUrl()
    lowest = reported = 0
    timer(measure, REST_MS)
  }

  return all(
    whenLaidOut(measure),
    listen(document, 'scroll', () => timer(measure, REST_MS)),
    bus.on('reaction', ({ kind }) => {
      if (kind === 'navigation') timer(renew)
    }),
    bus.on('hide', () => {
      renew()
      report()
    }),
    timer,
  )
}
