// Where elements are in a replayed page. Selectors come from strangers: they are bounded, and those that could cost much are not asked.
import { type ElementBox, MAX_SELECTORS } from '../lib/replayMessages'
import { bounded } from './bounds'

/** Longer than any that the tracker makes. */
export const MAX_SELECTOR = 1_000
/** Matches of one selector that are looked at for one with an area. */
const MAX_MATCHES = 50
/** Quoted texts and escaped signs, in which a colon is a colon. */
const TEXTS = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|\\[^]/g
/** What positions are named by; others, such as `:has()`, look at whole trees for each element. */
const POSITION =
  /:(?:(?:nth-(?:last-)?(?:child|of-type)\([\s\d+\-nevod]{1,20}\))|(?:first|last|only)-(?:child|of-type)|root)(?![\w-])/g

/** Whether a page is asked for it. */
export function isAskable(selector: unknown): selector is string {
  if (typeof selector !== 'string' || selector === '' || selector.length > MAX_SELECTOR) return false
  return !selector.replace(TEXTS, '').replace(POSITION, '').includes(':')
}

/** The boxes of the first matches that have an area, in the order of the selectors. An element within a shadow root is named by its host. */
export function boxesOf(page: Document, raw: unknown, size: { width: number; height: number }): (ElementBox | null)[] {
  const selectors: unknown[] = Array.isArray(raw) ? raw.slice(0, MAX_SELECTORS) : []
  return selectors.map((selector) => (isAskable(selector) ? boxOf(page, selector, size) : null))
}

/** A field of a form can hide the form's own methods: they are taken from the prototype. */
function isVisible(element: Element): boolean {
  const check = Element.prototype.checkVisibility as typeof Element.prototype.checkVisibility | undefined
  return check?.call(element, { visibilityProperty: true }) !== false
}

function boxOf(page: Document, selector: string, size: { width: number; height: number }): ElementBox | null {
  let found: NodeListOf<Element>
  try {
    found = page.querySelectorAll(selector)
  } catch {
    return null
  }
  const [left, top] = [page.defaultView?.scrollX ?? 0, page.defaultView?.scrollY ?? 0]
  for (const element of [...found].slice(0, MAX_MATCHES)) {
    if (!isVisible(element)) continue
    const rect = Element.prototype.getBoundingClientRect.call(element)
    const box = {
      selector,
      x: bounded(rect.left + left),
      y: bounded(rect.top + top),
      width: bounded(rect.width, 0),
      height: bounded(rect.height, 0),
    }
    // One that was moved out of sight has no place on the page.
    if (
      box.width >= 1 &&
      box.height >= 1 &&
      box.x < size.width &&
      box.y < size.height &&
      box.x + box.width > 0 &&
      box.y + box.height > 0
    )
      return box
  }
  return null
}
