// Friction of a ferry booking site: what people click in vain and what breaks.
import type { FrictionItem, FrictionPage, KindTotals, Page } from '../../src/api/types'
import { instant } from '../../src/lib/period'
import type { FrictionKind } from '../../src/lib/words'
import { seeded } from './random'

type Seed = [
  selector: string | null,
  text: string | null,
  error: string | null,
  page: string,
  kinds: [FrictionKind, number][],
  previous: number,
  severity: FrictionItem['severity'],
  score: number,
]

const SEEDS: Seed[] = [
  [
    '#checkout > form button[type="submit"]',
    'Pay now',
    null,
    '/checkout/payment',
    [
      ['rage_click', 412],
      ['dead_click', 268],
      ['error_click', 141],
    ],
    540,
    'high',
    38.4,
  ],
  [
    null,
    null,
    "TypeError: Cannot read properties of undefined (reading 'fare')",
    '/book/seats',
    [['javascript_error', 689]],
    122,
    'high',
    31.2,
  ],
  [
    '.seat-map .seat[aria-disabled]',
    'Seat 14C',
    null,
    '/book/seats',
    [
      ['dead_click', 522],
      ['rage_click', 97],
    ],
    610,
    'high',
    24.7,
  ],
  ['a.promo-banner', 'Kids travel free this December', null, '/', [['dead_click', 447]], 12, 'medium', 15.9],
  [
    'input[name="passport_number"]',
    'Passport number',
    null,
    '/book/passengers',
    [['form_validation_error', 380]],
    402,
    'medium',
    11.3,
  ],
  [
    null,
    null,
    'NetworkError: timeout of 8000 ms exceeded',
    '/checkout/payment',
    [
      ['unhandled_rejection', 203],
      ['error_click', 44],
    ],
    248,
    'high',
    10.8,
  ],
  ['button.date-next', '›', null, '/timetable', [['slow_click', 318]], 261, 'medium', 8.6],
  [
    '#filters .chip-list > button:nth-child(3)',
    'Fast ferry',
    null,
    '/routes',
    [
      ['slow_click', 190],
      ['dead_click', 52],
    ],
    230,
    'medium',
    7.1,
  ],
  ['input[name="phone"]', 'Mobile number', null, '/book/passengers', [['form_validation_error', 171]], 165, 'low', 4.9],
  [
    'nav .language-switch',
    'Kiswahili',
    null,
    '/',
    [
      ['rage_click', 38],
      ['slow_click', 41],
    ],
    96,
    'low',
    3.8,
  ],
  [null, null, 'ReferenceError: gtag is not defined', '/offers', [['javascript_error', 64]], 0, 'low', 2.6],
  [
    '.ticket-card img',
    '',
    null,
    '/account/tickets',
    [
      ['dead_click', 58],
      ['thrashing', 9],
    ],
    71,
    'low',
    1.9,
  ],
  ['footer a[href="/terms"]', 'Terms of carriage', null, '/contact', [['dead_click', 22]], 25, 'low', 0.8],
]

export function frictionItems(now: number): FrictionItem[] {
  return SEEDS.map(([selector, text, error, page, kinds, previous, severity, score], index) => {
    const random = seeded(index + 1)
    const count = kinds.reduce((sum, [, value]) => sum + value, 0)
    return {
      element_selector: selector,
      element_text: text,
      error_group: error ? `v1:${(index * 7919 + 104729).toString(16)}c4` : null,
      error_message: error,
      kinds: kinds.map(([kind, value]) => ({ kind, count: value })),
      count,
      previous_count: previous,
      sessions: Math.round(count * 0.62),
      visitors: Math.round(count * 0.55),
      pages: 1 + (index % 4),
      top_page: page,
      severity,
      score,
      first_seen: instant(now - (index + 2) * 6 * 86_400_000),
      last_seen: instant(now - index * index * 97_000 - 4_000),
      trend: Array.from({ length: 8 }, (_, day) =>
        Math.round((count / 8) * (0.5 + random() + (previous < count ? day * 0.08 : -day * 0.03))),
      ),
    }
  })
}

export function kindTotals(items: FrictionItem[]): KindTotals[] {
  const totals = new Map<string, KindTotals>()
  for (const item of items) {
    for (const { kind, count } of item.kinds) {
      const total = totals.get(kind) ?? {
        kind,
        count: 0,
        previous_count: 0,
        sessions: 0,
        visitors: 0,
        distinct_error: 0,
      }
      total.count += count
      total.previous_count += Math.round((item.previous_count * count) / item.count)
      total.sessions += Math.round(count * 0.62)
      total.visitors += Math.round(count * 0.55)
      totals.set(kind, total)
    }
  }
  return [...totals.values()].sort((a, b) => b.count - a.count)
}

export const PATHS = [
  '/',
  '/routes',
  '/timetable',
  '/book/seats',
  '/book/passengers',
  '/checkout/payment',
  '/offers',
  '/account/tickets',
  '/contact',
  '/routes/dar-es-salaam-zanzibar',
  '/routes/zanzibar-pemba',
  '/help/baggage',
  '/help/refunds-and-changes-of-booking',
]

export function pageRows(): Page[] {
  return PATHS.map((path, index) => {
    const random = seeded(index + 40)
    const views = Math.round(31_400 / (index + 1) ** 0.9)
    return {
      path,
      views,
      previous_views: Math.round(views * (0.78 + random() * 0.4)),
      visitors: Math.round(views * 0.42),
      sessions: Math.round(views * 0.51),
      friction: Math.round(views * 0.03 * (0.3 + random() * 2)),
    }
  })
}

export function frictionPages(): FrictionPage[] {
  return pageRows()
    .map(({ path, friction, sessions }, index) => ({
      path,
      count: friction,
      previous_count: Math.round(friction * (0.7 + ((index * 37) % 60) / 100)),
      friction_sessions: Math.round(friction * 0.6),
      sessions,
      score: Math.round((friction / sessions) * 2100) / 10,
    }))
    .sort((a, b) => b.score - a.score)
}
