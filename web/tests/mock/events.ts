// Single events, their outcomes, failed events, web vitals and keys of the mock.
import type { ApiKey, EventRow, FailedEvent, Outcomes, WebVitals } from '../../src/api/types'
import { instant } from '../../src/lib/period'
import { PATHS } from './friction'
import { pick, type Random, seeded } from './random'

const DAY = 86_400_000
const DEVICES = [
  ['Chrome', 'Android', 'mobile'],
  ['Chrome', 'Windows', 'desktop'],
  ['Safari', 'iOS', 'mobile'],
  ['Firefox', 'Linux', 'desktop'],
  ['Edge', 'Windows', 'desktop'],
  ['Safari', 'macOS', 'desktop'],
  ['Samsung Internet', 'Android', 'mobile'],
] as const
const CLICKS = [
  ['rage_click', '#checkout > form button[type="submit"]', 'Pay now'],
  ['dead_click', '.seat-map .seat[aria-disabled]', 'Seat 14C'],
  ['slow_click', 'button.date-next', '›'],
] as const

/** Properties are free-form; the schema only says that they are an object. */
const props = (values: object) => values as EventRow['properties']

export function eventAt(at: number, serial: number, random: Random = seeded(serial)): EventRow {
  const [browser, os, device] = pick(random, DEVICES)
  const roll = random()
  const common = {
    id: `0193${serial.toString(16).padStart(4, '0')}-7c1e-7a40-9b1d-${serial.toString(16).padStart(12, '0')}`,
    occurred_at: instant(at - 700),
    received_at: new Date(at).toISOString(),
    visitor_id: `v_${(serial * 48_271).toString(36)}`,
    session_id: `0193a1b2-${serial.toString(16).padStart(4, '0')}-7d4c-8f00-2b6c1d9e4f5a`,
    path: pick(random, PATHS),
    browser,
    os,
    device,
    country: pick(random, ['TZ', 'TZ', 'TZ', 'KE', 'ZA', 'DE', 'IT', 'GB']),
  }
  if (roll < 0.5)
    return {
      ...common,
      category: 'behavior',
      name: 'pageview',
      properties: props({ title: 'Book a ferry', referrer: 'https://www.google.com/' }),
    }
  if (roll < 0.62)
    return {
      ...common,
      category: 'performance',
      name: 'page_performance',
      properties: props({ metric: 'largest_contentful_paint', value: 2140.5, navigation: 'navigate' }),
    }
  if (roll < 0.72)
    return {
      ...common,
      category: 'behavior',
      name: 'search',
      properties: props({ from: 'Dar es Salaam', to: 'Zanzibar', passengers: 2 }),
    }
  if (roll < 0.78)
    return {
      ...common,
      category: 'friction',
      name: 'javascript_error',
      severity: 'high',
      path: '/book/seats',
      error_message: "TypeError: Cannot read properties of undefined (reading 'fare')",
      properties: props({ handled: false, script: '/assets/book.js' }),
    }
  const [name, selector, text] = pick(random, CLICKS)
  return {
    ...common,
    category: 'friction',
    name,
    severity: 'medium',
    element_selector: selector,
    element_text: text,
    properties: props({ click_count: 5, duration_ms: 1240, responded: false }),
  }
}

export function recentEvents(now: number): EventRow[] {
  return Array.from({ length: 80 }, (_, index) =>
    eventAt(now - 3_000 - index * 9_500 - index * index * 60, 4000 - index),
  )
}

export function outcomesOf(from: number, to: number): Outcomes {
  const days: Outcomes['days'] = []
  for (let day = Math.floor(from / DAY) * DAY; day < to; day += DAY) {
    const random = seeded(day / DAY)
    days.push({
      day: new Date(day).toISOString().slice(0, 10),
      accepted: Math.round(24_000 + random() * 9_000),
      duplicate: Math.round(random() * 320),
      refused: Math.round(40 + random() * 180),
    })
  }
  const sum = (name: 'accepted' | 'duplicate' | 'refused') => days.reduce((total, day) => total + day[name], 0)
  const refused = sum('refused')
  const first = Math.round(refused * 0.61)
  const second = Math.round(refused * 0.27)
  return {
    received: sum('accepted') + sum('duplicate') + refused,
    accepted: sum('accepted'),
    duplicate: sum('duplicate'),
    time_zone: 'UTC',
    refused: [
      { reason: 'origin_not_allowed', count: first },
      { reason: 'rate_limited', count: second },
      { reason: 'too_old', count: refused - first - second },
    ],
    days,
  }
}

