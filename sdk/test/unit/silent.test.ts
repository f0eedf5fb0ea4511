// Answers that no mutation and no event shows. Sentry counts canvases and inputs among what a replay sees change
// (sentry-javascript #9755, #13518); a detector by mutations alone calls such clicks dead.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startClicks } from '../../src/signals/clicks'
import { startDead } from '../../src/signals/dead'
import { startRage } from '../../src/signals/rage'
import { startReactions } from '../../src/signals/reactions'
import { startSilent } from '../../src/signals/silent'
import { html, settle, useSignals } from '../support/signals'
import { click } from '../support/trusted'

/** jsdom draws nothing: the methods that matter, as the browser would have them. */
class Drawing {
  constructor(readonly canvas: HTMLCanvasElement) {}
  fillRect(...place: number[]): string {
    return `filled ${place}`
  }
  drawImage(): void {}
  measureText(): number {
    return 7
  }
}
class Drawing3d extends Drawing {
  drawElements(): void {}
}

beforeEach(() => {
  vi.stubGlobal('CanvasRenderingContext2D', Drawing)
  vi.stubGlobal('WebGL2RenderingContext', Drawing3d)
})
const page = useSignals(startReactions, startClicks, startRage, startDead, startSilent)
// It begins in tasks of its own.
beforeEach(() => settle())
afterEach(() => void vi.unstubAllGlobals())

const names = (): string[] =>
  page()
    .friction()
    .map((fields) => fields.event_type)

const FORM = `<form><button type="button">Fill</button>
  <input name="text" value="a"><input name="box" type="checkbox"><input name="one" type="radio">
  <textarea name="letter"></textarea>
  <select name="size"><option>S</option><option>M</option></select>
  <p class="ticker"><input name="ignored"></p></form>`

const field = (name: string): HTMLInputElement => document.querySelector(`[name=${name}]`) as HTMLInputElement
const clicked = (handler: () => void): HTMLElement => {
  const button = document.querySelector('button') as HTMLElement
  button.onclick = handler
  click(button)
  return button
}
const nativeOf = (owner: typeof HTMLInputElement, name = 'value'): PropertyDescriptor =>
  Object.getOwnPropertyDescriptor(owner.prototype, name) as PropertyDescriptor

