// Filters as the URL and the API write them: a dimension, an operator and values; and how they read on screen. Pure.
import { KIND_NAMES, kindLabel } from './words'

/** What a filter looks at: events, whole sessions, or friction only. */
export type Level = 'event' | 'session' | 'friction'

const DIMENSION_LIST = [
  ['path', 'Page', 'event'],
  ['browser', 'Browser', 'event'],
  ['os', 'Operating system', 'event'],
  ['device', 'Device', 'event'],
  ['country', 'Country', 'event'],
  ['region', 'Region', 'event'],
  ['city', 'City', 'event'],
  ['session', 'Behavior', 'session'],
  ['channel', 'Channel', 'session'],
  ['referrer', 'Referrer', 'session'],
  ['utm_source', 'UTM source', 'session'],
  ['utm_medium', 'UTM medium', 'session'],
  ['utm_campaign', 'UTM campaign', 'session'],
  ['utm_term', 'UTM term', 'session'],
  ['utm_content', 'UTM content', 'session'],
  ['entry_path', 'Entry page', 'session'],
  ['exit_path', 'Exit page', 'session'],
  ['viewport', 'Window width', 'session'],
  ['friction_kind', 'Friction kind', 'friction'],
  ['selector', 'Element', 'friction'],
  ['error_group', 'Error group', 'friction'],
] as const

export type Dimension = (typeof DIMENSION_LIST)[number][0]
export const DIMENSIONS: readonly Dimension[] = DIMENSION_LIST.map(([name]) => name)
export const DIMENSION_LABELS = Object.fromEntries(DIMENSION_LIST.map(([name, label]) => [name, label])) as Record<
  Dimension,
  string
>
const LEVELS = Object.fromEntries(DIMENSION_LIST.map(([name, , level]) => [name, level])) as Record<Dimension, Level>

export function levelOf(dimension: Dimension): Level {
  return LEVELS[dimension]
}

/** Signs by operator; a sign comes before one that it begins with. */
const SIGNS = { is_not: '!=', does_not_contain: '!~', is: '=', contains: '~' } as const
export type Operator = keyof typeof SIGNS
export const OPERATOR_LABELS: Record<Operator, string> = {
  is: 'is',
  is_not: 'is not',
  contains: 'contains',
  does_not_contain: 'does not contain',
}

/** All filters hold; `is` and `contains` where one of the values fits, the others where none does. */
export type Filter = { dimension: Dimension; operator: Operator; values: string[] }

/** Bounds of the API. */
export const MAX_FILTERS = 20
export const MAX_VALUES = 100
const MAX_VALUE = 2_048

/** What a session did: of those that did it, and of those that did not. */
const BEHAVIORS: Record<string, [did: string, didNot: string]> = {
  friction: ['had friction', 'had no friction'],
  ...Object.fromEntries(KIND_NAMES.map((kind) => [kind, withArticle(kindLabel(kind))])),
  converted: ['ordered or booked', 'did not order or book'],
  ordered: ['placed an order', 'placed no order'],
  booked: ['booked', 'did not book'],
  engaged: ['was engaged', 'was not engaged'],
  bounced: ['bounced', 'did not bounce'],
  recorded: ['has a recording', 'has no recording'],
  new_visitor: ['is the first of its visitor', 'is not the first of its visitor'],
  returning_visitor: ['is of a returning visitor', 'is not of a returning visitor'],
}

const CHANNELS: Record<string, string> = {
  direct: 'Direct',
  paid: 'Paid',
  email: 'Email',
  social: 'Social',
  search: 'Search',
  referral: 'Referral',
  campaign: 'Campaign',
}
const WIDTHS: Record<string, string> = {
  '0-479': 'Up to 479 px',
  '480-767': '480–767 px',
  '768-1023': '768–1023 px',
  '1024-1439': '1024–1439 px',
  '1440+': '1440 px and wider',
}

function withArticle(kind: string): [string, string] {
  const [first = '', ...rest] = kind
  const word = kind.startsWith('JavaScript') ? kind : first.toLowerCase() + rest.join('')
  if (kind === 'Thrashing') return ['had thrashing', 'had no thrashing']
  return [`had ${/^[aeiou]/i.test(word) ? 'an' : 'a'} ${word}`, `had no ${word}`]
}

