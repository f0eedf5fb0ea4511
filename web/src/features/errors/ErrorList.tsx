// The list of errors; a row opens the error's page.
import { Button } from '@mantine/core'
import { IconBugOff, IconSearchOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMembers } from '../../api/members'
import { uniqueRows } from '../../api/question'
import { useRole } from '../../api/useRole'
import { analysisOf, withoutFilters } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { LoadMore } from '../../ui/LoadMore'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { useColumns } from '../../ui/table/useColumns'
import { allErrors, errorsQuery, useChangeError, usePendingChanges } from './api'
import { errorColumns } from './columns'
import { type ErrorsSearch, isInTab, isNarrowed, SORTS, type Sort, TAB_LABELS } from './model'

const HELP =
  'JavaScript errors and unhandled rejections with one cause are one error. Counts are of the period and filters; first and last seen are of all stored events. Errors without message and stack are not listed.'

type Props = {
  projectId: string
  search: ErrorsSearch
  myId: string | undefined
  onSort: (sort: Sort) => void
  onOpen: (group: string) => void
  onShow: (search: ErrorsSearch) => void
}

export function ErrorList({ projectId, search, myId, onSort, onOpen, onShow }: Props) {
  const { may } = useRole(projectId)
  const { members } = useMembers(projectId)
  const change = useChangeError(projectId)
  const pending = usePendingChanges(projectId)
  const errors = useInfiniteQuery(errorsQuery(projectId, search, myId))
  const tab = search.tab ?? 'unresolved'
  const rows = uniqueRows(errors.data?.pages.map((page) => page.errors) ?? [], (row) => row.error_group)
    .map((row) => pending(row.error_group, row))
    .filter((row) => errors.isPlaceholderData || isInTab(row.status, tab))
  const all = errorColumns({
    people: members,
    myId,
    mayDecide: may('analyst'),
    period: errors.data?.pages[0]?.period,
    onChange: change,
  })
  const { columns, menu } = useColumns('errors', all, rows)
  return (
    <Card
      title="Errors"
      piece="errors.list"
      help={HELP}
      flush
      actions={
        <>
          {menu}
          <ExportButton
            what="errors"
            one="error"
            list={() => allErrors(projectId, search, myId)}
            isEmpty={rows.length === 0}
          />
        </>
      }
    >
      <Result what="The errors" question={errors} skeleton={<RowsSkeleton rows={10} />}>
        {(data) =>
          rows.length === 0 ? (
            <NoErrors search={search} onShow={onShow} />
          ) : (
            <>
              <DataTable
                label="Errors"
                columns={columns}
                rows={rows}
                rowKey={(row) => row.error_group}
                isStale={errors.isPlaceholderData}
                sort={{
                  by: search.sort ?? 'count',
                  onSort: (by) => onSort(SORTS.find((name) => name === by) ?? 'count'),
                }}
                onOpen={(row) => onOpen(row.error_group)}
              />
              <LoadMore
                shown={rows.length}
                total={Math.max(rows.length, data.pages[0]?.total ?? 0)}
                what="errors"
                one="error"
                hasMore={errors.hasNextPage}
                isLoading={errors.isFetchingNextPage}
                onMore={() => void errors.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
    </Card>
  )
}

function NoErrors({ search, onShow }: { search: ErrorsSearch; onShow: (search: ErrorsSearch) => void }) {
  const tab = search.tab ?? 'unresolved'
  if (isNarrowed(search)) {
    const { search: _text, assigned: _assigned, ...rest } = search
    const unfiltered = { ...rest, ...withoutFilters(search) }
    const { path: _path, browser: _browser, os: _os, device: _device, country: _country, ...shown } = unfiltered
    return (
      <Empty
        icon={IconSearchOff}
        title="No errors found"
        action={
          <Button variant="default" onClick={() => onShow(shown)}>
            Remove filters
          </Button>
        }
      >
        No {tab === 'all' ? '' : `${TAB_LABELS[tab].toLowerCase()} `}error of this period matches all filters.
      </Empty>
    )
  }
  if (tab !== 'all') {
    return (
      <Empty
        icon={IconBugOff}
        title={`No ${TAB_LABELS[tab].toLowerCase()} errors in this period`}
        action={
          <Button variant="default" onClick={() => onShow({ ...analysisOf(search), tab: 'all' })}>
            Show all errors
          </Button>
        }
      >
        {tab === 'regressed'
          ? 'Errors that visitors meet after they were resolved are listed here.'
          : 'Errors appear here within two seconds of their first occurrence.'}
      </Empty>
    )
  }
  return (
    <Empty icon={IconBugOff} title="No errors in this period">
      JavaScript errors and unhandled rejections on your pages are listed here, with whom they hit and what they cost.
    </Empty>
  )
}