describe('a field that a script changes answers a click:', () => {
  beforeEach(() => void html(FORM))

  it.each<[string, () => void]>([
    ['the value of an input', () => (field('text').value = 'b')],
    ['a box', () => (field('box').checked = true)],
    ['a choice', () => (field('one').checked = true)],
    ['a letter', () => (field('letter').value = 'Dear shop')],
    ['a select', () => (field('size').value = 'M')],
    ['a select by its index', () => ((field('size') as unknown as HTMLSelectElement).selectedIndex = 1)],
  ])('%s', async (_name, change) => {
    clicked(change)
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it.each<[string, () => void]>([
    ['the same value', () => (field('text').value = 'a')],
    ['a field that is not in the page', () => (document.createElement('input').value = 'b')],
    ['an ignored field', () => (field('ignored').value = 'b')],
    ['a value that is only read', () => void field('text').value],
  ])('not %s', async (_name, change) => {
    clicked(change)
    await settle(20_000)
    expect(names()).toEqual(['dead_click'])
  })

  it('as does a video that is muted', async () => {
    const video = document.createElement('video')
    document.body.append(video)
    await settle()
    clicked(() => (video.muted = true))
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('late, it makes a slow click', async () => {
    clicked(() => setTimeout(() => (field('text').value = 'b'), 4000))
    await settle(20_000)
    expect(page().friction()).toMatchObject([{ event_type: 'slow_click', metadata: { response_ms: 4000 } }])
  })

  it('many at once are one answer', async () => {
    const kinds: string[] = []
    page().context.bus.on('reaction', ({ kind }) => void kinds.push(kind))
    for (let i = 0; i < 1000; i++) field('text').value = `${i}`
    await settle()
    expect(kinds).toEqual(['mutation'])
  })

  it('of quick clicks, each counts', async () => {
    for (let i = 0; i < 4; i++) {
      clicked(() => (field('text').value += '!'))
      await settle(200)
    }
    await settle(1000)
    expect(page().friction()).toMatchObject([
      { event_type: 'rage_click', severity: 'low', metadata: { answered: true } },
    ])
  })

  it('who switches a box to and fro is not in a rage', async () => {
    for (let i = 0; i < 4; i++) {
      clicked(() => (field('box').checked = !field('box').checked))
      await settle(200)
    }
    await settle(1000)
    expect(names()).toEqual([])
  })
})

describe('a drawing answers a click', () => {
  beforeEach(() => void html('<main><button>Zoom</button><canvas></canvas></main>'))
  const canvas = (): HTMLCanvasElement => document.querySelector('canvas') as HTMLCanvasElement

  it.each<[string, () => void]>([
    ['by a method', () => new Drawing(canvas()).fillRect(1, 2)],
    ['by another', () => new Drawing(canvas()).drawImage()],
    ['in three dimensions', () => new Drawing3d(canvas()).drawElements()],
  ])('%s', async (_name, draw) => {
    clicked(draw)
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it.each<[string, () => void]>([
    ['only measures', () => new Drawing(canvas()).measureText()],
    ['is not in the page', () => new Drawing(document.createElement('canvas')).fillRect()],
    ['is ignored', () => new Drawing(canvas()).fillRect()],
  ])('unless it %s', async (name, draw) => {
    if (name === 'is ignored') canvas().className = 'ticker'
    clicked(draw)
    await settle(20_000)
    expect(names()).toEqual(['dead_click'])
  })

  const draws = async (drawing: Drawing, ms: number): Promise<void> => {
    for (let at = 0; at < ms; at += 20) {
      drawing.fillRect()
      await settle(20)
    }
  }

  it('unless it never rests: nobody sees what a click has to do with it', async () => {
    const drawing = new Drawing(canvas())
    await draws(drawing, 4000)
    clicked(() => {})
    await draws(drawing, 7000)
    expect(names()).toEqual(['dead_click'])
  })

  it('when it has come to rest', async () => {
    const drawing = new Drawing(canvas())
    await draws(drawing, 4000)
    await settle(1000)
    clicked(() => void drawing.fillRect())
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('while an earlier click is still being drawn', async () => {
    const drawing = new Drawing(canvas())
    await draws(drawing, 1000)
    clicked(() => {})
    await draws(drawing, 500)
    await settle(20_000)
    expect(names()).toEqual([])
  })

  it('of a canvas that rests, beside one that does not', async () => {
    const other = canvas().cloneNode() as HTMLCanvasElement
    document.body.append(other)
    const [restless, drawing] = [new Drawing(other), new Drawing(canvas())]
    await draws(restless, 4000)
    clicked(() => void drawing.fillRect())
    await draws(restless, 7000)
    expect(names()).toEqual([])
  })
})

describe('the page does not notice', () => {
  beforeEach(() => void html(FORM))

  it('that its fields and drawings are watched', () => {
    field('text').value = 'b'
    field('box').checked = true
    expect([field('text').value, field('box').checked]).toEqual(['b', true])
    expect(new Drawing(document.createElement('canvas')).fillRect(1, 2)).toBe('filled 1,2')
    expect(nativeOf(HTMLInputElement)).toMatchObject({ enumerable: true, configurable: true })
    expect(() => nativeOf(HTMLInputElement).set?.call({} as HTMLInputElement, 'x')).toThrow(/valid instance/)
    expect(() => {
      const file = document.createElement('input')
      file.type = 'file'
      file.value = 'x'
    }).toThrow(/filename/)
  })

  it('when everything is as it was after the stop', async () => {
    const { fillRect } = Drawing.prototype
    const watched = nativeOf(HTMLInputElement).set
    const stop = startSilent(page().context)
    await settle()
    expect(nativeOf(HTMLInputElement).set).not.toBe(watched)
    stop()
    expect(nativeOf(HTMLInputElement).set).toBe(watched)
    expect(Drawing.prototype.fillRect).toBe(fillRect)
  })

  it('when somebody else has watched since: their watch stays, and ours says nothing', async () => {
    const stop = startSilent(page().context)
    await settle()
    const ours = nativeOf(HTMLTextAreaElement as never)
    const set = vi.fn(function (this: HTMLTextAreaElement, value: string) {
      ours.set?.call(this, value)
    })
    Object.defineProperty(HTMLTextAreaElement.prototype, 'value', { ...ours, set })
    stop()
    field('letter').value = 'Dear shop'
    expect(set).toHaveBeenCalled()
    expect(field('letter').value).toBe('Dear shop')
    Object.defineProperty(HTMLTextAreaElement.prototype, 'value', ours)
  })

  it('when a framework has put accessors of its own on a field, before or after', async () => {
    const input = field('text')
    const { get = () => '', set } = nativeOf(HTMLInputElement)
    const tracked: string[] = []
    Object.defineProperty(input, 'value', {
      configurable: true,
      get,
      set(value: string) {
        tracked.push(value)
        set?.call(this, value)
      },
    })
    clicked(() => (input.value = 'b'))
    await settle(20_000)
    expect(names()).toEqual([])
    expect([input.value, tracked]).toEqual(['b', ['b']])
    Reflect.deleteProperty(input, 'value')
    expect(input.value).toBe('b')
  })

  it('when its prototypes are frozen, or missing', async () => {
    class Frozen {
      get value(): string {
        return ''
      }
      set value(_value: string) {}
    }
    Object.freeze(Frozen.prototype)
    vi.stubGlobal('HTMLSelectElement', Frozen)
    vi.stubGlobal('HTMLTextAreaElement', undefined)
    const stop = startSilent(page().context)
    await settle()
    stop()
  })

  it('when it is stopped before it began', async () => {
    const watched = nativeOf(HTMLInputElement).set
    startSilent(page().context)()
    await settle()
    expect(nativeOf(HTMLInputElement).set).toBe(watched)
  })
})
