// The form of a goal: what is typed, and what is sent; pure.
import type { Goal, NewGoal } from '../../api/goals'
import { type GoalKind, isGoalKind, TARGETS } from '../../lib/goals'
import { currencyDigits } from '../../lib/money'

export type Draft = { name: string; kind: GoalKind; target: string; amount: number | null; currency: string }

/** A project has no more. */
export const MAX_GOALS = 20

export function draftOf(goal: Goal | undefined, currency: string): Draft {
  if (!goal) return { name: '', kind: 'page', target: '', amount: null, currency }
  return {
    name: goal.name,
    kind: isGoalKind(goal.kind) ? goal.kind : 'event',
    target: goal.target,
    amount: goal.value ? Number(goal.value.amount) : null,
    currency: goal.value?.currency ?? currency,
  }
}

/** Another kind has another target. */
export function withKind(draft: Draft, kind: GoalKind): Draft {
  return draft.kind === kind ? draft : { ...draft, kind, target: '' }
}

/** Null while something is missing that the server would refuse. */
export function changeOf({ name, kind, target, amount, currency }: Draft): NewGoal | null {
  const needsTarget = TARGETS[kind] !== null
  if (!name.trim() || (needsTarget && !target.trim()) || (amount !== null && !currency.trim())) return null
  return {
    name: name.trim(),
    kind,
    target: needsTarget ? target.trim() : '',
    ...(amount === null ? {} : { value: { amount, currency: currency.trim().toUpperCase() } }),
  }
}

/** Decimals that an amount of this currency has. */
export function decimalsOf(currency: string): number {
  return currencyDigits(currency.trim().toUpperCase())
}
