// What friction costs, in words and figures: losses with their intervals, and never a gain; pure.
import { shortNumber } from './format'
import { type FrictionIdentity, frictionKey } from './frictionItem'
import { shortMoney } from './locale'

/** Sessions that each side of the comparison needs (`domain::question::friction_cost`). */
export const MIN_SESSIONS = 10

/** A number with its 95% interval. */
export type Estimate = { estimate: number; low: number; high: number }

export type Cost = FrictionIdentity & {
  matched_sessions: number
  control_sessions: number
  conversion_rate?: number | null
  control_rate?: number | null
  is_loss: boolean
  lost_conversions?: Estimate | null
  lost_value?: Estimate | null
  lost_conversions_weekly?: Estimate | null
  lost_value_weekly?: Estimate | null
}

export type CostList<Item extends Cost = Cost> = { currency?: string | null; items: Item[] }

/** What a comparison found. */
export type Finding = 'loss' | 'no_loss' | 'too_few' | 'no_conversions'

export function findingOf(cost: Cost): Finding {
  if (!cost.lost_conversions) return 'too_few'
  if (cost.is_loss) return 'loss'
  return hasConverted(cost) ? 'no_loss' : 'no_conversions'
}

function hasConverted({ conversion_rate, control_rate }: Cost): boolean {
  return (conversion_rate ?? 0) > 0 || (control_rate ?? 0) > 0
}

/** What a whole list says: losses, the one that costs most first, or why there are none. */
export type Summary<Item extends Cost> =
  | { kind: 'losses'; losses: Item[] }
  | { kind: 'no_loss' | 'no_friction' | 'too_few' | 'unreported' | 'unlinked' }

export function summaryOf<Item extends Cost>({ items, currency }: CostList<Item>): Summary<Item> {
  const losses = items.filter((item) => item.is_loss)
  if (losses.length > 0) return { kind: 'losses', losses }
  if (items.length === 0) return { kind: 'no_friction' }
  // Conversions are known by their currency, or by the rate of those who saw the same pages.
  if (!items.some(hasConverted)) {
    if (currency == null) return { kind: 'unreported' }
    return { kind: items.some(({ control_rate }) => control_rate != null) ? 'unlinked' : 'too_few' }
  }
  return { kind: items.some(({ lost_conversions }) => lost_conversions) ? 'no_loss' : 'too_few' }
}

/** The cost of an entry, where the list has it. */
export function costOf<Item extends Cost>(list: CostList<Item> | undefined, key: string): Item | undefined {
  return list?.items.find((item) => frictionKey(item) === key)
}

/** What is lost a week: money, or conversions where nothing has a known value. */
export type WeeklyLoss = {
  unit: 'money' | 'conversions'
  isLess: boolean /** "TZS 4.2 M" or "12 orders and bookings" */
  amount: string /** "TZS 4.2 M" or "12 conversions" */
  short: string
  interval: string
  estimate: Estimate
}

export function weeklyLoss(cost: Cost, currency: string | null | undefined): WeeklyLoss | undefined {
  const value = priced(cost.lost_value_weekly, currency)
  if (value && currency) {
    const amount = amountText(Math.max(value.estimate, 1), currency)
    return {
      unit: 'money',
      isLess: value.estimate < 1,
      amount,
      short: amount,
      interval: intervalText(value, shortNumber),
      estimate: value,
    }
  }
  const lost = cost.lost_conversions_weekly
  if (!lost) return undefined
  const count = Math.max(lost.estimate, 0.1)
  return {
    unit: 'conversions',
    isLess: lost.estimate < 0.1,
    amount: purchases(count),
    short: `${countText(count)} conversions`,
    interval: intervalText(lost, countText),
    estimate: lost,
  }
}

export function aboutWord({ isLess }: Pick<WeeklyLoss, 'isLess'>): string {
  return isLess ? 'less than' : 'about'
}

/** The most that an entry without a significant loss may cost a week; nothing where that is nothing. */
export function mostLost(cost: Cost, currency: string | null | undefined): string | undefined {
  const value = cost.lost_value_weekly
  if (value && currency) return value.high < 1 ? undefined : amountText(value.high, currency)
  const high = cost.lost_conversions_weekly?.high ?? 0
  return high < 0.1 ? undefined : purchases(high)
}

/** A value that says something: free bookings have none. */
function priced(value: Estimate | null | undefined, currency: string | null | undefined): Estimate | undefined {
  return value && currency && value.estimate > 0 ? value : undefined
}

/** "TZS 4.2 M" */
export function amountText(amount: number, currency: string): string {
  return shortMoney(Math.max(0, amount), currency)
}

/** Conversions of an estimate: with one decimal below ten, for fractions count there. */
export function countText(count: number): string {
  const shown = Math.max(0, count)
  return shown < 9.95 ? String(Number(shown.toFixed(1))) : shortNumber(Math.round(shown))
}

function purchases(count: number): string {
  const text = countText(count)
  return `${text} ${text === '1' ? 'order or booking' : 'orders and bookings'}`
}

/** "2.1 to 6.3 M": a unit that both ends share is written once, and a loss is never below nothing. */
export function intervalText({ low, high }: Estimate, format: (value: number) => string): string {
  const [from, to] = [format(Math.max(0, low)), format(Math.max(0, high))]
  const unit = /\u202f\S+$/.exec(to)?.[0] ?? ''
  return `${unit !== '' && from.endsWith(unit) ? from.slice(0, -unit.length) : from} to ${to}`
}

/** Whether a period's figures are those of a week, so that one of the two is enough. */
export function isWeek(cost: Cost): boolean {
  const [inPeriod, weekly] = [cost.lost_conversions?.estimate ?? 0, cost.lost_conversions_weekly?.estimate ?? 0]
  return Math.abs(weekly - inPeriod) <= Math.abs(inPeriod) * 0.02
}
