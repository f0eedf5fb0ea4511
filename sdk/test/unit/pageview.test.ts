import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PageviewFields } from '../../src/event'
import { startPageview } from '../../src/signals/pageview'
import { startReactions } from '../../src/signals/reactions'
import { settle, useSignals } from '../support/signals'
import { dispatchTrusted } from '../support/trusted'

const page = useSignals(startReactions, startPageview)
const views = (): PageviewFields[] => page().captured as PageviewFields[]

beforeEach(() => {
  document.title = 'Start'
})

describe('a page view', () => {
  it('is reported for the page as it starts', () => {
    expect(views()).toMatchObject([
      { type: 'heatmap', interaction_type: 'pageview', referrer: '', viewport_width: 1024, document_width: 0 },
    ])
  })

  it('is reported for each route, with its own title and the address before it', async () => {
    history.pushState(null, '', '/cart')
    document.title = 'Cart'
    await settle()
    expect(views()).toHaveLength(2)
    expect(views()[1]).toMatchObject({ page_title: 'Cart', referrer: 'https://shop.example/start' })
  })

  it('is one for a route that redirects at once', async () => {
    history.pushState(null, '', '/account')
    history.replaceState(null, '', '/login')
    await settle()
    expect(views()).toHaveLength(2)
  })

  it('is reported when going back', async () => {
    history.pushState(null, '', '/cart')
    await settle()
    history.replaceState(null, '', '/start')
    dispatchTrusted(window, new PopStateEvent('popstate'))
    await settle()
    expect(views()).toHaveLength(3)
  })

  it('is not reported twice for the same address', async () => {
    history.replaceState({ scroll: 10 }, '', '/start')
    history.pushState(null, '', '/start')
    dispatchTrusted(window, new PopStateEvent('popstate'))
    await settle()
    expect(views()).toHaveLength(1)
  })

  it('is not reported for a place inside the page', async () => {
    history.replaceState(null, '', '#reviews')
    dispatchTrusted(window, new HashChangeEvent('hashchange'))
    await settle()
    expect(views()).toHaveLength(1)
  })

  it.each(['#/cart', '#!/cart'])('is reported for the route %s', async (hash) => {
    history.replaceState(null, '', hash)
    dispatchTrusted(window, new HashChangeEvent('hashchange'))
    await settle()
    expect(views()).toHaveLength(2)
  })

  it('is not lost when the page goes away at once', () => {
    history.pushState(null, '', '/cart')
    page().hide()
    expect(views()).toHaveLength(2)
  })
})

describe('a page that is not laid out yet', () => {
  let layOut: () => void
  const begin = (): void => {
    vi.stubGlobal(
      'ResizeObserver',
      class {
        constructor(notice: () => void) {
          layOut = notice
        }
        observe() {}
        disconnect() {}
      },
    )
    page().captured.length = 0
    stop = startPageview(page().context)
  }
  let stop = (): void => {}
  afterEach(() => {
    stop()
    vi.unstubAllGlobals()
  })

  it('is viewed when it is, at the time it began', () => {
    begin()
    const timestamp = Date.now()
    vi.setSystemTime(timestamp + 400)
    expect(views()).toEqual([])
    layOut()
    expect(views()).toMatchObject([{ interaction_type: 'pageview', timestamp }])
  })

  it('is viewed once when it goes away before', () => {
    begin()
    page().hide()
    layOut()
    expect(views()).toHaveLength(1)
  })

  it('is not waited for where nobody sees it', () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    begin()
    expect(views()).toHaveLength(1)
  })
})

describe('history', () => {
  it('keeps its results and exceptions', () => {
    expect(history.pushState({ a: 1 }, '', '/kept')).toBeUndefined()
    expect(history.state).toEqual({ a: 1 })
    expect(() => history.pushState(null, '', 'https://elsewhere.example/')).toThrow()
  })
})
