// The mock's groups of visitors: each cohort parted by fixed weights, to the last visitor.
import type { components } from '../../src/api/schema.gen'
import { wilson } from '../../src/lib/proportions'

type VisitorRetention = components['schemas']['VisitorRetention']
type Cohort = VisitorRetention['cohorts'][number]
type Part = {
  value: string | null
  isOther?: true
  weight: number /** How much more or less it is back. */
  back: number
}

const COUNTRIES: Part[] = [
  { value: 'TZ', weight: 50, back: 1.15 },
  { value: 'KE', weight: 14, back: 0.7 },
  { value: 'UG', weight: 9, back: 0.95 },
  { value: 'DE', weight: 7, back: 1 },
  { value: 'GB', weight: 5, back: 1.05 },
  { value: 'RW', weight: 4, back: 0.6 },
  { value: 'US', weight: 3, back: 1 },
  { value: 'ZA', weight: 2, back: 1.2 },
  { value: 'IN', weight: 1.3, back: 0.9 },
  { value: 'FR', weight: 1, back: 0.9 },
  { value: null, weight: 3, back: 0.5 },
  { value: null, isOther: true, weight: 1, back: 0.8 },
]
const CAMPAIGNS: Part[] = [
  { value: 'spring_sale_for_returning_customers_of_the_coast', weight: 22, back: 0.5 },
  { value: 'safari', weight: 14, back: 1.4 },
  { value: null, weight: 64, back: 1.05 },
]
const PARTS: Record<string, Part[]> = { country: COUNTRIES, utm_campaign: CAMPAIGNS }
const OTHERWISE: Part[] = [{ value: 'direct', weight: 1, back: 1 }]

/** The cohorts of the parts that are asked for, and their groups. */
export function parted(cohorts: Cohort[], query: URLSearchParams): Pick<VisitorRetention, 'cohorts' | 'groups' | 'by'> {
  const by = query.get('by')
  if (by === null) return { cohorts, groups: [], by: null }
  const parts = PARTS[by] ?? OTHERWISE
  const only = query.get('value')
  const split = cohorts.map((cohort) => splitOf(cohort, parts))
  const shown = parts.flatMap((part, index) =>
    only === null || (!part.isOther && (part.value ?? '') === only)
      ? [{ part, cohorts: split.map((of) => of[index] as Cohort) }]
      : [],
  )
  const groups = shown.map(({ part, cohorts: own }) => ({
    value: part.value,
    is_other: part.isOther ?? false,
    visitors: own.reduce((sum, { visitors }) => sum + visitors, 0),
    average: averageOf(own),
  }))
  const together = only === null ? cohorts : (shown[0]?.cohorts ?? cohorts.map(nobody))
  return { by, cohorts: together, groups: groups.filter(({ visitors }) => visitors > 0) }
}

function nobody(cohort: Cohort): Cohort {
  return { ...cohort, visitors: 0, returned: cohort.returned.map(() => 0) }
}

function splitOf(cohort: Cohort, parts: Part[]): Cohort[] {
  const visitors = shared(
    cohort.visitors,
    parts.map(({ weight }) => weight),
  )
  const returned = cohort.returned.map((count) =>
    count === cohort.visitors
      ? visitors
      : shared(
          count,
          parts.map(({ weight, back }) => weight * back),
        ),
  )
  return parts.map((_, index) => ({
    ...cohort,
    visitors: visitors[index] ?? 0,
    returned: returned.map((of) => Math.min(of[index] ?? 0, visitors[index] ?? 0)),
  }))
}

/** Whole parts of a number that go with the weights and add up to it. */
function shared(number: number, weights: number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let [weight, used] = [0, 0]
  return weights.map((own) => {
    weight += own
    const part = Math.round((number * weight) / total) - used
    used += part
    return part
  })
}

/** The average of cohorts, as the server makes it. */
export function averageOf(cohorts: Cohort[]): VisitorRetention['average'] {
  const over = cohorts.length - (cohorts.at(-1)?.is_last_partial ? 1 : 0)
  return Array.from({ length: over }, (_, offset) => {
    const of = cohorts.slice(0, over - offset)
    const [count, total] = [
      of.reduce((sum, { returned }) => sum + (returned[offset] ?? 0), 0),
      of.reduce((sum, { visitors }) => sum + visitors, 0),
    ]
    return { offset, share: count / total, ...wilson({ count, total }), visitors: total, returned: count }
  }).filter(({ visitors }) => visitors > 0)
}
