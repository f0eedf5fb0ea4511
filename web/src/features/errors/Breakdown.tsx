// With what, where and after which releases an error occurred; a value chosen becomes a filter.
import { type Bar, BarList } from '../../charts/BarList'
import { valuesOf, withFilter } from '../../lib/analysis'
import { countryName } from '../../lib/countries'
import { exactNumber, percent, shortNumber } from '../../lib/format'
import { absoluteTime } from '../../lib/time'
import { sentence } from '../../lib/words'
import { Card } from '../../ui/Card'
import { PageTabs } from '../../ui/PageTabs'
import { Empty } from '../../ui/States'
import type { ErrorDetail } from './api'
import classes from './Errors.module.css'
import {
  BREAKDOWN_FILTERS,
  BREAKDOWN_LABELS,
  BREAKDOWNS,
  type Breakdown as By,
  type GroupSearch,
  scopeOf,
} from './model'

/** The key of the bar of occurrences without a value, which no text from a page can be. */
const NONE = '\u0000'
const SHOWN = 8

type Props = { error: ErrorDetail; search: GroupSearch; onShow: (search: GroupSearch) => void }

export function Breakdown({ error, search, onShow }: Props) {
  const by = search.by ?? 'browsers'
  const filter = BREAKDOWN_FILTERS[by]
  const chosen = filter ? valuesOf(search, filter) : []
  const bars = barsOf(error, by)
  const choose = (value: string) =>
    filter &&
    onShow({
      ...withoutScope(search),
      ...withFilter(scopeOf(search), filter, chosen.includes(value) ? undefined : value),
    })
  return (
    <Card
      title="Where it happens"
      piece="error.breakdown"
      help="Occurrences in the period, and their share. Click a value to filter by it."
    >
      <div className={classes.by}>
        <PageTabs
          label="Break down by"
          value={by}
          tabs={BREAKDOWNS.map((value) => ({ value, label: BREAKDOWN_LABELS[value] }))}
          onChange={(next) => onShow({ ...search, by: next } as GroupSearch)}
        />
      </div>
      {bars.length === 0 ? (
        <Empty title={by === 'releases' ? 'No releases' : 'Nothing in this period'}>
          {by === 'releases' &&
            'Note releases on the Overview, or have your deployment send them, and occurrences are counted by release.'}
        </Empty>
      ) : (
        <BarList
          tone="bad"
          bars={bars.map((bar) => ({
            ...bar,
            isChosen: chosen.includes(bar.key),
            isPlain: filter === undefined || bar.key === NONE,
          }))}
          {...(filter ? { onChoose: choose } : {})}
        />
      )}
    </Card>
  )
}

/** What a search says beside period and filters. */
function withoutScope({ tab, assigned, search, sort, by, who }: GroupSearch): GroupSearch {
  return Object.fromEntries(
    Object.entries({ tab, assigned, search, sort, by, who }).filter(([, value]) => value !== undefined),
  )
}

function barsOf(error: ErrorDetail, by: By): Bar[] {
  const shares = (count: number) => ({
    value: count,
    figure: <span title={exactNumber(count)}>{shortNumber(count)}</span>,
    extra: percent(error.count ? count / error.count : 0),
  })
  if (by === 'releases')
    return error.releases.map(({ text, at, count }) => ({
      key: at,
      name: text,
      title: `${text}, ${absoluteTime(at)}, until the next release`,
      ...shares(count),
    }))
  return error[by].slice(0, SHOWN).map(({ value, count }) => ({
    key: value ?? NONE,
    name: valueName(by, value),
    title: valueName(by, value),
    ...shares(count),
  }))
}

function valueName(by: By, value: string | null | undefined): string {
  if (value == null) return 'Unknown'
  if (by === 'countries') return countryName(value)
  return by === 'devices' ? sentence(value) : value
}
