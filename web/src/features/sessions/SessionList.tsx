// The table of sessions; a row leads to the session's page.
import { useInfiniteQuery } from '@tanstack/react-query'
import { uniqueRows } from '../../api/question'
import { exactNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { LoadMore } from '../../ui/LoadMore'
import { Result } from '../../ui/Result'
import { RowsSkeleton } from '../../ui/States'
import { useColumns } from '../../ui/table/useColumns'
import { allSessions, sessionsQuery } from './api'
import { sessionColumns } from './columns'
import { type SessionsSearch, SORTS, type Sort } from './model'
import { NewSessions } from './NewSessions'
import { NoSessions } from './NoSessions'

type Props = {
  projectId: string
  search: SessionsSearch
  onSort: (sort: Sort) => void
  onOpen: (sessionId: string) => void
  onShow: (search: SessionsSearch) => void
}

export function SessionList({ projectId, search, onSort, onOpen, onShow }: Props) {
  const sessions = useInfiniteQuery(sessionsQuery(projectId, search))
  const [first] = sessions.isPlaceholderData ? [] : (sessions.data?.pages ?? [])
  const rows = uniqueRows(sessions.data?.pages.map((page) => page.sessions) ?? [], (session) => session.session_id)
  const { columns, menu } = useColumns('sessions', sessionColumns(projectId, search), rows)
  const sort = search.sort ?? 'latest'
  const actions = (
    <>
      {first && sort === 'latest' && (
        <NewSessions key={JSON.stringify(search)} projectId={projectId} search={search} first={first} rows={rows} />
      )}
      {menu}
      <ExportButton
        what="sessions"
        one="session"
        list={() => allSessions(projectId, search)}
        isEmpty={rows.length === 0}
      />
    </>
  )
  return (
    <Card
      title="Sessions"
      piece="sessions.list"
      help="Visits to your site. A session ends after 30 minutes without activity, or after 24 hours. Filters choose sessions with at least one matching event."
      note={first && first.total > 0 ? exactNumber(first.total) : undefined}
      flush
      actions={actions}
    >
      <Result what="The sessions" question={sessions} skeleton={<RowsSkeleton rows={12} />}>
        {(data) =>
          rows.length === 0 ? (
            <NoSessions projectId={projectId} search={search} onShow={onShow} />
          ) : (
            <>
              <DataTable
                label="Sessions"
                columns={columns}
                rows={rows}
                rowKey={(session) => session.session_id}
                isStale={sessions.isPlaceholderData}
                sort={{ by: sort, onSort: (by) => onSort(SORTS.find((name) => name === by) ?? 'latest') }}
                onOpen={(session) => onOpen(session.session_id)}
              />
              <LoadMore
                shown={rows.length}
                total={data.pages[0]?.total}
                what="sessions"
                one="session"
                hasMore={sessions.hasNextPage}
                isLoading={sessions.isFetchingNextPage}
                onMore={() => void sessions.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
    </Card>
  )
}
