// The figures of an answer as they are shown: shares, names of values, and sums of money; pure.
import { countryName } from '../../lib/countries'
import { sentence } from '../../lib/words'
import type { AcquisitionFigures, Sum } from './api'
import type { Breakdown } from './model'

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

export function engagedShare({ engaged_sessions: engaged, sessions }: AcquisitionFigures): number | null {
  return shareOf(engaged, sessions)
}

export function frictionShare({ friction_sessions: friction, sessions }: AcquisitionFigures): number | null {
  return shareOf(friction, sessions)
}

export function conversionShare({ converting_sessions: converting, sessions }: AcquisitionFigures): number | null {
  return shareOf(converting, sessions)
}

type Amount = Pick<Sum, 'currency' | 'amount'>

export type Revenue = { currency: string; amount: number; previous: number }

/** The revenue of each currency of either period, the largest first; of one that is new, or gone, the other amount is 0. */
export function revenueOf(current: readonly Amount[], before: readonly Amount[]): Revenue[] {
  const sums = new Map<string, Revenue>()
  for (const { currency, amount } of current) sums.set(currency, { currency, amount: Number(amount), previous: 0 })
  for (const { currency, amount } of before) sums.set(currency, { currency, amount: sums.get(currency)?.amount ?? 0, previous: Number(amount) })
  return [...sums.values()].sort((a, b) => b.amount - a.amount || b.previous - a.previous || a.currency.localeCompare(b.currency))
}

const CHANNELS: Record<string, string> = {
  direct: 'Direct',
  paid: 'Paid',
  email: 'E-mail',
  social: 'Social',
  search: 'Search',
  referral: 'Referral',
  campaign: 'Other campaigns',
}

const CHANNEL_HELP: Record<string, string> = {
  direct: 'Typed addresses, bookmarks and apps: no referrer, and no campaign.',
  paid: 'Campaigns whose medium is an advertisement, such as cpc.',
  email: 'Links in e-mails, by the medium or source of their campaign.',
  social: 'Links on social networks.',
  search: 'Results of search engines.',
  referral: 'Links on other sites.',
  campaign: 'Campaigns of any other medium.',
}

const UNKNOWN: Partial<Record<Breakdown, string>> = {
  referrer: 'No referrer',
  utm_source: 'No source',
  utm_medium: 'No medium',
  utm_campaign: 'No campaign',
  entry_path: 'No page',
  exit_path: 'No page',
}

/** The value as people name it; "Unknown", or what it means, where there is none. */
export function valueLabel(by: Breakdown, value: string | null | undefined): string {
  if (value == null) return UNKNOWN[by] ?? 'Unknown'
  if (by === 'country') return countryName(value)
  if (by === 'channel') return CHANNELS[value] ?? sentence(value)
  if (by === 'device') return sentence(value)
  return by === 'viewport' ? `${value.replace('-', '–')} px`.replace('+ px', ' px and wider') : value
}

/** More about a value, on hover. */
export function valueHelp(by: Breakdown, value: string | null | undefined): string | undefined {
  if (value == null) return undefined
  return by === 'channel' ? CHANNEL_HELP[value] : by === 'country' ? value : undefined
}
