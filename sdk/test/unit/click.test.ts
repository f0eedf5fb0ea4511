import { describe, expect, it, vi } from 'vitest'
import { startClick } from '../../src/signals/click'
import { startClicks } from '../../src/signals/clicks'
import { startReactions } from '../../src/signals/reactions'
import { html, useSignals } from '../support/signals'
import { click } from '../support/trusted'

const page = useSignals(startReactions, startClicks, startClick)

const place = (element: Element): Element => {
  vi.spyOn(element, 'getBoundingClientRect').mockReturnValue({ left: 100, top: 40, width: 200, height: 50 } as DOMRect)
  return element
}

describe('a heatmap click', () => {
  it('says where it was in the page and in the element', () => {
    vi.stubGlobal('scrollY', 500)
    click(place(html('<button id="buy">Buy</button>')), { clientX: 150, clientY: 65 })
    vi.unstubAllGlobals()
    expect(page().captured).toMatchObject([
      {
        type: 'heatmap',
        interaction_type: 'click',
        timestamp: 1_700_000_000_000,
        x: 150,
        y: 565,
        element_x: 0.25,
        element_y: 0.5,
        element_selector: '#buy',
        viewport_width: 1024,
        viewport_height: 768,
        document_width: 0,
        document_height: 0,
      },
    ])
    expect(JSON.stringify(page().captured[0])).not.toContain('element_text')
  })

  it('stays inside the element, and on elements without a size', () => {
    click(place(html('<button>Buy</button>')), { clientX: 990, clientY: 0 })
    click(html('<button>Buy</button>'))
    expect(page().captured).toMatchObject([
      { element_x: 1, element_y: 0 },
      { element_x: expect.any(Number), element_y: expect.any(Number) },
    ])
  })

  it('is in the middle when the keyboard did it', () => {
    click(place(html('<button>Buy</button>')), { detail: 0, clientX: 0, clientY: 0, press: false })
    expect(page().captured).toMatchObject([{ x: 200, y: 65, element_x: 0.5, element_y: 0.5 }])
  })

  it('is seen though the page stops the event', () => {
    const button = html('<button>Buy</button>')
    button.addEventListener('click', (event) => event.stopImmediatePropagation())
    click(button)
    expect(page().captured).toHaveLength(1)
  })

  it('names the button rather than the icon in it', () => {
    click(html('<button id="buy"><svg><path></path></svg></button>').querySelector('path') as Element)
    expect(page().captured).toMatchObject([{ element_selector: '#buy' }])
  })

  it('is not made by scripts', () => {
    html('<button>Buy</button>').click()
    expect(page().captured).toEqual([])
  })
})
