// Which elements promise something to whoever clicks them. PostHog and Clarity take any element, OpenReplay what has a
// label, Sentry links and buttons only: we take what looks or calls itself pressable.
import { beforeEach, describe, expect, it } from 'vitest'
import { startClicks } from '../../src/signals/clicks'
import { startDead } from '../../src/signals/dead'
import { startReactions } from '../../src/signals/reactions'
import { html, settle, useSignals } from '../support/signals'
import { click } from '../support/trusted'

const page = useSignals(startReactions, startClicks, startDead)
const names = (): string[] =>
  page()
    .friction()
    .map((fields) => fields.event_type)

const GIF = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='

/** `#x` where there is one. */
const target = (markup: string): Element => {
  const element = html(markup)
  return element.querySelector('#x') ?? element
}

describe('a single click is no dead click', () => {
  it.each([
    ['plain text', '<p>Leather, made in Arusha</p>'],
    ['a word inside text', '<p>Made in <b id="x">Arusha</b></p>'],
    ['a price', '<span class="price">10 EUR</span>'],
    ['a heading', '<h2>Red shoes</h2>'],
    ['a heading with a sign', '<h3>Details ▾</h3>'],
    ['an image', `<img src="${GIF}" alt="Shoe">`],
    ['an image in a figure', `<figure><img id="x" src="${GIF}"><figcaption>Shoe</figcaption></figure>`],
    ['a drawing', '<svg><circle id="x" r="20"/></svg>'],
    ['a drawing hidden from screen readers', '<svg aria-hidden="true"><circle r="20"/></svg>'],
    ['a cell of a table', '<table><tr><td id="x">10 EUR</td></tr></table>'],
    ['text that is styled like a button', '<div class="btn btn-primary button">Sold out</div>'],
    ['text that names itself a button', '<div id="buy-button" data-testid="button">Sold out</div>'],
    ['an anchor that leads nowhere', '<a name="top">Top</a>'],
    ['an element of another role', '<div role="note">Sold out</div>'],
    ['text inside a named section', '<section aria-label="Shoes"><p id="x">Leather</p></section>'],
    ['text inside a dialog', '<div role="dialog" aria-modal="true" tabindex="-1"><p id="x">Thank you</p></div>'],
    ['text that is announced', '<p aria-live="polite">1 result</p>'],
    ['a heading that gets the focus of a new route', '<h1 tabindex="-1">Shoes</h1>'],
    ['text in a region that the keyboard scrolls', '<div tabindex="0" aria-label="Sizes"><p id="x">42</p></div>'],
    ['text in a panel that a button opens', '<div aria-expanded="true"><p id="x">Two days</p></div>'],
    ['the space around what a named section holds', '<section aria-label="Shoes"><p>Leather</p></section>'],
    ['the space inside a dialog', '<div role="dialog" aria-modal="true" tabindex="0"><p>Thank you</p></div>'],
  ])('on %s', async (_name, markup) => {
    click(target(markup))
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('on text, though the page changes later', async () => {
    click(html('<p>Leather</p>'))
    await settle(4000)
    document.body.append(document.createElement('hr'))
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('on text, though the visitor goes on to something else', async () => {
    const main = html('<main><p>Leather</p><button>Buy</button></main>')
    click(main.children[0] as Element)
    await settle(3500)
    click(main.children[1] as Element)
    await settle(7000)
    expect(page().friction()).toMatchObject([{ event_type: 'dead_click', element_text: 'Buy' }])
  })

  it('nor are two, by which one selects a word', async () => {
    const text = html('<p>Leather</p>')
    click(text, { detail: 1 })
    await settle(150)
    click(text, { detail: 2 })
    await settle(20_000)
    expect(names()).toEqual([])
  })
})

describe('a single click is a dead click', () => {
  it.each([
    ['a button', '<button>Buy</button>'],
    ['a word inside a button', '<button>Buy <b id="x">now</b></button>'],
    ['a link', '<a href="#">Buy</a>'],
    ['an image inside a link', `<a href="#"><img id="x" src="${GIF}"></a>`],
    ['a button by its role', '<div role="button">Buy</div>'],
    ['a tab by its role', '<span role="tab">Reviews</span>'],
    ['a choice by its role', '<div role="radio">Red</div>'],
    ['a hand as the cursor', '<div style="cursor:pointer">Buy</div>'],
    ['an image with a hand', `<img src="${GIF}" style="cursor:pointer">`],
    ['a handler in the markup', '<div onclick="">Buy</div>'],
    ['text inside such a one', '<div onclick=""><p id="x">Buy</p></div>'],
    ['an element that the keyboard reaches', '<div tabindex="0">Buy</div>'],
    ['an element that names what it opens', '<div aria-controls="menu">Menu</div>'],
    ['a heading that opens something', '<h3 aria-expanded="false">Details ▾</h3>'],
    ['an element that has a menu', '<span aria-haspopup="true">Menu</span>'],
    ['an element with a name', '<i aria-label="Close"></i>'],
    ['a label', '<label>Details</label>'],
  ])('on %s', async (_name, markup) => {
    click(target(markup))
    await settle(20_000)
    expect(names()).toEqual(['dead_click'])
  })

  it('on an element with a handler as its property, as React writes one', async () => {
    const element = html('<div>Buy</div>')
    element.onclick = () => {}
    click(element)
    await settle(20_000)
    expect(names()).toEqual(['dead_click'])
  })
})

describe('three clicks on something plain', () => {
  beforeEach(() => {
    html('<p>Buy</p>')
  })
  const text = (): Element => document.querySelector('p') as Element
  const insist = async (): Promise<void> => {
    for (let i = 0; i < 3; i++) {
      click(text())
      await settle(200)
    }
  }

  it('are one dead click: who insists expects something', async () => {
    await insist()
    await settle(20_000)
    expect(page().friction()).toMatchObject([
      { event_type: 'dead_click', element_text: 'Buy', timestamp: 1_700_000_000_000 },
    ])
  })

  it('are none when the page answers', async () => {
    await insist()
    text().append('!')
    await settle(20_000)
    expect(names()).toEqual([])
  })
})
