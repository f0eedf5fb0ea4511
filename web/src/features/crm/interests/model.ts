// The page of interests: its period in the URL, and its figures; pure.
import type { components } from '../../../api/schema.gen'
import { PRESET_LABELS, type Preset } from '../../../lib/period'
import { sentence } from '../../../lib/words'

export type Interest = components['schemas']['Preference']

/** A list of tastes needs some time: a day says little. */
export const PERIODS = ['7d', '30d', '90d'] as const satisfies readonly Preset[]
export type InterestsPeriod = (typeof PERIODS)[number]
export const DEFAULT_INTERESTS_PERIOD: InterestsPeriod = '30d'

export const PERIOD_CHOICES = PERIODS.map((value) => ({ value, label: PRESET_LABELS[value] }))

export type InterestsSearch = { period?: Exclude<InterestsPeriod, '30d'> }

export function parseInterestsSearch({ period }: Record<string, unknown>): InterestsSearch {
  return period === '7d' || period === '90d' ? { period } : {}
}

/** Views by contact, to one decimal: much looked at by few, or a little by many. */
export function viewsEach({ views, contacts }: Interest): string {
  return contacts > 0 ? (views / contacts).toFixed(1) : '–'
}

/** "Beds: 2, City: Arusha" */
export function filtersText(filters: readonly { name: string; value: string }[]): string {
  return filters.map(({ name, value }) => `${sentence(name)}: ${value}`).join(', ')
}
