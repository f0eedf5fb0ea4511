// The list of elements and errors with friction; a row opens its panel beside the list.

import { IconMoodSmile } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { frictionCostQuery } from '../../api/frictionCost'
import { uniqueRows } from '../../api/question'
import { type AnalysisSearch, activeFilters } from '../../lib/analysis'
import { frictionKey, keyFilter } from '../../lib/frictionItem'
import { Card } from '../../ui/Card'
import { DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { LoadMore } from '../../ui/LoadMore'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { useColumns } from '../../ui/table/useColumns'
import { allItems, itemsQuery } from './api'
import { ItemPanel } from './ItemPanel'
import { itemColumns } from './itemColumns'
import { SORTS, type Sort } from './model'

type Props = {
  projectId: string
  search: AnalysisSearch
  sort: Sort
  openKey: string | undefined
  onSort: (sort: Sort) => void
  onOpen: (key: string | undefined) => void
}

export function ItemList({ projectId, search, sort, openKey, onSort, onOpen }: Props) {
  const items = useInfiniteQuery(itemsQuery(projectId, search, sort))
  const rows = uniqueRows(items.data?.pages.map((page) => page.items) ?? [], frictionKey)
  const costs = useQuery(frictionCostQuery(projectId, search))
  const { columns, menu } = useColumns('friction', itemColumns(costs), rows)
  const listed = openKey === undefined ? undefined : rows.find((row) => frictionKey(row) === openKey)
  // A link may open an entry that is further down the list.
  const other = useInfiniteQuery({
    ...itemsQuery(projectId, { ...search, ...keyFilter(openKey ?? '') }, sort),
    enabled: openKey !== undefined && items.isSuccess && !listed,
  })
  const opened = listed ?? other.data?.pages.flatMap((page) => page.items).find((item) => frictionKey(item) === openKey)
  const close = useCallback(() => onOpen(undefined), [onOpen])

  return (
    <Card
      title="Elements and errors"
      piece="friction.items"
      help="Score: weighted friction events per 100 sessions on all pages. Rage and error clicks weigh 3, dead clicks and errors 2, everything else 1. Severity: that of the worst event."
      flush
      actions={
        <>
          {menu}
          <ExportButton
            what="elements and errors"
            one="element or error"
            list={() => allItems(projectId, search, sort)}
            isEmpty={rows.length === 0}
          />
        </>
      }
    >
      <Result what="The friction list" question={items} skeleton={<RowsSkeleton rows={10} />}>
        {(data) =>
          rows.length === 0 ? (
            <NoFriction isFiltered={activeFilters(search).length > 0} />
          ) : (
            <>
              <DataTable
                label="Elements and errors with friction"
                columns={columns}
                rows={rows}
                rowKey={frictionKey}
                isStale={items.isPlaceholderData}
                sort={{ by: sort, onSort: (by) => onSort(SORTS.find((name) => name === by) ?? 'score') }}
                openKey={openKey}
                onOpen={(row) => onOpen(frictionKey(row))}
              />
              <LoadMore
                shown={rows.length}
                total={data.pages[0]?.total}
                what="elements and errors"
                hasMore={items.hasNextPage}
                isLoading={items.isFetchingNextPage}
                onMore={() => void items.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
      {opened && (
        <ItemPanel key={frictionKey(opened)} projectId={projectId} search={search} item={opened} onClose={close} />
      )}
    </Card>
  )
}

function NoFriction({ isFiltered }: { isFiltered: boolean }) {
  return (
    <Empty icon={IconMoodSmile} title="No friction in this period">
      {isFiltered
        ? 'No friction matches the filters. Remove a filter to see more.'
        : 'Rage clicks, dead clicks and JavaScript errors are listed here.'}
    </Empty>
  )
}
