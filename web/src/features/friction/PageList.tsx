// Friction by page; choosing one shows the elements and errors on it.
import { useInfiniteQuery } from '@tanstack/react-query'
import { uniqueRows } from '../../api/question'
import type { FrictionPage as Row } from '../../api/types'
import type { AnalysisSearch } from '../../lib/analysis'
import { percent } from '../../lib/format'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { ChangeBadge, Num } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { Path } from '../../ui/Path'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { useColumns } from '../../ui/table/useColumns'
import { allFrictionPages, pagesQuery } from './api'
import classes from './Friction.module.css'
import { scoreText } from './model'

const COLUMNS: Column<Row>[] = [
  { key: 'path', header: 'Page', cell: (page) => <Path path={page.path} />, small: 'title' },
  {
    key: 'score',
    header: 'Score',
    align: 'right',
    cell: (page) => <b className={classes.score}>{scoreText(page.score)}</b>,
    small: 'figure',
  },
  { key: 'count', header: 'Friction', align: 'right', cell: (page) => <Num value={page.count} /> },
  {
    key: 'change',
    header: 'Change',
    align: 'right',
    cell: (page) => <ChangeBadge current={page.count} previous={page.previous_count} good="down" />,
  },
  {
    key: 'friction_sessions',
    header: 'Sessions with friction',
    align: 'right',
    cell: (page) => <Num value={page.friction_sessions} />,
    small: 'none',
  },
  { key: 'sessions', header: 'Sessions', align: 'right', cell: (page) => <Num value={page.sessions} />, isExtra: true },
  {
    key: 'share',
    header: 'Share',
    align: 'right',
    cell: (page) => (page.sessions ? percent(page.friction_sessions / page.sessions) : '–'),
  },
]

type Props = { projectId: string; search: AnalysisSearch; onChoose: (path: string) => void }

export function PageList({ projectId, search, onChoose }: Props) {
  const pages = useInfiniteQuery(pagesQuery(projectId, search, 50))
  const rows = uniqueRows(pages.data?.pages.map((page) => page.pages) ?? [], (page) => page.path)
  const { columns, menu } = useColumns('friction.pages', COLUMNS, rows)
  return (
    <Card
      title="Pages"
      piece="friction.pages"
      help="Score: weighted friction events per 100 sessions on the page."
      flush
      actions={
        <>
          {menu}
          <ExportButton
            what="pages"
            one="page"
            list={() => allFrictionPages(projectId, search)}
            isEmpty={rows.length === 0}
          />
        </>
      }
    >
      <Result what="Friction by page" question={pages} skeleton={<RowsSkeleton rows={10} />}>
        {() =>
          rows.length === 0 ? (
            <Empty title="No friction in this period">Pages with friction are listed here.</Empty>
          ) : (
            <>
              <DataTable
                label="Friction by page"
                columns={columns}
                rows={rows}
                rowKey={(page) => page.path}
                isStale={pages.isPlaceholderData}
                onOpen={(page) => onChoose(page.path)}
              />
              <LoadMore
                shown={rows.length}
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
