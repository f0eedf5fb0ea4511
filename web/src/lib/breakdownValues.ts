// Names of the values of visits that figures are broken down by; pure.
import type { Breakdown } from './breakdowns'
import { countryName } from './countries'
import { sentence } from './words'

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
