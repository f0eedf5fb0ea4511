import { describe, expect, it } from 'vitest'
import { selectorOf } from '../../src/lib/selector'
import { html } from '../support/signals'

const of = (markup: string, target: string): string => {
  html(markup)
  const element = document.querySelector(target) as Element
  const selector = selectorOf(element)
  expect(Array.from(document.querySelectorAll(selector))).toEqual([element])
  return selector
}

describe('a selector', () => {
  it.each([
    ['an id', '<button id="buy">', 'button', '#buy'],
    ['a test id', '<button data-testid="buy-now" class="x">', 'button', '[data-testid="buy-now"]'],
    ['a tag alone', '<main><button></button></main>', 'button', 'button'],
    ['two classes', '<p class="a"></p><p class="a b c"></p>', '.b', 'p.a.b'],
    [
      'an ancestor that narrows',
      '<div><button></button></div><div id="cart"><i></i><button></button></div>',
      '#cart button',
      '#cart>button',
    ],
    ['a position among twins', '<ul><li></li><li></li><li></li></ul>', 'li:nth-child(2)', 'li:nth-of-type(2)'],
    ['a shared id by other means', '<p id="x"></p><b id="x"></b>', 'b', 'b'],
  ])('is %s', (_name, markup, target, expected) => {
    expect(of(markup, target)).toBe(expected)
  })

  it.each([':r1:', 'radix-:r3:', 'user-48213', 'css-1q2w3e4', 'a1b2c3d4e5', '9lives', 'ember12', 'x y'])(
    'does not trust the id %j',
    (id) => {
      expect(of(`<button id="${id}" class="buy"></button>`, 'button')).toBe('button.buy')
    },
  )

  it.each(['css-1x2y3z', 'Button_root__3kX9a', 'sc-bdVaJa', 'hover:red', 'active', 'is-open', 'w-1/2'])(
    'does not trust the class %j',
    (name) => {
      expect(of(`<button class="${name} buy"></button><button class="other"></button>`, 'button')).toBe('button.buy')
    },
  )

  it.each(['col-md-6', 'mt-4', 'step-2', 'h1', 'btn-primary'])('trusts the class %j', (name) => {
    expect(of(`<b class="${name}"></b><b></b>`, 'b')).toBe(`b.${name}`)
  })

  it('skips ancestors that do not help', () => {
    const cards = [1, 2, 3].map(() => '<div class="card"><div><div><div><div><button class="buy">').join('')
    const closed = cards.replaceAll(
      '<button class="buy">',
      '<button class="buy"></button></div></div></div></div></div>',
    )
    expect(of(closed, '.card:nth-of-type(2) button')).toBe('div.card:nth-of-type(2) button.buy')
  })

  it('is unique in a tree where everything looks alike', () => {
    const tree = (depth: number): string => (depth ? `<div>${tree(depth - 1)}</div><div>${tree(depth - 1)}</div>` : '')
    html(tree(4))
    for (const element of document.querySelectorAll('div')) {
      expect(document.querySelector(selectorOf(element))).toBe(element)
      expect(document.querySelectorAll(selectorOf(element))).toHaveLength(1)
    }
  })

  it('names the host of a shadow tree', () => {
    const host = html('<x-shop id="shop"></x-shop>')
    const inner = document.createElement('button')
    host.attachShadow({ mode: 'open' }).append(inner)
    expect(selectorOf(inner)).toBe('#shop')
  })

  it('works for the root', () => {
    expect(selectorOf(document.documentElement)).toBe('html')
  })
})
