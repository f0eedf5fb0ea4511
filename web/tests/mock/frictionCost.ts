// The mock's cost of friction: two buttons and an error that lose bookings, and elements that do not.
import type { FrictionCost, FrictionCostList, FrictionItem } from '../../src/api/types'
import type { Estimate } from '../../src/lib/frictionCost'
import { frictionItems } from './friction'
import { overviewOf } from './overview'
import type { MockState } from './state'

const WEEK_MS = 7 * 86_400_000
/** The mean value of a booking. */
const VALUE = 84_500
/** Entries with fewer sessions have too few that can be compared. */
const FEW = 40

/** By the text or message: sessions without it, the rates with and without, and the bookings lost a week with their margin. */
const COSTS: Record<string, [controls: number, withIt: number, without: number, lost: number, margin: number]> = {
  'Pay now': [1_904, 0.187, 0.471, 49.7, 24.8],
  "TypeError: Cannot read properties of undefined (reading 'fare')": [3_310, 0.061, 0.148, 21.3, 11.6],
  'Seat 14C': [3_180, 0.112, 0.149, 6.4, 4.1],
  'Mobile number': [2_290, 0.334, 0.291, -4.2, 9.7],
}

export function frictionCosts(
  state: MockState,
  query: URLSearchParams,
  from: number,
  to: number,
  now: number,
): FrictionCostList {
  const kind = query.get('friction_kind')
  const chosen = query.get('selector') ?? query.get('error_group')
  const items = state.isEmpty ? [] : frictionItems(now)
  const filtered = items.filter(
    (item) =>
      (!kind || item.kinds.some((entry) => entry.kind === kind)) &&
      (!chosen || chosen === (item.element_selector ?? item.error_group)),
  )
  const costs = filtered.map((item) => costOf(item, state.conversions, (to - from) / WEEK_MS))
  costs.sort(
    (a, b) => Number(b.is_loss) - Number(a.is_loss) || (b.lost_value?.estimate ?? 0) - (a.lost_value?.estimate ?? 0),
  )
  return { period: overviewOf(from, to).period, currency: state.conversions === 'valued' ? 'TZS' : null, items: costs }
}

function costOf(item: FrictionItem, conversions: MockState['conversions'], weeks: number): FrictionCost {
  const {
    element_selector = null,
    element_text = null,
    error_group = null,
    error_message = null,
    count,
    sessions,
  } = item
  const named = {
    element_selector,
    element_text,
    error_group,
    error_message,
    occurrences: count,
    sessions,
    matched_sessions: sessions,
  }
  const isNone = conversions === 'none'
  const [controls, withIt, without, lost, margin] = COSTS[element_text || error_message || ''] ?? [
    1_120, 0.094, 0.096, 0.2, 5.4,
  ]
  if (sessions < FEW)
    return {
      ...named,
      matched_sessions: 7,
      control_sessions: 1_163,
      conversion_rate: isNone ? 0 : 0.1,
      control_rate: isNone ? 0 : 0.12,
      is_loss: false,
    }
  if (isNone)
    return {
      ...named,
      control_sessions: controls,
      conversion_rate: 0,
      control_rate: 0,
      is_loss: false,
      ...losses(0, 1, weeks),
    }
  const { lost_value, lost_value_weekly, ...counted } = losses(lost, margin, weeks)
  return {
    ...named,
    control_sessions: controls,
    conversion_rate: withIt,
    control_rate: without,
    is_loss: lost > margin,
    ...counted,
    ...(conversions === 'valued' ? { lost_value, lost_value_weekly } : {}),
  }
}

function losses(lost: number, margin: number, weeks: number) {
  const times = (factor: number): Estimate => ({
    estimate: lost * factor,
    low: (lost - margin) * factor,
    high: (lost + margin) * factor,
  })
  return {
    lost_conversions: times(weeks),
    lost_conversions_weekly: times(1),
    lost_value: times(weeks * VALUE),
    lost_value_weekly: times(VALUE),
  }
}
