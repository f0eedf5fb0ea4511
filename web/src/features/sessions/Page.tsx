// Sessions: single visits, who came, which pages they saw, and what went wrong.
import { getRouteApi } from '@tanstack/react-router'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { NeedsRole } from '../../ui/NeedsRole'
import { type SessionsSearch, withSort } from './model'
import { SessionList } from './SessionList'

const route = getRouteApi('/p/$projectId/analysis/sessions')

export function SessionsPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { role, may } = useRole(projectId)
  if (role !== undefined && !may('analyst')) {
    return (
      <Card title="Sessions">
        <NeedsRole what="Sessions" needed="analyst" role={role} />
      </Card>
    )
  }
  const show = (next: SessionsSearch) => void navigate({ search: next, resetScroll: false })
  return (
    <SessionList
      projectId={projectId}
      search={search}
      onSort={(sort) => show(withSort(search, sort))}
      onOpen={(sessionId) =>
        void navigate({ to: '/p/$projectId/sessions/$sessionId', params: { projectId, sessionId }, search })
      }
      onShow={show}
    />
  )
}
