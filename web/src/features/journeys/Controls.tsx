// What journeys are shown: their direction, the page they start from or lead to, how many steps, and how many pages of each.
import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { sharedPage } from '../../api/shared'
import { suggestedPagesQuery } from '../../api/suggestedPages'
import { storedValue } from '../../lib/filterValues'
import { shortNumber } from '../../lib/format'
import { PageTabs } from '../../ui/PageTabs'
import { SuggestedText } from '../../ui/SuggestedText'
import classes from './Journeys.module.css'
import {
  BY_LABELS,
  BYS,
  DEFAULTS,
  DIRECTION_LABELS,
  DIRECTIONS,
  type JourneySearch,
  STEP_COUNTS,
  TOP_COUNTS,
  withJourney,
} from './model'

type Props = {
  projectId: string
  search: JourneySearch
  onShow: (next: (search: JourneySearch) => JourneySearch) => void
}

export function Controls({ projectId, search, onShow }: Props) {
  const { data } = useQuery({ ...suggestedPagesQuery(projectId, search), enabled: !sharedPage() })
  const direction = search.direction ?? DEFAULTS.direction
  const isForward = direction === 'forward'
  const change = (changed: Parameters<typeof withJourney>[1]) => onShow((latest) => withJourney(latest, changed))
  return (
    <div className={classes.controls}>
      <PageTabs
        label="Direction"
        value={direction}
        tabs={DIRECTIONS.map((value) => ({ value, label: DIRECTION_LABELS[value] }))}
        onChange={(value) => change({ direction: value })}
      />
      <div className={classes.start}>
        <SuggestedText
          label={isForward ? 'Start page' : 'End page'}
          placeholder={isForward ? 'Choose a start page' : 'Choose an end page'}
          value={search.start ?? ''}
          options={data?.pages.map(({ path, views }) => ({ value: path, note: `${shortNumber(views)} views` })) ?? []}
          stored={(typed) => (typed.trim() === '' ? '' : storedValue('entry_path', typed))}
          onChange={(start) => change({ start: start || undefined })}
        />
      </div>
      {search.start !== undefined && (
        <Button variant="subtle" color="gray" onClick={() => change({ start: undefined })}>
          {isForward ? 'All entry pages' : 'All exit pages'}
        </Button>
      )}
      <Select
        className={classes.by ?? ''}
        size="xs"
        aria-label="Show"
        allowDeselect={false}
        data={BYS.map((value) => ({ value, label: BY_LABELS[value] }))}
        value={search.by ?? 'page'}
        onChange={(by) => change({ by: by ?? undefined })}
      />
      <Count
        label="Steps"
        unit="steps"
        counts={STEP_COUNTS}
        value={search.steps ?? DEFAULTS.steps}
        onChange={(steps) => change({ steps })}
      />
      <Count
        label="Pages in each step"
        unit="pages each"
        counts={TOP_COUNTS}
        value={search.top ?? DEFAULTS.top}
        onChange={(top) => change({ top })}
      />
    </div>
  )
}

type CountProps = {
  label: string
  unit: string
  counts: readonly number[]
  value: number
  onChange: (count: number) => void
}

function Count({ label, unit, counts, value, onChange }: CountProps) {
  return (
    <Select
      className={classes.count ?? ''}
      size="xs"
      aria-label={label}
      allowDeselect={false}
      data={counts.map((count) => ({ value: String(count), label: `${count} ${unit}` }))}
      value={String(value)}
      onChange={(chosen) => onChange(Number(chosen))}
    />
  )
}
