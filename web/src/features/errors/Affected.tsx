// Whom an error hit: sessions, each with the moment in its recording, and people.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { uniqueRows } from '../../api/question'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { LoadMore } from '../../ui/LoadMore'
import { NeedsRole } from '../../ui/NeedsRole'
import { PageTabs } from '../../ui/PageTabs'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { personColumns, sessionColumns } from './affectedColumns'
import { allErrorPeople, allErrorSessions, errorPeopleQuery, errorSessionsQuery } from './api'
import { type GroupSearch, scopeOf } from './model'

const WHO = [
  { value: 'sessions', label: 'Sessions' },
  { value: 'people', label: 'People' },
] as const

type Props = { projectId: string; group: string; search: GroupSearch; onShow: (search: GroupSearch) => void }

export function Affected({ projectId, group, search, onShow }: Props) {
  const { role, may } = useRole(projectId)
  const isPeople = search.who === 'people'
  const scope = scopeOf(search)
  if (role !== undefined && !may('analyst')) {
    return (
      <Card title="Affected sessions">
        <NeedsRole what="Sessions and people" needed="analyst" role={role} />
      </Card>
    )
  }
  const list = () => (isPeople ? allErrorPeople(projectId, group, scope) : allErrorSessions(projectId, group, scope))
  const { who: _who, ...rest } = search
  return (
    <Card
      title={isPeople ? 'Affected people' : 'Affected sessions'}
      piece="error.affected"
      help={
        isPeople
          ? 'Visitors who met it in the period, the last first. A row shows their sessions.'
          : 'Sessions with an occurrence in the period, the last first. A row opens the session at its first occurrence.'
      }
      flush
      actions={
        <>
          <PageTabs
            label="Show"
            value={isPeople ? 'people' : 'sessions'}
            tabs={WHO}
            onChange={(who) => onShow(who === 'people' ? { ...rest, who } : rest)}
          />
          <ExportButton
            what={isPeople ? 'people' : 'sessions'}
            one={isPeople ? 'person' : 'session'}
            list={list}
            isEmpty={false}
          />
        </>
      }
    >
      {isPeople ? (
        <People projectId={projectId} group={group} search={search} />
      ) : (
        <Sessions projectId={projectId} group={group} search={search} />
      )}
    </Card>
  )
}

type ListProps = Omit<Props, 'onShow'>

function Sessions({ projectId, group, search }: ListProps) {
  const navigate = useNavigate()
  const answer = useInfiniteQuery(errorSessionsQuery(projectId, group, scopeOf(search)))
  const rows = uniqueRows(answer.data?.pages.map((page) => page.sessions) ?? [], (row) => row.session_id)
  return (
    <Result what="The sessions" question={answer} skeleton={<RowsSkeleton rows={6} />}>
      {(data) =>
        rows.length === 0 ? (
          <Empty title="No sessions in this period" />
        ) : (
          <>
            <DataTable
              label="Affected sessions"
              columns={sessionColumns(projectId)}
              rows={rows}
              rowKey={(row) => row.session_id}
              onOpen={(row) =>
                void navigate({
                  to: '/p/$projectId/sessions/$sessionId',
                  params: { projectId, sessionId: row.session_id },
                  search: { open: row.event_id },
                })
              }
            />
            <LoadMore
              shown={rows.length}
              total={data.pages[0]?.total}
              what="sessions"
              one="session"
              hasMore={answer.hasNextPage}
              isLoading={answer.isFetchingNextPage}
              onMore={() => void answer.fetchNextPage()}
            />
          </>
        )
      }
    </Result>
  )
}

function People({ projectId, group, search }: ListProps) {
  const navigate = useNavigate()
  const scope = scopeOf(search)
  const answer = useInfiniteQuery(errorPeopleQuery(projectId, group, scope))
  const rows = uniqueRows(answer.data?.pages.map((page) => page.people) ?? [], (row) => row.visitor_id)
  return (
    <Result what="The people" question={answer} skeleton={<RowsSkeleton rows={6} />}>
      {(data) =>
        rows.length === 0 ? (
          <Empty title="Nobody in this period" />
        ) : (
          <>
            <DataTable
              label="Affected people"
              columns={personColumns(projectId)}
              rows={rows}
              rowKey={(row) => row.visitor_id}
              onOpen={(row) =>
                void navigate({
                  to: '/p/$projectId/sessions',
                  params: { projectId },
                  search: { ...scope, visitor_id: row.visitor_id },
                })
              }
            />
            <LoadMore
              shown={rows.length}
              total={data.pages[0]?.total}
              what="people"
              one="person"
              hasMore={answer.hasNextPage}
              isLoading={answer.isFetchingNextPage}
              onMore={() => void answer.fetchNextPage()}
            />
          </>
        )
      }
    </Result>
  )
}
