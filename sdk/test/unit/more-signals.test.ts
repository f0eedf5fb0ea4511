import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Context } from '../../src/context'
import type { MoveFields, ScrollFields } from '../../src/event'
import { startMove } from '../../src/signals/move'
import { startOutside } from '../../src/signals/outside'
import { startReactions } from '../../src/signals/reactions'
import { startScroll } from '../../src/signals/scroll'
import { startThrashing } from '../../src/signals/thrashing'
import { html, settle, useSignals } from '../support/signals'
import { dispatchTrusted } from '../support/trusted'

const height = (scrollHeight: number): void => {
  vi.spyOn(document.documentElement, 'scrollHeight', 'get').mockReturnValue(scrollHeight)
}
const move = (clientX: number, clientY = 10, options: PointerEventInit = {}): void => {
  const init = { bubbles: true, composed: true, clientX, clientY, pointerType: 'mouse', ...options }
  dispatchTrusted(document.body.firstElementChild ?? document.body, new PointerEvent('pointermove', init))
}

describe('scroll depth', () => {
  beforeEach(() => {
    height(4000)
    vi.stubGlobal('scrollY', 0)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
  const page = useSignals(startReactions, startScroll)
  const scroll = async (y: number): Promise<void> => {
    vi.stubGlobal('scrollY', y)
    dispatchTrusted(document, new Event('scroll'))
    await settle(200)
  }
  const scrolls = (): ScrollFields[] => page().captured as ScrollFields[]

  it('is the lowest edge that was seen, once, when the page is left', async () => {
    await scroll(1232)
    await scroll(100)
    expect(scrolls()).toEqual([])
    page().hide()
    page().hide()
    expect(scrolls()).toMatchObject([
      { interaction_type: 'scroll', y: 2000, metadata: { depth: 0.5 }, page_url: 'https://shop.example/start' },
    ])
  })

  it('is reported again when the visitor comes back and goes on', async () => {
    page().hide()
    await scroll(232)
    page().hide()
    expect(scrolls().map(({ y }) => y)).toEqual([768, 1000])
  })

  it('begins anew with each route', async () => {
    await scroll(1232)
    history.pushState(null, '', '/cart')
    await settle()
    vi.stubGlobal('scrollY', 0)
    await settle(200)
    page().hide()
    expect(scrolls().map(({ page_url, y }) => [new URL(page_url).pathname, y])).toEqual([
      ['/start', 2000],
      ['/cart', 768],
    ])
  })
})

describe('moves', () => {
  const page = useSignals(startReactions, (context: Context) => {
    context.settings.use({ move: true, move_max: 3 })
    return startMove(context)
  })
  const moves = (): MoveFields[] => page().captured as MoveFields[]

  it('are sampled now and then, where the mouse is by then', async () => {
    html('<p id="p">Text</p>')
    for (const x of [10, 20, 30]) move(x)
    await settle(500)
    expect(moves()).toMatchObject([{ interaction_type: 'move', x: 30, y: 10, element_selector: '#p' }])
    await settle(5000)
    expect(moves()).toHaveLength(1)
  })

  it('are so many at most in a page view', async () => {
    html('<p>Text</p>')
    for (let i = 0; i < 9; i++) {
      move(i)
      await settle(500)
    }
    expect(moves()).toHaveLength(3)
    history.pushState(null, '', '/cart')
    move(1)
    await settle(500)
    expect(moves()).toHaveLength(4)
  })

  it('are not made by fingers', async () => {
    html('<p>Text</p>')
    move(10, 10, { pointerType: 'touch' })
    await settle(500)
    expect(moves()).toEqual([])
  })
})

describe('signals that are off by default', () => {
  const page = useSignals(startMove, startThrashing)
  it('report nothing', async () => {
    html('<p>Text</p>')
    for (let i = 0; i < 20; i++) move(i % 2 ? 300 : 0)
    await settle(1000)
    expect(page().captured).toEqual([])
  })
})

describe('thrashing', () => {
  const page = useSignals((context: Context) => {
    context.settings.use({ thrashing: true })
    return startThrashing(context)
  })
  const shake = async (times: number, gapMs: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      move(i % 2 ? 300 : 0)
      await settle(gapMs)
    }
  }

  it('is a mouse that turns again and again, reported once', async () => {
    html('<p>Text</p>')
    await shake(20, 50)
    expect(page().friction()).toMatchObject([{ event_type: 'thrashing', severity: 'low', metadata: { turns: 5 } }])
  })

  it('is not slow, nor a pressed button, nor trembling', async () => {
    html('<p>Text</p>')
    await shake(20, 400)
    for (let i = 0; i < 20; i++) move(i % 2 ? 300 : 0, 10, { buttons: 1 })
    for (let i = 0; i < 20; i++) move(i % 2 ? 20 : 0)
    expect(page().friction()).toEqual([])
  })
})

describe('an answer outside the document', () => {
  let heard: string[]
  useSignals((context: Context) => {
    heard = []
    context.bus.on('reaction', ({ kind }) => void heard.push(kind))
    return startOutside(context)
  })

  it.each([
    ['a dialog', 'open', () => window.alert('x')],
    ['printing', 'open', () => window.print()],
    ['a sound', 'open', () => void document.createElement('audio').play()],
    ['a script’s click', 'open', () => html('<input type="file">').click()],
    ['copying', 'input', () => void dispatchTrusted(document.body, new Event('copy', { bubbles: true }))],
    [
      'a form that is emptied',
      'input',
      () => void dispatchTrusted(html('<form></form>'), new Event('reset', { bubbles: true })),
    ],
    ['a video that stops', 'input', () => void dispatchTrusted(html('<video></video>'), new Event('pause'))],
  ] as [string, string, () => void][])('is %s', (_name, kind, answer) => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    answer()
    expect(heard).toContain(kind)
  })

  it('is none inside an ignored element', () => {
    const ticker = html('<div class="ticker"><video></video></div>')
    dispatchTrusted(ticker.firstElementChild as Element, new Event('pause'))
    expect(heard).toEqual([])
  })
})
