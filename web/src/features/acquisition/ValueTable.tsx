// One breakdown as a table with all of its figures, page by page; a row filters, and leads to its sessions.
import { Button, Select } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { uniqueRows } from '../../api/question'
import { useRole } from '../../api/useRole'
import { BREAKDOWN_LABELS, BREAKDOWNS, type Breakdown } from '../../lib/breakdowns'
import { Card } from '../../ui/Card'
import { DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { LoadMore } from '../../ui/LoadMore'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { useColumns } from '../../ui/table/useColumns'
import classes from './Acquisition.module.css'
import { type AcquisitionRow, allRows, rowsQuery } from './api'
import { valueColumns } from './columns'
import { type AcquisitionSearch, filterValue, withOpen, withValue } from './model'

type Props = {
  projectId: string
  search: AcquisitionSearch
  by: Breakdown
  onShow: (search: AcquisitionSearch) => void
}

export function ValueTable({ projectId, search, by, onShow }: Props) {
  const { may } = useRole(projectId)
  const answer = useInfiniteQuery(rowsQuery(projectId, search, by))
  const rows = uniqueRows(answer.data?.pages.map((page) => page.rows) ?? [], (row) => JSON.stringify(row.value ?? null))
  const choose = (row: AcquisitionRow) => {
    const value = filterValue(by, row.value)
    if (value !== undefined) onShow(withValue(search, by, value))
  }
  const most = Math.max(...rows.map((row) => row.sessions), 1)
  const all = valueColumns({ projectId, search, by, most, hasSessions: may('analyst') })
  const { columns, menu } = useColumns('acquisition', all, rows)
  const name = BREAKDOWN_LABELS[by]
  return (
    <>
      <div className={classes.opened}>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconChevronLeft size={14} />}
          onClick={() => onShow(withOpen(search, undefined))}
        >
          All breakdowns
        </Button>
        <Select
          size="xs"
          aria-label="Break down by"
          allowDeselect={false}
          data={BREAKDOWNS.map((value) => ({ value, label: BREAKDOWN_LABELS[value] }))}
          value={by}
          onChange={(value) =>
            onShow(
              withOpen(
                search,
                BREAKDOWNS.find((breakdown) => breakdown === value),
              ),
            )
          }
        />
      </div>
      <Card
        title={name}
        help="Most sessions first. Click a row to filter by it."
        flush
        actions={
          <>
            {menu}
            <ExportButton
              what="values"
              one="value"
              list={() => allRows(projectId, search, by)}
              isEmpty={rows.length === 0}
            />
          </>
        }
      >
        <Result what="The figures" question={answer} skeleton={<RowsSkeleton rows={12} />}>
          {(data) =>
            rows.length === 0 ? (
              <Empty title="Nothing in this period" />
            ) : (
              <>
                <DataTable
                  label={`Figures by ${name}`}
                  columns={columns}
                  rows={rows}
                  rowKey={(row) => JSON.stringify(row.value ?? null)}
                  isStale={answer.isPlaceholderData}
                  onOpen={choose}
                />
                <LoadMore
                  shown={rows.length}
                  total={data.pages[0]?.total}
                  what="values"
                  one="value"
                  hasMore={answer.hasNextPage}
                  isLoading={answer.isFetchingNextPage}
                  onMore={() => void answer.fetchNextPage()}
                />
              </>
            )
          }
        </Result>
      </Card>
    </>
  )
}
