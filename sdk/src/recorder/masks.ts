// Masks of recordings: they show where things are and how they look, never the text in them.
import { maskUrl } from '../lib/mask'
import { maskCss } from './css'

/** Attributes that say how something looks or is used. Everything else stays in the page. */
const SAFE_ATTRIBUTES =
  /^(class|id|style|type|role|dir|lang|width|height|colspan|rowspan|disabled|hidden|open|checked|selected|multiple|size|rows|cols|rel|media|rr_.*|_cssText)$/
/** The same of drawings. */
const SAFE_SVG_ATTRIBUTES =
  /^(viewBox|d|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|points|transform|fill|fill-.*|stroke|stroke-.*|opacity|offset|stop-.*|gradient.*|clip-.*|mask|preserveAspectRatio|xmlns)$/

type Attributes = Record<string, unknown>

const maskedText = (text: string): string => text.replace(/\S/g, '*')

const maskedHref = (href: string): string => {
  try {
    const { origin, pathname } = new URL(href, location.href)
    return origin === 'null' ? '' : maskUrl(origin + pathname)
  } catch {
    return ''
  }
}

/** In place. `tag`: of the element, where it is known. */
const maskAttributes = (attributes: Attributes, tag?: unknown): void => {
  for (const name of Object.keys(attributes)) {
    const value = attributes[name]
    if (typeof value !== 'string') continue
    if (name === 'style' || name === '_cssText') attributes[name] = maskCss(value)
    else if (name === 'href' && tag === 'link') attributes[name] = maskedHref(value)
    // Of fields, masked by the recorder before it comes here.
    else if (name === 'value' && /^\**$/.test(value)) continue
    else if (!SAFE_ATTRIBUTES.test(name) && !SAFE_SVG_ATTRIBUTES.test(name)) delete attributes[name]
  }
}

/** Style sheets are written into many places of an event. */
const isCss = (text: string): boolean => text.includes('url(') || text.includes('content')

/** Masks everything of an event in which a page may have written something, in place. */
export const maskEvent = (part: unknown): void => {
  if (typeof part !== 'object' || !part) return
  const { attributes, tagName } = part as { attributes?: unknown; tagName?: unknown }
  if (attributes && typeof attributes === 'object' && !Array.isArray(attributes)) {
    maskAttributes(attributes as Attributes, tagName)
  }
  for (const [name, value] of Object.entries(part)) {
    if (value && typeof value === 'object') maskEvent(value)
    else if (typeof value !== 'string') continue
    else if (name === 'href') (part as Attributes)[name] = maskedHref(value)
    else if (isCss(value)) (part as Attributes)[name] = maskCss(value)
  }
}

/** Media and foreign pages are left out: boxes of their size stand in for them. */
const MEDIA = ['img', 'picture', 'video', 'audio', 'canvas', 'object', 'embed', 'iframe', 'image']
const UNMASKED = '[data-footfall-unmask]'
const BLOCKED = '[data-footfall-block]'

const usable = (selector: string): string => {
  try {
    document.createDocumentFragment().querySelector(selector)
    return selector
  } catch {
    return ''
  }
}

export interface MaskSelectors {
  /** Selector of elements that are left out. */
  blocked: string
  text(text: string, element: Element | null): string
  isUnmasked(element: Element | null): boolean
}

/** By the project's selectors, beside the marks that pages set themselves. */
export const createMasks = (mask: string, unmask: string, block: string): MaskSelectors => {
  const shown = [UNMASKED, usable(unmask)].filter(Boolean).join()
  const hidden = ['[data-footfall-mask]', usable(mask)].filter(Boolean).join()
  const isUnmasked = (element: Element | null): boolean =>
    !!element && !!element.closest(shown) && !element.closest(hidden)
  return {
    blocked: [...MEDIA.map((tag) => `${tag}:not(${UNMASKED})`), BLOCKED, usable(block)].filter(Boolean).join(),
    text: (text, element) => (isUnmasked(element) ? text : maskedText(text)),
    isUnmasked,
  }
}
