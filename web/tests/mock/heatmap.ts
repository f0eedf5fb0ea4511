// Maps of the mock's pages. The elements of /vehicles/toyota-noah are those of the recorded visit.
import type { Heatmap, HeatmapElement } from '../../src/features/heatmaps/api'
import type { Shot } from '../../src/features/heatmaps/shots'
import { instant } from '../../src/lib/period'
import { overviewOf } from './overview'
import { seeded } from './random'
import type { MockState } from './state'

/** The page of the recorded visit, and one that nobody recorded. */
export const RECORDED_PAGE = '/'
export const UNRECORDED_PAGE = '/contact'

type Named = [selector: string, text: string | null, share: number, change: number]

const CLICKED: Named[] = [
  ['#book-now', 'Book now', 0.41, 1.32],
  ['div.photo.large', 'Photo 1 of 4', 0.22, 0.7],
  ['header>nav a:nth-of-type(1)', 'Vehicles', 0.12, 1.02],
  ['header>nav a:nth-of-type(2)', 'Offers', 0.08, 0.96],
  ['p.price', null, 0.05, 0],
  ['button.compare', 'Compare', 0.04, 1.1],
  ['#newsletter input:has(a)', 'Your e-mail', 0.01, 1],
  ['main>h1', 'Toyota Noah', 0.01, 0.5],
]
const FRICTION: Record<string, Named[]> = {
  rage: [
    ['#book-now', 'Book now', 0.8, 6],
    ['button.compare', 'Compare', 0.2, 1],
  ],
  dead: [
    ['div.photo.large', 'Photo 1 of 4', 0.7, 1.1],
    ['p.price', 'TZS 85,000', 0.3, 0.8],
  ],
  errors: [['#book-now', 'Book now', 1, 9]],
}
const CLASSES: [from: number, to: number | null, share: number, median: number][] = [
  [0, 479, 0.58, 384],
  [480, 767, 0.05, 540],
  [768, 1_023, 0.07, 820],
  [1_024, 1_439, 0.12, 1_280],
  [1_440, null, 0.18, 1_536],
]
const VIEWS = 18_420

function elementsOf(layer: string, events: number, now: number): HeatmapElement[] {
  const named = layer === 'pointer' || layer === 'clicks' ? CLICKED : (FRICTION[layer] ?? [])
  return named.map(([selector, text, share, change], index) => {
    const count = Math.round(events * share)
    return {
      selector,
      text,
      events: count,
      previous_events: change === 0 ? 0 : Math.round(count / change),
      sessions: Math.round(count * 0.61),
      visitors: Math.round(count * 0.55),
      first_seen: instant(now - (40 + index) * 86_400_000),
      last_seen: instant(now - index * index * 1_400_000 - 30_000),
    }
  })
}

/** The more events an element has, the more of its cells; most of them in its middle. */
function cellsOf(elements: readonly HeatmapElement[]): Heatmap['cells'] {
  return elements.flatMap(({ events }, element) => {
    const random = seeded(element + 71)
    const middle = () => Math.min(31, Math.floor(((random() + random() + random()) / 3) * 32))
    const cells = new Map<number, number>()
    for (let nth = 0; nth < Math.min(events, 400); nth++) {
      const cell = middle() * 32 + middle()
      cells.set(cell, (cells.get(cell) ?? 0) + Math.ceil(events / 400))
    }
    return [...cells].map(([cell, count]) => ({ element, x: cell % 32, y: Math.floor(cell / 32), events: count }))
  })
}

function heatmapOf(state: MockState, query: URLSearchParams, now: number): Heatmap {
  const layer = query.get('layer') ?? 'clicks'
  const to = Date.parse(query.get('to') ?? '') || now
  const { period } = overviewOf(Date.parse(query.get('from') ?? '') || to - 7 * 86_400_000, to)
  const [min, max] = [Number(query.get('min_width') ?? 0), Number(query.get('max_width') ?? 100_000)]
  const share = state.isEmpty
    ? 0
    : CLASSES.filter(([from, last]) => from >= min && (last ?? 100_000) <= max).reduce(
        (sum, [, , part]) => sum + part,
        0,
      )
  const views = Math.round(VIEWS * share * (query.has('device') ? 0.4 : 1))
  const rates: Record<string, number> = { clicks: 0.31, rage: 0.02, dead: 0.05, errors: 0.015, pointer: 0, scroll: 1.2 }
  const events = Math.round(views * (rates[layer] ?? 0))
  const elements = events === 0 || layer === 'scroll' ? [] : elementsOf(layer, events, now)
  const random = seeded(5)
  const points =
    layer === 'clicks' && events > 0
      ? Array.from({ length: 60 }, () => ({
          x: Math.round(random() * 200) / 200,
          y: Math.round(random() * 90) * 8,
          events: 1 + Math.floor(random() * 4),
        }))
      : []
  return {
    period,
    layer,
    path: query.get('path') ?? '',
    page_views: views,
    sessions: Math.round(views * 0.8),
    events,
    event_sessions: Math.round(events * 0.6),
    previous_page_views: Math.round(views * 0.95),
    previous_events: Math.round(events * 0.88),
    elements,
    element_total: elements.length,
    cells: layer === 'clicks' ? cellsOf(elements) : [],
    points,
    widths: CLASSES.map(([from, last, part, median_width]) => ({
      from,
      to: last,
      page_views: state.isEmpty ? 0 : Math.round(VIEWS * part),
      events: Math.round(VIEWS * part * 0.3),
      median_width,
    })),
    scroll:
      views === 0
        ? null
        : {
            sessions: Math.round(views * 0.7),
            reached: Array.from(
              { length: 21 },
              (_, step) =>
                Math.round(Math.max(0.08, step <= 9 ? 1 - step * 0.004 : 0.964 - (step - 9) * 0.08) * 1_000) / 1_000,
            ),
          },
  }
}

/** The recorded visit views the page at 0 s; the second snapshot is of its second page, 10 s later. */
function shotsOf(state: MockState, query: URLSearchParams, now: number): Shot[] {
  const isPhone = Number(query.get('min_width') ?? 0) === 0
  if (state.isEmpty || !isPhone || query.get('path') === UNRECORDED_PAGE) return []
  const shot = (index: number, hours: number, offset_ms: number, until_ms: number): Shot => ({
    recording_id: `0193a1b2-0000-7000-8000-${String(index).padStart(12, '0')}`,
    session_id: `visit-${index}`,
    at: instant(Math.floor(now / 60_000) * 60_000 - hours * 3_600_000),
    offset_ms,
    until_ms,
    viewport_width: 384,
    viewport_height: 725,
    document_height: 725,
  })
  return [shot(4, 2, 0, 6_500), shot(5, 26, 10_100, 26_400)]
}

/** The answer to a question about maps, or undefined when there is no such question. */
export function answerHeatmap(name: string, state: MockState, query: URLSearchParams, now: number): unknown {
  if (name === 'heatmap') return heatmapOf(state, query, now)
  return name === 'heatmap/snapshots' ? { snapshots: shotsOf(state, query, now) } : undefined
}
