// The mock's goals and how often they are reached: shares of the sessions of the overview.
import type { components } from '../../src/api/schema.gen'
import { sum } from './acquisition'
import { engagementOf } from './engagement'
import { problem } from './server'
import type { MockState } from './state'

type Schemas = components['schemas']
export type Goal = Schemas['Goal']

export function someGoals(now: number): Goal[] {
  const created_at = new Date(now - 20 * 86_400_000).toISOString()
  return [
    { id: 'g1', version: 1, name: 'Buys a ticket', kind: 'booking', target: '', value: null, created_at },
    { id: 'g2', version: 2, name: 'Looks at seats', kind: 'page', target: '/book/seats', value: null, created_at },
    { id: 'g3', version: 1, name: 'Calls us', kind: 'click', target: '#call', value: sum('TZS', 1_500), created_at },
  ]
}

export function conversionsOf(state: MockState, from: number, to: number): Schemas['GoalOverview'] {
  const { period, totals, previous } = engagementOf(state, from, to)
  const goals = state.goals.map((goal, index): Schemas['GoalConversion'] => {
    const of = (figures: Schemas['EngagementTotals'], share: number): Schemas['GoalTotals'] => {
      const isPurchase = goal.kind === 'booking' || goal.kind === 'order'
      const converting = isPurchase ? figures.converting_sessions : Math.round(figures.sessions * share)
      const conversions = isPurchase ? figures.conversions : Math.round(converting * 1.4)
      const own = goal.value ? [sum(goal.value.currency, Number(goal.value.amount) * conversions)] : []
      return { conversions, converting_sessions: converting, value: isPurchase && !goal.value ? figures.revenue : own }
    }
    return {
      goal_id: goal.id,
      name: goal.name,
      totals: of(totals, 0.21 / (index + 1)),
      previous: of(previous, 0.23 / (index + 1)),
      unattributed_conversions: goal.kind === 'booking' ? 12 : 0,
    }
  })
  return { period, sessions: totals.sessions, previous_sessions: previous.sessions, goals }
}

type Fields = Record<string, unknown>

/** Makes, replaces and deletes goals; undefined for any other path. */
export function changeGoals(
  state: MockState,
  method: string,
  path: string,
  body: Fields,
): { status: number; json?: unknown } | undefined {
  const [, id] = /\/goals(?:\/([^/]+))?$/.exec(path) ?? ['', null]
  if (id === null) return undefined
  if (method === 'DELETE') {
    state.goals = state.goals.filter((goal) => goal.id !== id)
    return { status: 204 }
  }
  const target = String(body.target ?? '')
  if (body.kind === 'page' && !target.startsWith('/'))
    return problem(422, 'Unprocessable Entity', 'target must begin with /, and * may only stand at its end', 'target')
  const value = body.value as { amount: number; currency: string } | undefined
  const fields = {
    name: String(body.name),
    kind: String(body.kind),
    target,
    value: value ? sum(value.currency, value.amount) : null,
  }
  const old = state.goals.find((goal) => goal.id === id)
  if (id !== undefined && old?.version !== body.version)
    return problem(409, 'Conflict', 'the goal has changed since; load it again')
  const goal: Goal = {
    id: id ?? `g${state.goals.length + 1}`,
    version: (old?.version ?? 0) + 1,
    created_at: old?.created_at ?? new Date().toISOString(),
    ...fields,
  }
  state.goals = old ? state.goals.map((other) => (other === old ? goal : other)) : [...state.goals, goal]
  return { status: old ? 200 : 201, json: goal }
}
