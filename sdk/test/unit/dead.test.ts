import { beforeEach, describe, expect, it, vi } from 'vitest'
import { startClicks } from '../../src/signals/clicks'
import { startDead } from '../../src/signals/dead'
import { startReactions } from '../../src/signals/reactions'
import { html, settle, useSignals } from '../support/signals'
import { click, dispatchTrusted } from '../support/trusted'

const page = useSignals(startReactions, startClicks, startDead)
const names = (): string[] =>
  page()
    .friction()
    .map((fields) => fields.event_type)

beforeEach(() => {
  // jsdom does not follow links or open windows, and says so.
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

const mutate = (): void => {
  document.body.append(document.createElement('hr'))
}

describe('a dead click', () => {
  it('is reported when nothing answered for seven seconds', async () => {
    click(html('<button id="buy">Buy</button>'))
    await settle(6999)
    expect(names()).toEqual([])
    await settle(1)
    expect(page().friction()).toMatchObject([
      {
        event_type: 'dead_click',
        severity: 'medium',
        element_selector: '#buy',
        element_text: 'Buy',
        timestamp: 1_700_000_000_000,
        page_url: 'https://shop.example/start',
      },
    ])
  })

  it('is reported once for three quick clicks', async () => {
    const button = html('<button>Buy</button>')
    for (let i = 0; i < 3; i++) {
      click(button)
      await settle(500)
    }
    await settle(20_000)
    expect(names()).toEqual(['dead_click'])
  })

  it('is reported on any element that looks pressable', async () => {
    click(html('<div style="cursor: pointer">Looks like a button</div>'))
    await settle(7000)
    expect(names()).toEqual(['dead_click'])
  })

  it('is reported as soon as the visitor tries something else', async () => {
    const page_ = html('<main><button id="one">One</button><button id="two">Two</button></main>')
    click(page_.children[0] as Element)
    await settle(3500)
    click(page_.children[1] as Element)
    expect(page().friction()).toMatchObject([{ event_type: 'dead_click', element_selector: '#one' }])
  })

  it.each(['<a href="#">Menu</a>', '<a href="javascript:void(0)">Menu</a>'])('comes from %s', async (markup) => {
    click(html(markup))
    history.replaceState(null, '', '#')
    dispatchTrusted(window, new HashChangeEvent('hashchange'))
    await settle(7000)
    expect(names()).toEqual(['dead_click'])
  })

  it('comes from a link whose handler prevents it and does nothing', async () => {
    const link = html('<a href="/cart">Cart</a>')
    link.addEventListener('click', (event) => event.preventDefault())
    click(link)
    await settle(7000)
    expect(names()).toEqual(['dead_click'])
  })

  it('is not hidden by mutations of ignored elements', async () => {
    const main = html('<main><button>Buy</button><b class="ticker">1</b></main>')
    const ticker = main.querySelector('.ticker') as Element
    click(main.firstElementChild as Element)
    for (let i = 0; i < 7; i++) {
      await settle(1000)
      ticker.textContent = String(i)
      ticker.setAttribute('data-i', String(i))
    }
    expect(names()).toEqual(['dead_click'])
  })

  it('is not hidden by adding and removing ignored elements', async () => {
    click(html('<button>Buy</button>'))
    const ours = document.createElement('div')
    ours.setAttribute('data-footfall-ignore', '')
    document.body.append(ours)
    await settle(10)
    ours.remove()
    await settle(7000)
    expect(names()).toEqual(['dead_click'])
  })

  it('is not hidden by a router that notes scroll positions', async () => {
    click(html('<button>Buy</button>'))
    history.replaceState({ y: 1 }, '', location.href)
    await settle(7000)
    expect(names()).toEqual(['dead_click'])
  })

  it('is not hidden by the focus that clicking gives', async () => {
    const button = html('<button>Buy</button>')
    click(button)
    dispatchTrusted(button, new FocusEvent('focus'))
    await settle(7000)
    expect(names()).toEqual(['dead_click'])
  })

  it('may come again later from the same element', async () => {
    const button = html('<button>Buy</button>')
    click(button)
    await settle(8000)
    click(button)
    await settle(8000)
    expect(names()).toEqual(['dead_click', 'dead_click'])
  })
})

describe('an answer to a click is', () => {
  const outer = (): Element => html('<main><button>Buy</button><input></main>')
  const answers: [string, number, () => void][] = [
    ['a mutation', 2900, mutate],
    ['a changed attribute', 2900, () => document.body.setAttribute('class', String(Math.random()))],
    ['pushState', 2900, () => history.pushState(null, '', `/p${Math.random()}`)],
    ['replaceState', 2900, () => history.replaceState(null, '', `/r${Math.random()}`)],
    ['window.open', 2900, () => void window.open('about:blank')],
    [
      'an input event',
      2900,
      () => void dispatchTrusted(document.querySelector('input') as Element, new Event('input', { bubbles: true })),
    ],
    [
      'a change event',
      2900,
      () => void dispatchTrusted(document.querySelector('input') as Element, new Event('change', { bubbles: true })),
    ],
    [
      'an opened popover',
      2900,
      () => void dispatchTrusted(document.querySelector('main') as Element, new Event('toggle')),
    ],
    [
      'focus elsewhere',
      900,
      () => void dispatchTrusted(document.querySelector('input') as Element, new FocusEvent('focus')),
    ],
    ['a blurred window', 900, () => void dispatchTrusted(window, new FocusEvent('blur'))],
    ['a scroll', 90, () => void dispatchTrusted(document, new Event('scroll'))],
    ['hiding the page, even late', 6900, () => page().hide()],
  ]

  it.each(answers)('%s', async (_name, atMs, answer) => {
    click(outer().firstElementChild as Element)
    await settle(atMs)
    answer()
    await settle(20_000)
    expect(names()).toEqual([])
  })

  const select = (): void => {
    const text = document.querySelector('p') as Element
    getSelection()?.selectAllChildren(text)
    dispatchTrusted(document, new Event('selectionchange'))
  }

  it('a selection by the second press of a double click', async () => {
    const text = html('<p>Some words to select</p>')
    click(text)
    await settle(250)
    dispatchTrusted(text, new PointerEvent('pointerdown', { bubbles: true, composed: true }))
    await settle(10)
    select()
    click(text, { press: false })
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('not a selection elsewhere', async () => {
    const main = html('<main><button>Buy</button><p>Some words to select</p></main>')
    const text = main.lastElementChild as Element
    click(main.firstElementChild as Element)
    await settle(250)
    dispatchTrusted(text, new PointerEvent('pointerdown', { bubbles: true, composed: true }))
    select()
    await settle(20_000)
    expect(page().friction()).toMatchObject([{ event_type: 'dead_click', element_text: 'Buy' }])
  })

  it('a mutation inside a shadow root', async () => {
    const host = html('<x-shop></x-shop>')
    const root = host.attachShadow({ mode: 'open' })
    root.innerHTML = '<button>Buy</button>'
    click(root.firstElementChild as Element)
    root.append('bought')
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('what happened between pressing and releasing', async () => {
    const button = outer().firstElementChild as Element
    button.addEventListener('pointerdown', mutate)
    dispatchTrusted(button, new PointerEvent('pointerdown', { bubbles: true, composed: true }))
    await settle(0)
    click(button, { press: false })
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('a submitted form', async () => {
    const form = html('<form><button>Send</button></form>')
    click(form.firstElementChild as Element)
    dispatchTrusted(form, new Event('submit', { bubbles: true, cancelable: true }))
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('not a form whose submission is prevented and forgotten', async () => {
    const form = html('<form><button>Send</button></form>')
    form.addEventListener('submit', (event) => event.preventDefault())
    click(form.firstElementChild as Element)
    dispatchTrusted(form, new Event('submit', { bubbles: true, cancelable: true }))
    await settle(7000)
    expect(names()).toEqual(['dead_click'])
  })

  it.each([
    ['a scroll after 100 ms', 110, () => void dispatchTrusted(document, new Event('scroll'))],
    ['focus after a second', 1100, () => void dispatchTrusted(window, new FocusEvent('focus'))],
    [
      'typing after three seconds',
      3100,
      () => void dispatchTrusted(document.body, new Event('input', { bubbles: true })),
    ],
  ] as [string, number, () => void][])('not %s', async (_name, atMs, event) => {
    click(outer().firstElementChild as Element)
    await settle(atMs)
    event()
    await settle(7000)
    expect(names()).toEqual(['dead_click'])
  })
})

describe('a slow click', () => {
  it('is answered after three seconds and before seven', async () => {
    click(html('<button id="buy">Buy</button>'))
    await settle(4000)
    mutate()
    await settle(20_000)
    expect(page().friction()).toMatchObject([
      { event_type: 'slow_click', severity: 'low', element_selector: '#buy', metadata: { response_ms: 4000 } },
    ])
  })
})

describe('no dead click', () => {
  it.each([
    ['a text field', '<input>'],
    ['a textarea', '<textarea></textarea>'],
    ['a select', '<select><option>1</option></select>'],
    ['a date field', '<input type="date">'],
    ['editable text', '<p contenteditable>Letter</p>'],
    ['a canvas', '<canvas></canvas>'],
    ['a video', '<video></video>'],
    ['an audio', '<audio controls></audio>'],
    ['a download', '<a href="/file" download>File</a>'],
    ['a new-tab link', '<a href="/help" target="_blank">Help</a>'],
    ['a mail link', '<a href="mailto:a@b.example">Mail</a>'],
    ['a link to another page', '<a href="/cart">Cart</a>'],
    ['a link to another page, deep inside it', '<a href="/cart"><b>Cart</b></a>'],
  ])('comes from %s', async (_name, markup) => {
    const element = html(markup)
    click(element.querySelector('b') ?? element)
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('comes from the background of the page', async () => {
    html('<p>Text</p>')
    click(document.body)
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('comes with a modifier held', async () => {
    click(html('<button>Buy</button>'), { ctrlKey: true })
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('comes from scripts', async () => {
    html('<button>Buy</button>').click()
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('comes when the page went away with candidates pending', async () => {
    click(html('<button>Buy</button>'))
    page().hide()
    await settle(20_000)
    expect(names()).toEqual([])
  })
})
