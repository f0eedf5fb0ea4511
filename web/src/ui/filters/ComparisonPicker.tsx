// What the figures of a page are compared with: the period before, nothing, or, where the page can, a segment.
import { Select } from '@mantine/core'
import { ALL_SESSIONS, type AnalysisSearch, NO_COMPARISON, withComparison } from '../../lib/analysis'
import { comparisonName, type NamedFilters } from '../../lib/comparison'
import { isSame, parseFilters } from '../../lib/filters'
import classes from './FilterBar.module.css'

const PREVIOUS = 'previous'

type Props = {
  search: AnalysisSearch
  onChange: (search: AnalysisSearch) => void
  onOpen: () => void /** None where the page compares periods only. */
  segments?: readonly NamedFilters[] | undefined
}

export function ComparisonPicker({ search, onChange, onOpen, segments }: Props) {
  const current = search.vs
  const others = (segments ?? []).map(({ name, filters }) => ({ value: filters, label: name }))
  const chosen =
    others.find(({ value }) => current !== undefined && isSame(parseFilters(value), parseFilters(current)))?.value ??
    current ??
    PREVIOUS
  const isNamed = [PREVIOUS, NO_COMPARISON, ALL_SESSIONS, ...others.map(({ value }) => value)].includes(chosen)
  const periods = [
    { value: PREVIOUS, label: 'Previous period' },
    { value: NO_COMPARISON, label: 'No comparison' },
  ]
  const data = [
    ...periods,
    ...(segments || current === ALL_SESSIONS ? [{ value: ALL_SESSIONS, label: 'All sessions' }] : []),
    ...(isNamed ? [] : [{ value: chosen, label: comparisonName(chosen) }]),
    ...(others.length > 0 ? [{ group: 'Segments', items: others }] : []),
  ]
  return (
    <Select
      className={classes.comparison ?? ''}
      size="xs"
      aria-label="Compare with"
      leftSection={<span className={classes.versus}>vs</span>}
      allowDeselect={false}
      onDropdownOpen={onOpen}
      data={data}
      value={chosen}
      onChange={(value) => onChange(withComparison(search, value === PREVIOUS || value === null ? undefined : value))}
    />
  )
}
