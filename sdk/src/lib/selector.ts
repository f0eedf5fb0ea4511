// Finds a short, stable CSS selector that matches exactly one element of the document.

const MAX_DEPTH = 5

// Names made by build tools and frameworks change with every release or render: React's `:r1:`, hashes of
// CSS modules and CSS-in-JS, counters. Names of states change with the very click we describe. What is left
// needs no escaping.
const UNSTABLE =
  /[^\w-]|^-?\d|\d{3}|(^|[-_])(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{5,}($|[-_])|^(is|has|ng|sc)-|^(active|open|selected|disabled|loading|hidden|show)$/i

const isStable = (name: string): boolean => !!name && !UNSTABLE.test(name)

const count = (selector: string): number => document.querySelectorAll(selector).length

/** An id that several elements share is no id. */
const idOf = (element: Element): string | undefined => {
  const testId = element.getAttribute('data-testid')
  return [isStable(element.id) && `#${element.id}`, testId && `[data-testid=${JSON.stringify(testId)}]`].find(
    (name) => name && count(name) === 1,
  ) as string | undefined
}

/** Not by `children`: in a form that may be a field of this name. */
const siblingsLike = (element: Element, selector: string): Element[] => [
  ...(element.parentElement || element).querySelectorAll(`:scope>${selector}`),
]

const partOf = (element: Element, byPosition: boolean): string => {
  const tag = CSS.escape(element.localName)
  const classes = byPosition ? [] : [...element.classList].filter(isStable).slice(0, 2)
  const part = [tag, ...classes].join('.')
  return byPosition || siblingsLike(element, part)[1]
    ? `${part}:nth-of-type(${siblingsLike(element, tag).indexOf(element) + 1 || 1})`
    : part
}

const pathTo = (element: Element, byPosition: boolean): string => {
  let selector = ''
  let matches = Infinity
  let depth = 0
  let last: Element | undefined
  for (let node: Element | null = element; node && matches > 1; node = node.parentElement) {
    const part = (!byPosition && idOf(node)) || partOf(node, byPosition)
    const candidate: string = last ? part + (node === last.parentElement ? '>' : ' ') + selector : part
    const found = count(candidate)
    if (!byPosition && (found >= matches || depth >= MAX_DEPTH)) continue
    selector = candidate
    matches = found
    last = node
    depth++
  }
  return matches > 1 && !byPosition ? pathTo(element, true) : selector
}

/**
 * At most five parts: an ancestor joins only when it narrows the match. Where that is not enough, the
 * path by position, which is long but cannot be ambiguous. An element inside a shadow root is named by
 * its host, since no selector reaches across.
 */
export const selectorOf = (element: Element): string => {
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? selectorOf(root.host) : pathTo(element, false)
}