/** What only comes whole when it is asked for alone. */
export function failedEvent(id: string, now: number): FailedEvent | undefined {
  const event = failedEvents(now).find((event) => event.id === id)
  return (
    event && {
      ...event,
      body: event.is_body_cut ? JSON.stringify({ events: ['the end of a long body'] }) : event.body,
      is_body_cut: false,
    }
  )
}

export function failedEvents(now: number): FailedEvent[] {
  const kinds = [
    ['origin_not_allowed', 'origin https://staging.coralferries.example is not among the allowed domains'],
    ['too_old', 'occurred_at is older than the retention of 395 days'],
    ['missing_field', 'name must not be empty'],
  ] as const
  return Array.from({ length: 9 }, (_, index) => {
    const [reason, detail] = kinds[index % 3] as (typeof kinds)[number]
    return {
      id: `f-${1000 + index}`,
      received_at: instant(now - index * 47 * 60_000 - 90_000),
      reason,
      detail,
      body: JSON.stringify({
        events: [
          {
            name: index % 3 === 2 ? '' : 'rage_click',
            url: 'https://staging.coralferries.example/checkout',
            element_selector: 'button#pay',
            click_count: 4,
          },
        ],
      }),
      is_body_cut: index === 1,
      body_bytes: index === 1 ? 91_000 : 180,
      resent_at: index === 4 ? instant(now - 600_000) : null,
    }
  })
}

export function webVitals(): WebVitals {
  const metric = (
    name: WebVitals['metrics'][number]['metric'],
    p75: number,
    samples: number,
    good: number,
    poor: number,
    rating: WebVitals['metrics'][number]['rating'],
    good_limit: number | null,
    poor_limit: number | null,
  ) => ({
    metric: name,
    p75,
    samples,
    good: Math.round(samples * good),
    poor: Math.round(samples * poor),
    rating: rating ?? null,
    good_limit,
    poor_limit,
  })
  return {
    metrics: [
      metric('largest_contentful_paint', 2310, 48_212, 0.78, 0.06, 'good', 2500, 4000),
      metric('interaction_to_next_paint', 264, 31_870, 0.66, 0.11, 'needs_improvement', 200, 500),
      metric('cumulative_layout_shift', 0.31, 47_903, 0.52, 0.29, 'poor', 0.1, 0.25),
      metric('first_contentful_paint', 1480, 48_530, 0.84, 0.04, 'good', 1800, 3000),
      metric('time_to_first_byte', 612, 48_911, 0.88, 0.03, 'good', 800, 1800),
      metric('time_to_interactive', 4120, 21_840, 0.71, 0.08, 'needs_improvement', 3800, 7300),
      metric('load_time', 2890, 47_106, 0, 0, null, null, null),
    ],
    pages: PATHS.map((path, index) => {
      const random = seeded(index + 90)
      return {
        path,
        samples: Math.round(18_000 / (index + 1)),
        largest_contentful_paint: 1500 + random() * 3200,
        interaction_to_next_paint: 90 + random() * 460,
        cumulative_layout_shift: random() * 0.34,
        first_contentful_paint: 900 + random() * 1500,
        time_to_first_byte: index === 11 ? null : 250 + random() * 900,
        time_to_interactive: index % 4 === 3 ? null : 1600 + random() * 6500,
        load_time: 1200 + random() * 4000,
      }
    }),
  }
}

export function apiKeys(now: number): ApiKey[] {
  return [
    {
      id: 'k1',
      key_name: 'Web shop',
      key: 'fk_7Qm2vX9tLr4KpZ8sWn3Jd6Hc1Bf5Gy0T',
      allowed_domains: ['coralferries.example', '*.coralferries.example'],
      rate_limit_per_minute: 6000,
      is_active: true,
      created_at: instant(now - 71 * DAY),
      last_used_at: instant(now - 2_000),
    },
    {
      id: 'k2',
      key_name: 'Kiosk app',
      key: 'fk_a8Ue2Nc6Rw1Ts5Yb9Lk3Vp7Xd4Mz0QhJ',
      allowed_domains: [],
      rate_limit_per_minute: 1200,
      is_active: true,
      created_at: instant(now - 12 * DAY),
      last_used_at: instant(now - 3 * 3_600_000),
    },
    {
      id: 'k3',
      key_name: 'Staging',
      key: 'fk_J4hT9gE2wQ7nB1vC6xM8zL3kP5sD0fRa',
      allowed_domains: ['staging.coralferries.example'],
      rate_limit_per_minute: 300,
      is_active: false,
      created_at: instant(now - 40 * DAY),
      last_used_at: null,
    },
  ]
}
