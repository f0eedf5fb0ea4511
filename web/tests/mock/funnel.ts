// The mock's funnels: of any steps, with losses, friction, a breakdown, and refusals as the server words them.
import type { components } from '../../src/api/schema.gen'
import { instant } from '../../src/lib/period'
import { seeded } from './random'
import { problem } from './server'
import type { MockState } from './state'

type Schemas = components['schemas']
type Request = Schemas['FunnelRequest']
type Answer = { status: number; json?: unknown }

const ENTERED = 8_214
const VALUES: Record<string, [string, number][]> = {
  device: [
    ['mobile', 0.62],
    ['desktop', 0.31],
    ['tablet', 0.05],
  ],
  browser: [
    ['Chrome', 0.58],
    ['Safari', 0.24],
    ['Samsung Internet', 0.09],
    ['Firefox', 0.05],
  ],
  os: [
    ['Android', 0.51],
    ['iOS', 0.22],
    ['Windows', 0.2],
  ],
  country: [
    ['TZ', 0.7],
    ['KE', 0.16],
    ['DE', 0.08],
  ],
  utm_source: [
    ['google', 0.44],
    ['newsletter', 0.12],
  ],
  utm_campaign: [['kids-travel-free', 0.21]],
}

export function answerFunnel(state: MockState, text: string, now: number): Answer {
  const request = JSON.parse(text) as Request
  const wrong = rejection(request)
  if (wrong) return wrong
  const isEmpty = state.isEmpty || request.steps[0]?.outcome === 'order' || request.steps[0]?.page === '/nowhere'
  const entered = isEmpty
    ? 0
    : Math.round(ENTERED * (request.device ? 0.6 : 1) * (request.unit === 'session' ? 1.3 : 1))
  const answer: Schemas['Funnel'] = {
    from: request.from ?? instant(now - 7 * 86_400_000),
    to: request.to ?? instant(now),
    window_seconds: request.window_seconds ?? 86_400,
    steps: stepsOf(request, entered),
    groups: request.breakdown ? groupsOf(request, entered) : null,
    unattributed_events: request.steps.at(-1)?.outcome === 'booking' && !isEmpty ? 37 : 0,
    dropped_sessions: null,
  }
  if (request.dropped_at != null)
    answer.dropped_sessions = droppedOf(answer.steps[request.dropped_at]?.dropped ?? 0, request.limit ?? 100, now)
  return { status: 200, json: answer }
}

function rejection({ steps }: Request): Answer | undefined {
  if (steps.length < 2 || steps.length > 8)
    return problem(422, 'Unprocessable Content', 'a funnel has 2 to 8 steps', 'steps')
  for (const [index, step] of steps.entries()) {
    for (const name of ['page', 'event', 'click', 'path', 'label'] as const) {
      const text = step[name]
      if (text === '')
        return problem(
          422,
          'Unprocessable Content',
          `steps[${index}].${name} must not be empty`,
          `steps[${index}].${name}`,
        )
      const isPattern = name === 'page' || name === 'path'
      if (text != null && isPattern && !/^(\/[^*]*\*?|\*)$/.test(text))
        return problem(
          422,
          'Unprocessable Content',
          `steps[${index}].${name} must begin with /, and * may only stand at its end`,
          `steps[${index}].${name}`,
        )
    }
  }
  return undefined
}

function stepsOf(request: Request, entered: number): Schemas['FunnelStep'][] {
  let before = entered
  const units = request.steps.map((_, index) =>
    index === 0 ? entered : (before = Math.round(before * [0.62, 0.41, 0.55, 0.8][(index - 1) % 4]!)),
  )
  return units.map((count, index) => {
    const previous = units[index - 1]
    const next = units[index + 1]
    const dropped = next === undefined ? 0 : count - next
    const isReached = index > 0 && count > 0
    return {
      label: request.order === 'any' ? null : (request.steps[index]?.label ?? null),
      units: count,
      share_of_first: entered === 0 ? null : count / entered,
      share_of_previous: previous ? count / previous : null,
      dropped,
      median_seconds: isReached ? 38 * (index + 0.4) : null,
      p90_seconds: isReached ? 290 * (index + 0.7) : null,
      friction: next === undefined || count === 0 ? [] : frictionOf(index, dropped, next),
    }
  })
}

function frictionOf(index: number, dropped: number, continued: number): Schemas['FunnelFriction'][] {
  const random = seeded(index + 11)
  const kinds =
    index === 0
      ? ['dead_click']
      : ['javascript_error', 'rage_click', 'dead_click', 'form_validation_error', 'slow_click']
  return kinds.map((kind) => ({
    kind,
    dropped_units: Math.round(dropped * random() * 0.2),
    continued_units: Math.round(continued * random() * 0.06),
  }))
}

function groupsOf(request: Request, entered: number): Schemas['FunnelGroup'][] {
  if (entered === 0) return []
  const known = VALUES[request.breakdown ?? ''] ?? []
  const rest = 1 - known.reduce((sum, [, share]) => sum + share, 0)
  return [
    ...known.map(([value, share]) => ({ kind: 'known', value, steps: stepsOf(request, Math.round(entered * share)) })),
    { kind: 'unknown', value: null, steps: stepsOf(request, Math.round(entered * rest)) },
  ]
}

function droppedOf(dropped: number, limit: number, now: number): Schemas['FunnelDroppedSession'][] {
  return Array.from({ length: Math.min(dropped, limit) }, (_, index) => ({
    session_id: `0193a1b2-${index.toString(16).padStart(4, '0')}-7d4c-8f00-2b6c1d9e4f5a`,
    reached_at: instant(now - (index + 1) * 23 * 60_000),
  }))
}
