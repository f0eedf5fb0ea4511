import { afterEach, describe, expect, it, vi } from 'vitest'
import { startVitals } from '../../src/signals/vitals'
import { settle, useSignals } from '../support/signals'
import { dispatchTrusted } from '../support/trusted'

type Report = (metric: { value: number }) => void
const library = vi.hoisted(() => ({ reports: {} as Record<string, Report> }))
vi.mock('web-vitals', () => {
  const on = (name: string) => (report: Report) => {
    library.reports[name] = report
  }
  return { onLCP: on('LCP'), onINP: on('INP'), onCLS: on('CLS'), onFCP: on('FCP'), onTTFB: on('TTFB') }
})

const measured = (name: string, value: number): void => library.reports[name]?.({ value })
const visibility = (state: DocumentVisibilityState): void => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
}

const page = useSignals(startVitals)
afterEach(() => vi.restoreAllMocks())

describe('web vitals', () => {
  it('come in two events: after loading, and when the page is hidden', async () => {
    vi.spyOn(performance, 'getEntriesByType').mockReturnValue([
      { loadEventEnd: 812.34567 } as PerformanceNavigationTiming,
    ])
    dispatchTrusted(window, new Event('load'))
    measured('TTFB', 120.00004)
    measured('FCP', 300)
    measured('LCP', 900)
    await settle(1000)
    expect(page().captured).toEqual([
      {
        type: 'performance',
        page_url: 'https://shop.example/start',
        time_to_first_byte: 120,
        first_contentful_paint: 300,
        load_time: 812.3457,
      },
    ])
    measured('INP', 56)
    measured('CLS', 0.012345)
    visibility('hidden')
    page().hide()
    expect(page().captured.slice(1)).toEqual([
      {
        type: 'performance',
        page_url: 'https://shop.example/start',
        largest_contentful_paint: 900,
        interaction_to_next_paint: 56,
        cumulative_layout_shift: 0.0123,
      },
    ])
  })

  it('come again only with what changed', async () => {
    visibility('hidden')
    measured('CLS', 0)
    page().hide()
    page().hide()
    measured('INP', 80)
    page().hide()
    expect(page().captured).toMatchObject([{ cumulative_layout_shift: 0 }, { interaction_to_next_paint: 80 }])
    expect(page().captured).toHaveLength(2)
  })

  it('wait for the library, which finishes after pagehide', () => {
    visibility('visible')
    measured('LCP', 900)
    page().hide()
    expect(page().captured).toEqual([])
  })

  it('of a page left early come at once', () => {
    visibility('hidden')
    measured('TTFB', 120)
    page().hide()
    expect(page().captured).toMatchObject([{ time_to_first_byte: 120 }])
  })

  it('belong to the document that was loaded', () => {
    history.pushState(null, '', '/cart')
    visibility('hidden')
    measured('CLS', 0.2)
    page().hide()
    expect(page().captured).toMatchObject([{ page_url: 'https://shop.example/start' }])
  })
})
