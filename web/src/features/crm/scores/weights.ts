// The weights of the lead score: their fields with words and limits, their sum, and an example; pure.

export const GROUPS = [
  { name: 'views', label: 'Views', help: 'Items and pages viewed, saved or shared.' },
  { name: 'searches', label: 'Searches', help: 'Searches and filters applied.' },
  {
    name: 'contact_clicks',
    label: 'Contact',
    help: 'Clicks on a phone number, messenger or address, submitted forms and chat messages.',
  },
  { name: 'bookings', label: 'Bookings', help: 'Bookings started, continued and completed.' },
  { name: 'recency', label: 'Recency', help: 'Extra points for the latest of these events.' },
] as const

export const FITS = [
  { name: 'known_email', label: 'E-mail address' },
  { name: 'known_phone', label: 'Phone number' },
  { name: 'returning', label: 'Two or more sessions' },
] as const

export type GroupName = (typeof GROUPS)[number]['name']
export type FitName = (typeof FITS)[number]['name']
export type GroupWeight = { weight: number; cap: number }
export type Weights = { half_life_days: number; fit: Record<FitName, number> } & Record<GroupName, GroupWeight>

export const WEIGHT_LABELS = {
  half_life_days: 'Points halve every',
  weight: 'Points per event',
  cap: 'Maximum',
} as const

/** What the form calls a field as the server names it: "views.cap" → "Views, maximum". */
export function weightLabel(field: string): string | undefined {
  if (field === 'half_life_days') return WEIGHT_LABELS.half_life_days
  const [group, name] = field.split('.')
  const label = GROUPS.find((found) => found.name === group)?.label
  if (label && (name === 'weight' || name === 'cap')) return `${label}, ${WEIGHT_LABELS[name].toLowerCase()}`
  return group === 'fit' ? FITS.find((fit) => fit.name === name)?.label : undefined
}

/** What a score can reach at most. */
export const HIGHEST = 100

/** The points of all caps and facts together, which may not pass 100. */
export function highestSum(weights: Weights): number {
  const caps = GROUPS.reduce((sum, { name }) => sum + weights[name].cap, 0)
  return FITS.reduce((sum, { name }) => sum + weights.fit[name], caps)
}

/** A customer to try the weights with: so many events of each group, so many days ago; the e-mail is known. */
export const EXAMPLE: Record<Exclude<GroupName, 'recency'>, number> & { days: number } = {
  views: 6,
  searches: 2,
  contact_clicks: 1,
  bookings: 1,
  days: 3,
}

/** The score of the example, as the server computes it. */
export function exampleScore(weights: Weights): number {
  const decay = 2 ** (-EXAMPLE.days / weights.half_life_days)
  const engagement = GROUPS.reduce((sum, { name }) => {
    const { weight, cap } = weights[name]
    const events = name === 'recency' ? 1 : EXAMPLE[name]
    return sum + Math.min(events * weight * decay, cap)
  }, 0)
  return Math.min(HIGHEST, Math.max(0, Math.round(engagement + weights.fit.known_email)))
}
