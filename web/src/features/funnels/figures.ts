// The figures of an answer as they are shown: losses, shares, times, and friction as rates; pure.
import type { components } from '../../api/schema.gen'
import { duration, plural } from '../../lib/format'
import { kindLabel } from '../../lib/words'
import type { ChartTable } from '../../ui/TableActions'
import type { Unit } from './model'

type Schemas = components['schemas']
export type FunnelAnswer = Schemas['Funnel']
export type FunnelStep = Schemas['FunnelStep']
export type FunnelGroup = Schemas['FunnelGroup']

export type FrictionRates = {
  kind: string
  dropped: number | null
  continued: number | null
  droppedUnits: number
  continuedUnits: number
}

/** "412 visitors" */
export function unitsText(count: number, unit: Unit): string {
  return plural(count, unit)
}

/** The step as the answer names it; in any order the number of different steps. */
export function answeredLabel(step: FunnelStep, index: number, total: number): string {
  if (step.label != null) return step.label
  if (index === 0) return 'At least 1 step'
  return index + 1 === total ? `All ${total} steps` : `At least ${index + 1} different steps`
}

/** Units that took the first step, and that took the last. */
export function endsOf(steps: readonly FunnelStep[]): { entered: number; finished: number; share: number | null } {
  const last = steps.at(-1)
  return { entered: steps[0]?.units ?? 0, finished: last?.units ?? 0, share: last?.share_of_first ?? null }
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

export function droppedShare({ dropped, units }: FunnelStep): number | null {
  return shareOf(dropped, units)
}

/** Friction after a step, as shares of those who dropped and of those who went on; most frequent among the dropped first. */
export function frictionRates({ friction, dropped, units }: FunnelStep): FrictionRates[] {
  const rates = friction.map(({ kind, dropped_units: droppedUnits, continued_units: continuedUnits }) => ({
    kind,
    dropped: shareOf(droppedUnits, dropped),
    continued: shareOf(continuedUnits, units - dropped),
    droppedUnits,
    continuedUnits,
  }))
  return rates.sort(
    (a, b) =>
      (b.dropped ?? 0) - (a.dropped ?? 0) ||
      (b.continued ?? 0) - (a.continued ?? 0) ||
      kindLabel(a.kind).localeCompare(kindLabel(b.kind)),
  )
}

/** "half within 42 s, nine in ten within 3 m 10 s"; nothing for the first step. */
export function timeText({ median_seconds: median, p90_seconds: p90 }: FunnelStep): string | undefined {
  if (median == null || p90 == null) return undefined
  return `Half within ${duration(median * 1000)}, nine in ten within ${duration(p90 * 1000)}`
}

export function groupLabel({ kind, value }: FunnelGroup): string {
  if (kind === 'other') return 'All others'
  return value ?? 'Unknown'
}

/** The steps as a table, for a file. */
export function stepsSheet({ steps }: FunnelAnswer, unit: Unit): ChartTable {
  return {
    name: 'funnel',
    header: ['step', `${unit}s`, 'share_of_first', 'share_of_previous', 'dropped', 'median_seconds', 'p90_seconds'],
    rows: steps.map((step, index) => [
      answeredLabel(step, index, steps.length),
      step.units,
      step.share_of_first,
      step.share_of_previous,
      step.dropped,
      step.median_seconds,
      step.p90_seconds,
    ]),
  }
}

/** The breakdown as a table, for a file. */
export function groupsSheet(groups: readonly FunnelGroup[], by: string): ChartTable {
  const [first] = groups
  const names =
    first?.steps.map((step, index) => `${index + 1}. ${answeredLabel(step, index, first.steps.length)}`) ?? []
  return {
    name: `funnel-by-${by}`,
    header: [by, ...names],
    rows: groups.map((group) => [groupLabel(group), ...group.steps.map(({ units }) => units)]),
  }
}
