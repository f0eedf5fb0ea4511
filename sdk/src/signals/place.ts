// A point of the page as events describe it: in pixels, and inside its element, so that a map survives a new layout.
import type { PlaceFields } from '../event'
import { pageSize } from '../lib/page-size'
import { round } from '../lib/round'

const share = (offset: number, size: number): number => round(Math.min(1, Math.max(0, offset / size || 0)))

/** `x` and `y` in the viewport; the middle of the element where they are missing. */
export const placeIn = (element: Element, x?: number, y?: number): PlaceFields => {
  const { left, top, width, height } = element.getBoundingClientRect()
  const pointX = x === undefined ? left + width / 2 : x
  const pointY = y === undefined ? top + height / 2 : y
  return {
    x: Math.round(pointX + scrollX),
    y: Math.round(pointY + scrollY),
    element_x: share(pointX - left, width),
    element_y: share(pointY - top, height),
    ...pageSize(),
  }
}
