// The options of the filter form: what is chosen, what is suggested, and what a typed text means; pure.
import { type Dimension, type Filter, isPartial, knownValues, type Operator, valueLabel } from '../../lib/filters'
import { storedValue, USUAL } from '../../lib/filterValues'

export type Option = {
  value: string
  label: string /** Unknown until the server has answered. */
  sessions: number | undefined
  isChosen: boolean
}

type Choice = Pick<Filter, 'dimension' | 'operator' | 'values'>
type Suggested = readonly { value: string; sessions: number }[]

/** The chosen values, then the others that fit the text: the suggested ones with most sessions first. */
export function optionsOf({ dimension, operator, values }: Choice, text: string, suggested: Suggested): Option[] {
  const counts = new Map(suggested.map(({ value, sessions }) => [value, sessions]))
  const option = (value: string): Option => ({
    value,
    label: valueLabel(dimension, value),
    sessions: counts.get(value),
    isChosen: values.includes(value),
  })
  const chosen = values.map(option)
  if (isPartial(operator)) return chosen.map((one) => ({ ...one, sessions: undefined }))
  const known = knownValues(dimension)
  const wanted = text.trim().toLowerCase()
  const fits = (value: string) => valueLabel(dimension, value).toLowerCase().includes(wanted)
  const usual = (USUAL[dimension] ?? []).filter((value) => suggested.length === 0 && fits(value))
  const others = known
    ? [...known].filter(fits).sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0))
    : [...counts.keys(), ...usual]
  return [...chosen, ...others.filter((value) => !values.includes(value)).map(option)]
}

/** The value that a typed text means: an option by its label, else, where any text is a value, the text itself. */
export function typedValue(
  dimension: Dimension,
  operator: Operator,
  text: string,
  options: readonly Option[],
): string | undefined {
  const typed = text.trim()
  if (typed === '') return undefined
  if (isPartial(operator)) return typed
  const known = knownValues(dimension)
  const fitting = options.filter(({ isChosen }) => !isChosen)
  const exact = fitting.find(({ label }) => label.toLowerCase() === typed.toLowerCase())
  if (known) return (exact ?? fitting[0])?.value
  return exact?.value ?? storedValue(dimension, typed)
}

export function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value]
}
