// The elements that the demo's generated events name on each page, read from the sites in the server's sources.
import { readFileSync } from 'node:fs'

const SITES = new URL('../../crates/server/src/demo/sites/', import.meta.url)
const PAGE = /Page \{\s*path: "([^"]+)",\s*title: "[^"]+",\s*targets: &\[([^\]]*)\]/g
const TARGET = /\("([^"]+)",\s*"([^"]*)"\)/g
const FLAW = /SiteDefect \{((?:(?!SiteDefect)[^])*?)\.\.flaw\("([^"]+)"/g

const count = (text, part) => text.split(part).length - 1

/** By path: the selectors, each with the text of its element, or an empty one. */
export function targetsOf(site) {
  const source = readFileSync(new URL(`${site}.rs`, SITES), 'utf8')
  const pages = new Map()
  const found = { pages: 0, flaws: 0 }
  for (const [, path, list] of source.matchAll(PAGE)) {
    found.pages++
    const targets = pages.get(path) ?? new Map()
    for (const [, selector, text] of list.matchAll(TARGET)) targets.set(selector, text)
    if (targets.size === 0) throw new Error(`${site}.rs: no targets of ${path} are found`)
    pages.set(path, targets)
  }
  for (const [, body, path] of source.matchAll(FLAW)) {
    found.flaws++
    const selector = /selector: Some\("([^"]+)"\)/.exec(body)?.[1]
    if (selector && !pages.get(path).has(selector)) pages.get(path).set(selector, '')
  }
  if (found.pages !== count(source, ' Page {') || found.flaws !== count(source, 'flaw("')) throw new Error(`${site}.rs is not understood: ${JSON.stringify(found)}`)
  return pages
}

/** The faults of the page it runs in, which has these targets, each a selector and a text. */
export function faultsOf(targets) {
  const faults = targets.flatMap(([selector, text]) => {
    const element = document.querySelector(selector)
    if (!element) return [`${selector} matches nothing`]
    const { left, right, width, height } = element.getBoundingClientRect()
    if (!element.checkVisibility({ visibilityProperty: true }) || width < 1 || height < 1 || left < 0 || right > innerWidth + 1) return [`${selector} cannot be seen`]
    const label = element.matches('select,input') ? element.closest('label') : element
    return label.textContent.trim().startsWith(text) ? [] : [`${selector} says “${label.textContent.trim()}”, not “${text}”`]
  })
  const { scrollHeight, scrollWidth } = document.documentElement
  if (scrollHeight < innerHeight * 1.2) faults.push(`the page is ${scrollHeight} px high on a screen of ${innerHeight} px`)
  if (scrollWidth > innerWidth) faults.push(`the page is ${scrollWidth} px wide on a screen of ${innerWidth} px`)
  return faults
}
