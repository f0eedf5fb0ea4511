// What people search for, and which filters they choose together.

import { IconFilter, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { plural } from '../../../lib/format'
import { sentence } from '../../../lib/words'
import { Card } from '../../../ui/Card'
import { type Column, DataTable } from '../../../ui/DataTable'
import { Num } from '../../../ui/Figures'
import { Result } from '../../../ui/Result'
import { Empty, RowsSkeleton } from '../../../ui/States'
import { CsvButton } from '../../../ui/TableActions'
import { type SearchPatterns, searchPatternsQuery } from './api'
import classes from './Interests.module.css'
import { filtersText, type InterestsPeriod } from './model'

type Term = SearchPatterns['terms'][number]
type Combination = SearchPatterns['filters'][number]

type Props = { projectId: string; period: InterestsPeriod }

export function SearchTerms({ projectId, period }: Props) {
  const patterns = useQuery(searchPatternsQuery(projectId, period))
  const { terms = [], searches = 0, people = 0 } = patterns.data ?? {}
  const sheet = {
    name: 'footfall-searches',
    header: ['Searched for', 'Searches', 'People'],
    rows: terms.map(({ term, searches: count, people: who }) => [term, count, who]),
  }
  return (
    <Card
      title="Searched for"
      piece="interests.searches"
      note={
        searches > 0 ? `${plural(searches, 'search', 'searches')} by ${plural(people, 'person', 'people')}` : undefined
      }
      help="From search.performed events, or from search behavior where there are none."
      flush
      actions={<CsvButton sheet={sheet} />}
    >
      <Result what="The searches" question={patterns} skeleton={<RowsSkeleton rows={8} />}>
        {() =>
          terms.length === 0 ? (
            <Empty icon={IconSearch} title="Nothing searched for in this period">
              Send search.performed with a query when somebody searches.
            </Empty>
          ) : (
            <DataTable
              label="Searches"
              columns={TERMS}
              rows={terms}
              rowKey={({ term }) => term}
              isStale={patterns.isPlaceholderData}
              isCompact
            />
          )
        }
      </Result>
    </Card>
  )
}

export function FilterCombinations({ projectId, period }: Props) {
  const patterns = useQuery(searchPatternsQuery(projectId, period))
  const filters = patterns.data?.filters ?? []
  const sheet = {
    name: 'footfall-filters',
    header: ['Filters', 'Uses', 'People'],
    rows: filters.map((row) => [filtersText(row.filters), row.uses, row.people]),
  }
  return (
    <Card
      title="Filters used together"
      piece="interests.filters"
      help="Filters of searches and of filter_applied events; those used at once are one combination."
      flush
      actions={<CsvButton sheet={sheet} />}
    >
      <Result what="The filters" question={patterns} skeleton={<RowsSkeleton rows={8} />}>
        {() =>
          filters.length === 0 ? (
            <Empty icon={IconFilter} title="No filters used in this period">
              Send filter_applied with its filters when somebody narrows a list.
            </Empty>
          ) : (
            <DataTable
              label="Filters"
              columns={FILTERS}
              rows={filters}
              rowKey={({ filters: used }) => filtersText(used)}
              isStale={patterns.isPlaceholderData}
              isCompact
            />
          )
        }
      </Result>
    </Card>
  )
}

const TERMS: Column<Term>[] = [
  {
    key: 'term',
    header: 'Searched for',
    cell: ({ term }) => <span className={classes.item}>{term}</span>,
    small: 'title',
  },
  {
    key: 'searches',
    header: 'Searches',
    align: 'right',
    cell: ({ searches }) => <Num value={searches} />,
    small: 'figure',
  },
  { key: 'people', header: 'People', align: 'right', cell: ({ people }) => <Num value={people} /> },
]

const FILTERS: Column<Combination>[] = [
  {
    key: 'filters',
    header: 'Filters',
    cell: ({ filters }) => (
      <span className={classes.filters}>
        {filters.map(({ name, value }) => (
          <span key={name} className={classes.filter}>
            {sentence(name)}: <b>{value}</b>
          </span>
        ))}
      </span>
    ),
    small: 'title',
  },
  { key: 'uses', header: 'Uses', align: 'right', cell: ({ uses }) => <Num value={uses} />, small: 'figure' },
  { key: 'people', header: 'People', align: 'right', cell: ({ people }) => <Num value={people} /> },
]
