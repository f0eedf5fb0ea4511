// A replayed page as one picture: as high as its document, while lengths by the height of the screen stay what they were.
import { MAX_STILL } from './bounds'

/** Rules and elements that are looked at. */
const MAX_LOOKED_AT = 100_000
const BY_VIEWPORT = /(?<![\w.#%-])(-?(?:\d+(?:\.\d+)?|\.\d+))[dsl]?v(h|b|min|max)\b/gi

type Size = { width: number; height: number }

/** A value of a style with lengths by the height of the screen in pixels; undefined where there are none. */
export function inPixels(value: string, { width, height }: Size): string | undefined {
  if (/url\(/i.test(value)) return undefined
  const whole: Record<string, number> = {
    h: height,
    b: height,
    min: Math.min(width, height),
    max: Math.max(width, height),
  }
  const changed = value.replace(
    BY_VIEWPORT,
    (_, number: string, unit: string) =>
      `${Math.round((Number(number) * (whole[unit.toLowerCase()] ?? 0)) / 10) / 10}px`,
  )
  return changed === value ? undefined : changed
}

function fixStyle(style: CSSStyleDeclaration, size: Size): void {
  for (const name of Array.from(style)) {
    const fixed = inPixels(style.getPropertyValue(name), size)
    if (fixed !== undefined) style.setProperty(name, fixed, style.getPropertyPriority(name))
  }
}

/** All rules, also those within others. */
function* rulesOf(page: Document): Generator<CSSRule> {
  const open = [...page.styleSheets, ...(page.adoptedStyleSheets ?? [])].map(({ cssRules }) => cssRules)
  let looked = 0
  for (let rules = open.pop(); rules; rules = open.pop()) {
    for (const rule of rules) {
      if (++looked > MAX_LOOKED_AT) return
      yield rule
      if ('cssRules' in rule) open.push((rule as CSSGroupingRule).cssRules)
    }
  }
}

/** By the prototype: a field named so hides the style of its form. */
const ownStyle = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'style')?.get

function styleOf(element: Element): CSSStyleDeclaration | undefined {
  try {
    return ownStyle?.call(element) as CSSStyleDeclaration | undefined
  } catch {
    // A part of a drawing.
    return undefined
  }
}

/** A section as high as the screen would otherwise become as high as the page. */
function fixLengths(page: Document, size: Size): void {
  for (const rule of rulesOf(page)) if ('style' in rule) fixStyle((rule as CSSStyleRule).style, size)
  const inline = page.querySelectorAll('[style*="v" i]')
  for (const element of [...inline].slice(0, MAX_LOOKED_AT)) {
    const style = styleOf(element)
    if (style) fixStyle(style, size)
  }
}

/** Makes the frame as high as its page, within bounds. */
export function unfold(frame: HTMLIFrameElement, viewport: Size): Size & { isWhole: boolean } {
  frame.setAttribute('width', String(viewport.width))
  frame.setAttribute('height', String(viewport.height))
  const page = frame.contentDocument
  if (!page?.documentElement) return { ...viewport, isWhole: true }
  fixLengths(page, viewport)
  const wanted = Math.max(viewport.height, page.documentElement.scrollHeight, page.body?.scrollHeight ?? 0)
  const height = Math.min(wanted, MAX_STILL)
  frame.setAttribute('height', String(height))
  page.defaultView?.scrollTo(0, 0)
  return { width: viewport.width, height, isWhole: height === wanted }
}
