// @vitest-environment jsdom
// Selectors that are asked, and the boxes found by them.
import { expect, test, vi } from 'vitest'
import { MAX_SELECTORS } from '../lib/replayMessages'
import { boxesOf, isAskable, MAX_SELECTOR } from './selectors'

test('what the tracker makes is asked', () => {
  const made = [
    '#pay-now',
    'button.primary',
    'form>div:nth-of-type(2)>input',
    '[data-testid="a:has(b)"]',
    'li:nth-of-type(12) a',
    'svg:nth-of-type(1)',
    'my-widget',
    'tr:nth-child(2n+1)',
    'a:first-child',
    'sm\\:w-4',
    ':root',
  ]
  expect(made.filter((selector) => !isAskable(selector))).toEqual([])
})

test('what looks at whole trees for each element is not asked, nor what is no selector', () => {
  const costly = [
    'div:has(*)',
    '*:not(* *)',
    ':is(div, :where(p *))',
    'li:nth-child(1 of :not(p))',
    ':nth-child(2):has(p)',
    ':hover',
    '::before',
    '"a":has(b)',
    "[a='\\']:has(b)",
    ':first-childhas(x)',
  ]
  expect(costly.filter(isAskable)).toEqual([])
  expect([undefined, 3, null, {}, '', 'a'.repeat(MAX_SELECTOR + 1)].filter(isAskable)).toEqual([])
  expect(isAskable('a'.repeat(MAX_SELECTOR))).toBe(true)
})

/** jsdom lays nothing out: boxes are given by attributes. */
const places = new Map<Element, DOMRect>()
vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
  return places.get(this) ?? ({ left: 0, top: 0, width: 0, height: 0 } as DOMRect)
})

function page(html: string): Document {
  document.body.innerHTML = html
  for (const element of document.body.querySelectorAll('[data-box]')) {
    const [x = 0, y = 0, width = 0, height = 0] = (element.getAttribute('data-box') ?? '').split(' ').map(Number)
    places.set(element, { left: x, top: y, width, height } as DOMRect)
  }
  return document
}

const SIZE = { width: 400, height: 2_000 }

test('the first match that has an area is the box', () => {
  const document = page(
    '<p data-box="0 0 0 0"></p><p data-box="-900 10 100 20"></p><p data-box="10 20 100 40"></p><p data-box="10 80 100 40"></p>',
  )
  expect(boxesOf(document, ['p'], SIZE)).toEqual([{ selector: 'p', x: 10, y: 20, width: 100, height: 40 }])
})

test('null stands for what is not there, what is no selector, and what is not asked', () => {
  const document = page('<p id="a" data-box="0 1999 10 10"></p><b data-box="0 2000 10 10"></b>')
  expect(boxesOf(document, ['#a', '#b', 'b', '[', '>', 'p:has(b)', 7], SIZE).map((box) => box !== null)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ])
})

test('more than are asked at once are left out, and no list is none', () => {
  const document = page('')
  expect(
    boxesOf(
      document,
      Array.from({ length: MAX_SELECTORS + 9 }, () => 'p'),
      SIZE,
    ),
  ).toHaveLength(MAX_SELECTORS)
  expect(boxesOf(document, 'p', SIZE)).toEqual([])
  expect(boxesOf(document, { length: 1e9 }, SIZE)).toEqual([])
})

test('fields that hide what a form can do are no hindrance', () => {
  const document = page(
    '<form id="f" data-box="1 2 30 40"><input name="getBoundingClientRect"><input name="checkVisibility"></form>',
  )
  expect(boxesOf(document, ['#f'], SIZE)).toEqual([{ selector: '#f', x: 1, y: 2, width: 30, height: 40 }])
})
