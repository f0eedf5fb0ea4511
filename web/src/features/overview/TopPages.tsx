// The pages seen most, with the friction on them.
import { useInfiniteQuery } from '@tanstack/react-query'
import { uniqueRows } from '../../api/question'
import type { Page } from '../../api/types'
import type { AnalysisSearch } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { ChangeBadge, Num } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { Path } from '../../ui/Path'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { allPages, pagesQuery } from './api'

const COLUMNS: Column<Page>[] = [
  { key: 'path', header: 'Page', cell: (page) => <Path path={page.path} />, small: 'title' },
  { key: 'views', header: 'Views', align: 'right', cell: (page) => <Num value={page.views} />, small: 'figure' },
  {
    key: 'change',
    header: 'Change',
    align: 'right',
    cell: (page) => <ChangeBadge current={page.views} previous={page.previous_views} good="up" />,
  },
  { key: 'visitors', header: 'Visitors', align: 'right', cell: (page) => <Num value={page.visitors} /> },
  { key: 'sessions', header: 'Sessions', align: 'right', cell: (page) => <Num value={page.sessions} />, isExtra: true },
  { key: 'friction', header: 'Friction', align: 'right', cell: (page) => <Num value={page.friction} /> },
]

type Props = { projectId: string; search: AnalysisSearch; onChoose: (path: string) => void }

export function TopPages({ projectId, search, onChoose }: Props) {
  const pages = useInfiniteQuery(pagesQuery(projectId, search))
  const rows = uniqueRows(pages.data?.pages.map((page) => page.pages) ?? [], (page) => page.path)
  return (
    <Card
      title="Top pages"
      piece="overview.pages"
      help="Click a page to filter the overview by it."
      flush
      actions={
        <ExportButton what="pages" one="page" list={() => allPages(projectId, search)} isEmpty={rows.length === 0} />
      }
    >
      <Result what="The top pages" question={pages} skeleton={<RowsSkeleton rows={8} />}>
        {(data) =>
          rows.length === 0 ? (
            <Empty title="No pages in this period">
              Page views appear here when the tracker is installed and someone visits your site.
            </Empty>
          ) : (
            <>
              <DataTable
                label="Top pages"
                columns={COLUMNS}
                rows={rows}
                rowKey={(page) => page.path}
                isStale={pages.isPlaceholderData}
                onOpen={(page) => onChoose(page.path)}
              />
              <LoadMore
                shown={rows.length}
                total={data.pages[0]?.total}
                what="pages"
                hasMore={pages.hasNextPage}
                isLoading={pages.isFetchingNextPage}
                onMore={() => void pages.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
    </Card>
  )
}
