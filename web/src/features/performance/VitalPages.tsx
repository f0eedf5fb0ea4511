// The web vitals page by page.
import { useMemo } from 'react'
import type { VitalPage } from '../../api/types'
import type { WholeList } from '../../api/wholeList'
import { VITAL_NAMES, vital } from '../../lib/vitals'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { Num } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { Path } from '../../ui/Path'
import { useColumns } from '../../ui/table/useColumns'
import { valueOf } from './model'
import { Rated } from './Rated'

const columns = (before: ReadonlyMap<string, VitalPage>): Column<VitalPage>[] => [
  { key: 'path', header: 'Page', cell: (page) => <Path path={page.path} />, small: 'title' },
  { key: 'samples', header: 'Measurements', align: 'right', cell: (page) => <Num value={page.samples} /> },
  ...VITAL_NAMES.map(
    (metric, index): Column<VitalPage> => ({
      key: metric,
      header: vital(metric).short,
      align: 'right',
      cell: (page) => (
        <Rated metric={metric} value={valueOf(page, metric)} before={valueBeforeOf(before, page, metric)} />
      ),
      ...(index === 0 ? { small: 'figure' as const } : {}),
      ...(index > 2 ? { isExtra: true, small: 'fact' as const } : {}),
    }),
  ),
]

function valueBeforeOf(before: ReadonlyMap<string, VitalPage>, { path }: VitalPage, metric: string): number | null {
  const page = before.get(path)
  return page ? valueOf(page, metric) : null
}

type Props = {
  pages: VitalPage[] /** Of the period before. */
  before: VitalPage[] | undefined
  isStale: boolean
  list: () => WholeList
}

export function VitalPages({ pages, before, isStale, list }: Props) {
  const known = useMemo(() => columns(new Map(before?.map((page) => [page.path, page]))), [before])
  const { columns: chosen, menu } = useColumns('performance.pages', known, pages)
  return (
    <Card
      title="Pages"
      piece="performance.pages"
      help="75th percentile per page, most viewed pages first."
      flush
      actions={
        <>
          {menu}
          <ExportButton what="pages" one="page" list={list} isEmpty={pages.length === 0} />
        </>
      }
    >
      <DataTable
        label="Web vitals by page"
        columns={chosen}
        rows={pages}
        rowKey={(page) => page.path}
        isStale={isStale}
      />
      <LoadMore shown={pages.length} what="pages" hasMore={false} isLoading={false} onMore={() => undefined} />
    </Card>
  )
}
