// Which cohorts, by which action they return, and which two groups are compared.
import { Button, Select } from '@mantine/core'
import { BREAKDOWNS, type Breakdown } from '../../lib/breakdowns'
import { valueLabel } from '../../lib/breakdownValues'
import { storedValue, USUAL } from '../../lib/filterValues'
import { PageTabs } from '../../ui/PageTabs'
import { SuggestedText } from '../../ui/SuggestedText'
import type { VisitorRetention } from './api'
import { comparedCohorts } from './comparison'
import { cohortName, keyOf } from './figures'
import { byLabel } from './groups'
import {
  ACTIONS,
  COMPARISON_LABELS,
  COMPARISONS,
  type Comparison,
  FIRST_LABELS,
  optionsOf,
  RETURN_LABELS,
  type RetentionSearch,
  type SegmentDimension,
  UNIT_LABELS,
  UNITS,
  unitIn,
  withBy,
  withComparison,
  withGroup,
  withOption,
  withValue,
} from './model'
import classes from './Retention.module.css'

export type Show = (next: (search: RetentionSearch) => RetentionSearch) => void

type Props = { search: RetentionSearch; answer: VisitorRetention | undefined; onShow: Show }

const NO_COMPARISON = 'none'
const NO_GROUPS = 'none'

export function Controls({ search, answer, onShow }: Props) {
  const { unit, first, returning } = optionsOf(search)
  return (
    <div className={classes.controls}>
      <PageTabs
        label="Count by"
        value={unit}
        tabs={UNITS.map((value) => ({ value, label: UNIT_LABELS[value] }))}
        onChange={(value) => onShow((latest) => withOption(latest, { unit: value }))}
      />
      <Choice
        label="A visitor’s first"
        value={first}
        options={ACTIONS.map((value) => ({ value, label: FIRST_LABELS[value] }))}
        onChange={(value) => onShow((latest) => withOption(latest, { first: value }))}
      />
      <Choice
        label="Returned by"
        value={returning}
        options={ACTIONS.map((value) => ({ value, label: RETURN_LABELS[value] }))}
        onChange={(value) => onShow((latest) => withOption(latest, { returning: value }))}
      />
      <Choice
        label="Group by"
        value={search.by ?? NO_GROUPS}
        options={[
          { value: NO_GROUPS, label: 'No groups' },
          ...BREAKDOWNS.map((value) => ({ value, label: byLabel(value) })),
        ]}
        onChange={(value) =>
          onShow((latest) =>
            withBy(
              latest,
              BREAKDOWNS.find((name) => name === value),
            ),
          )
        }
      />
      <Choice
        label="Compare"
        value={search.compare ?? NO_COMPARISON}
        options={[
          { value: NO_COMPARISON, label: 'No comparison' },
          ...COMPARISONS.map((value) => ({ value, label: COMPARISON_LABELS[value] })),
        ]}
        onChange={(value) =>
          onShow((latest) =>
            withComparison(
              latest,
              COMPARISONS.find((name) => name === value),
            ),
          )
        }
      />
      {search.by && search.value !== undefined && <OneGroup by={search.by} value={search.value} onShow={onShow} />}
      {search.compare && (
        <div className={classes.groups} role="group" aria-label="Groups compared">
          <Groups search={search} compare={search.compare} answer={answer} onShow={onShow} />
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => onShow((latest) => withComparison(latest, undefined))}
          >
            End comparison
          </Button>
        </div>
      )}
    </div>
  )
}

/** The group that is shown alone. */
function OneGroup({ by, value, onShow }: { by: Breakdown; value: string; onShow: Show }) {
  return (
    <div className={classes.groups} role="group" aria-label="Group shown">
      <span className={classes.only}>
        Only <b>{valueLabel(by, value === '' ? null : value)}</b>
      </span>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        onClick={() => onShow((latest) => withValue(latest, undefined))}
      >
        Show all groups
      </Button>
    </div>
  )
}

type ChoiceProps = {
  label: string
  value: string
  options: { value: string; label: string }[]
  onChange: (value: string) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Select
      className={classes.choice ?? ''}
      size="xs"
      aria-label={label}
      allowDeselect={false}
      data={options}
      value={value}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
    />
  )
}

type GroupsProps = { search: RetentionSearch; compare: Comparison; answer: VisitorRetention | undefined; onShow: Show }

function Groups({ search, compare, answer, onShow }: GroupsProps) {
  if (compare === 'cohort') return answer ? <CohortGroups search={search} answer={answer} onShow={onShow} /> : null
  return (
    <>
      <SegmentValue name="a" dimension={compare} search={search} onShow={onShow} />
      <span className={classes.against}>with</span>
      <SegmentValue name="b" dimension={compare} search={search} onShow={onShow} />
    </>
  )
}

function CohortGroups({ search, answer, onShow }: { search: RetentionSearch; answer: VisitorRetention; onShow: Show }) {
  const chosen = comparedCohorts(answer, search)
  const options = answer.cohorts.map((cohort) => ({ value: keyOf(cohort), label: cohortName(cohort, unitIn(answer)) }))
  if (options.length < 2) return null
  return (
    <>
      <Choice
        label="First cohort"
        value={chosen ? keyOf(chosen[0]) : (search.a ?? '')}
        options={options}
        onChange={(value) => onShow((latest) => withGroup(latest, 'a', value))}
      />
      <span className={classes.against}>with</span>
      <Choice
        label="Second cohort"
        value={chosen ? keyOf(chosen[1]) : (search.b ?? '')}
        options={options}
        onChange={(value) => onShow((latest) => withGroup(latest, 'b', value))}
      />
    </>
  )
}

type SegmentProps = { name: 'a' | 'b'; dimension: SegmentDimension; search: RetentionSearch; onShow: Show }

function SegmentValue({ name, dimension, search, onShow }: SegmentProps) {
  const label = name === 'a' ? 'First group' : 'Second group'
  const change = (value: string) => onShow((latest) => withGroup(latest, name, value))
  const closed =
    dimension === 'device'
      ? USUAL.device?.filter((value) => value !== 'program').map((value) => ({ value, label: value }))
      : undefined
  if (closed) return <Choice label={label} value={search[name] ?? ''} options={closed} onChange={change} />
  return (
    <div className={classes.segment}>
      <SuggestedText
        label={label}
        placeholder={dimension === 'country' ? 'Two letters, such as TZ' : 'Choose or type'}
        value={search[name] ?? ''}
        options={(USUAL[dimension] ?? []).map((value) => ({ value }))}
        stored={(typed) => storedValue(dimension, typed)}
        onChange={change}
      />
    </div>
  )
}
