// The mock's answers to questions, typed by the generated schema.
import type { components } from '../../src/api/schema.gen'
import { acquisitionOf } from './acquisition'
import { botsOf } from './bots'
import { engagementOf } from './engagement'
import { answerErrors } from './errors'
import { failedEvent, failedEvents, outcomesOf, recentEvents, webVitals } from './events'
import { filterValues } from './filterValues'
import { abandonmentsOf, formsOf } from './forms'
import { frictionItems, frictionPages, kindTotals, pageRows } from './friction'
import { frictionCosts } from './frictionCost'
import { conversionsOf } from './goals'
import { answerHeatmap } from './heatmap'
import { journeysOf } from './journeys'
import { overviewOf } from './overview'
import { answerPeople } from './people'
import { answerRecordings } from './recordings'
import { answerSessions } from './sessions'
import type { MockState } from './state'

type Schemas = components['schemas']

type Answers = {
  overview: Schemas['Overview']
  acquisition: Schemas['Acquisition']
  engagement: Schemas['Engagement']
  'goal-conversions': Schemas['GoalOverview']
  journeys: Schemas['Journeys']
  'friction/kinds': Schemas['FrictionKinds']
  'friction/items': Schemas['FrictionItems']
  'friction/pages': Schemas['FrictionPages']
  'friction/cost': Schemas['FrictionCostList']
  pages: Schemas['Pages']
  'web-vitals': Schemas['WebVitals']
  bots: Schemas['BotShare']
  forms: Schemas['FormList']
  'forms/abandonments': Schemas['FormAbandonmentList']
  events: Schemas['Events']
  'filter-values': Schemas['FilterValues']
  outcomes: Schemas['Outcomes']
  'failed-events': Schemas['FailedEvents']
}

type Ask = { state: MockState; query: URLSearchParams; from: number; to: number; now: number }

const ANSWERS: { [Name in keyof Answers]: (ask: Ask) => Answers[Name] } = {
  overview: ({ state, query, from, to }) => {
    const isFiltered = ['path', 'selector', 'friction_kind', 'browser', 'os', 'device', 'country', 'filters'].some(
      (name) => query.has(name),
    )
    const answer = overviewOf(from, to, state.isEmpty ? 0 : isFiltered ? 0.21 : 1, state.firstEventAt)
    answer.totals.events += state.extraEvents
    answer.period.time_zone = state.projects[0]?.time_zone ?? 'UTC'
    return answer
  },
  acquisition: ({ state, query, from, to }) => acquisitionOf(state, query, from, to),
  engagement: ({ state, from, to }) => engagementOf(state, from, to),
  'goal-conversions': ({ state, from, to }) => conversionsOf(state, from, to),
  journeys: ({ state, query, from, to }) => journeysOf(state, query, from, to),
  'friction/kinds': ({ state, now }) => ({ kinds: state.isEmpty ? [] : kindTotals(frictionItems(now)) }),
  'friction/items': ({ state, query, from, to, now }) => {
    const kind = query.get('friction_kind')
    const sort = query.get('sort') ?? 'score'
    const chosen = query.get('selector') ?? query.get('error_group')
    const items = state.isEmpty
      ? []
      : frictionItems(now).filter(
          (item) =>
            (!kind || item.kinds.some((entry) => entry.kind === kind)) &&
            (!chosen || chosen === (item.element_selector ?? item.error_group)),
        )
    const by = { score: 'score', count: 'count', sessions: 'sessions', last_seen: 'last_seen' } as const
    const field = by[sort as keyof typeof by]
    items.sort((a, b) => (a[field] < b[field] ? 1 : -1))
    const listed = items.slice(0, state.listedItems)
    return { items: listed, total: items.length, next_cursor: null, period: overviewOf(from, to).period }
  },
  'friction/pages': ({ state, query }) => ({
    pages: state.isEmpty ? [] : frictionPages().slice(0, query.has('selector') ? 3 : 50),
    next_cursor: null,
  }),
  'friction/cost': ({ state, query, from, to, now }) => frictionCosts(state, query, from, to, now),
  pages: ({ state, query }) => {
    const rows = state.isEmpty ? [] : pageRows()
    const start = Number(query.get('cursor') ?? 0)
    const end = start + Number(query.get('limit') ?? 50)
    return { pages: rows.slice(start, end), total: rows.length, next_cursor: end < rows.length ? String(end) : null }
  },
  'web-vitals': ({ state, query, to, now }) =>
    state.isEmpty
      ? {
          metrics: webVitals().metrics.map((metric) => ({
            ...metric,
            p75: null,
            samples: 0,
            good: 0,
            poor: 0,
            rating: null,
          })),
          pages: [],
        }
      : vitalsOf(query, to, now),
  bots: ({ state, query, from, to, now }) => botsOf(state, query, from, to, now),
  forms: ({ state, query, from, to }) => formsOf(state, query, from, to),
  'forms/abandonments': ({ query, from, to, now }) => abandonmentsOf(query, from, to, now),
  events: ({ state, query, now }) => {
    const kind = query.get('friction_kind')
    const events = [...state.arrived, ...(state.isEmpty ? [] : recentEvents(now))].filter(
      (event) =>
        (query.get('friction_only') !== 'true' || event.category === 'friction') && (!kind || event.name === kind),
    )
    const placed = state.hasCountries ? events : events.map((event) => ({ ...event, country: null }))
    return { events: placed.slice(0, Number(query.get('limit') ?? 50)), next_cursor: null }
  },
  'filter-values': ({ state, query }) => filterValues(state, query),
  outcomes: ({ state, from, to }) =>
    state.isEmpty
      ? { received: 0, accepted: 0, duplicate: 0, refused: [], time_zone: 'UTC', days: [] }
      : outcomesOf(from, to),
  'failed-events': ({ state, now }) => ({ failed_events: state.isEmpty ? [] : failedEvents(now), next_cursor: null }),
}

/** In Kenya everything takes three times as long, and so it did for everybody before the last week. */
function vitalsOf(query: URLSearchParams, to: number, now: number): Schemas['WebVitals'] {
  const found = webVitals()
  if (query.get('country') !== 'KE' && to > now - 86_400_000) return found
  const metrics = found.metrics.map((metric) => ({
    ...metric,
    p75: (metric.p75 ?? 0) * 3,
    rating: metric.rating ? ('poor' as const) : null,
  }))
  return {
    ...found,
    metrics,
    pages: found.pages.map((page) => ({ ...page, largest_contentful_paint: (page.largest_contentful_paint ?? 0) * 3 })),
  }
}

/** The answer to a question, or undefined when there is no such question. */
export function answerQuestion(name: string, state: MockState, query: URLSearchParams, now: number): unknown {
  const to = Date.parse(query.get('to') ?? '') || now
  const from = Date.parse(query.get('from') ?? '') || to - 7 * 86_400_000
  const [, failedId] = /^failed-events\/([^/]+)$/.exec(name) ?? []
  if (failedId) return failedEvent(failedId, now)
  const answer = ANSWERS[name as keyof Answers] as ((ask: Ask) => unknown) | undefined
  return answer
    ? answer({ state, query, from, to, now })
    : (answerErrors(name, state, query, now) ??
        answerHeatmap(name, state, query, now) ??
        answerRecordings(name, state, query, now) ??
        answerSessions(name, state, query, now) ??
        answerPeople(name, state, query, now))
}
