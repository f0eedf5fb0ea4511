// Heatmap clicks: where in the page, and where in the element, so that a map survives a new layout.
import type { Context } from '../context'
import type { Stop } from '../lib/listen'
import { pageSize } from '../lib/page-size'
import { round } from '../lib/round'

const share = (offset: number, size: number): number => round(Math.min(1, Math.max(0, offset / size || 0)))

export const startClick = ({ bus, capture }: Context): Stop =>
  bus.on('click', ({ id, subject, element, event }) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    // The keyboard clicks without a place: the middle of what it activated is the honest one.
    const x = event.detail ? event.clientX : left + width / 2
    const y = event.detail ? event.clientY : top + height / 2
    const { element_text, ...rest } = subject
    capture({
      type: 'heatmap',
      interaction_type: 'click',
      id,
      ...rest,
      x: Math.round(x + scrollX),
      y: Math.round(y + scrollY),
      element_x: share(x - left, width),
      element_y: share(y - top, height),
      ...pageSize(),
    })
  })