/** The values of a dimension, where there are a few that are known; otherwise any text is one. */
export function knownValues(dimension: Dimension): readonly string[] | undefined {
  if (dimension === 'session') return Object.keys(BEHAVIORS)
  if (dimension === 'channel') return Object.keys(CHANNELS)
  if (dimension === 'viewport') return Object.keys(WIDTHS)
  return dimension === 'friction_kind' ? KIND_NAMES : undefined
}

/** Whether sessions may lack a value: the empty text stands for them. */
export function mayBeNone(dimension: Dimension): boolean {
  return LEVELS[dimension] === 'session' && dimension !== 'session' && dimension !== 'channel'
}

/** Parts of values are looked for where any text is one. */
export function operatorsOf(dimension: Dimension): Operator[] {
  return knownValues(dimension) ? ['is', 'is_not'] : ['is', 'is_not', 'contains', 'does_not_contain']
}

export function isPartial(operator: Operator): boolean {
  return operator === 'contains' || operator === 'does_not_contain'
}

/** A filter that the API takes, with each value once; undefined where there is none. */
export function filterOf(dimension: Dimension, operator: Operator, values: readonly string[]): Filter | undefined {
  const known = knownValues(dimension)
  if (!operatorsOf(dimension).includes(operator)) return undefined
  const isValue = (value: string) =>
    value === ''
      ? mayBeNone(dimension) && !isPartial(operator)
      : (known?.includes(value) ?? true) && value.length <= MAX_VALUE
  const kept = [...new Set(values)].filter(isValue).slice(0, MAX_VALUES)
  return kept.length > 0 ? { dimension, operator, values: kept } : undefined
}

/** The filters of a text; what is none is left out. */
export function parseFilters(text: string): Filter[] {
  const filters: Filter[] = []
  for (const part of split(text, ';')) {
    const [, name = '', sign = '', values = ''] = /^([a-z_]+)(!=|!~|=|~)(.*)$/s.exec(part) ?? []
    const dimension = DIMENSIONS.find((known) => known === name)
    const operator = (Object.keys(SIGNS) as Operator[]).find((known) => SIGNS[known] === sign)
    if (!dimension || !operator) continue
    const filter = filterOf(
      dimension,
      operator,
      split(values, ',').map((value) => value.replace(/\\(.)/gs, '$1')),
    )
    if (filter && filters.length < MAX_FILTERS) filters.push(filter)
  }
  return filters
}

/** The parts of a text between separators before which no backslash stands. */
function split(text: string, separator: string): string[] {
  const parts = ['']
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (character === separator) parts.push('')
    else if (character === '\\') parts[parts.length - 1] += character + (text[(at += 1)] ?? '')
    else parts[parts.length - 1] += character
  }
  return parts
}

export function writeFilters(filters: readonly Filter[]): string {
  const escaped = (value: string) => value.replace(/[\\,;]/g, '\\$&')
  return filters
    .map(({ dimension, operator, values }) => dimension + SIGNS[operator] + values.map(escaped).join(','))
    .join(';')
}

/** Whether two lists mean the same, in whatever order their filters and values stand. */
export function isSame(some: readonly Filter[], others: readonly Filter[]): boolean {
  return key(some) === key(others)
}

function key(filters: readonly Filter[]): string {
  return filters
    .map((filter) => writeFilters([{ ...filter, values: [...filter.values].sort() }]))
    .sort()
    .join(';')
}

/** A value on screen: "Rage click", "None". */
export function valueLabel(dimension: Dimension, value: string, operator: Operator = 'is'): string {
  if (value === '') return 'None'
  if (dimension === 'session') return BEHAVIORS[value]?.[operator === 'is_not' ? 1 : 0] ?? value
  if (dimension === 'channel') return CHANNELS[value] ?? value
  if (dimension === 'viewport') return WIDTHS[value] ?? value
  return dimension === 'friction_kind' ? kindLabel(value) : value
}

/** A filter in words: "Browser", "is not", "Chrome or Safari". */
export function filterWords({ dimension, operator, values }: Filter): { name: string; verb: string; value: string } {
  const labels = values.map((value) => valueLabel(dimension, value, operator))
  if (dimension === 'session')
    return { name: 'Session', verb: '', value: labels.join(operator === 'is_not' ? ' and ' : ' or ') }
  return { name: DIMENSION_LABELS[dimension], verb: OPERATOR_LABELS[operator], value: labels.join(' or ') }
}
