// SQL: statements over the project's tables, their answers as tables and charts, and the questions that are saved.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { NeedsRole } from '../../ui/NeedsRole'
import { Result } from '../../ui/Result'
import { CardSkeleton } from '../../ui/States'
import { savedQuestionQuery } from './api'
import { Workspace } from './Workspace'

const route = getRouteApi('/p/$projectId/sql')

export function SqlPage() {
  const { projectId } = route.useParams()
  const { q } = route.useSearch()
  const { role, may, me } = useRole(projectId)
  if (role !== undefined && !may('analyst')) {
    return (
      <Card title="SQL">
        <NeedsRole what="SQL" needed="analyst" role={role} />
      </Card>
    )
  }
  if (!me) return null
  const owner = { memberId: me.member.id, projectId }
  // Another question is another page: nothing of the one before stays.
  return q === undefined ? (
    <Workspace key={projectId} owner={owner} saved={undefined} />
  ) : (
    <Saved key={`${projectId} ${q}`} owner={owner} id={q} />
  )
}

function Saved({ owner, id }: { owner: { memberId: string; projectId: string }; id: string }) {
  const question = useQuery(savedQuestionQuery(owner.projectId, id))
  return (
    <Result what="The saved question" question={question} skeleton={<CardSkeleton height={240} />} isFramed>
      {(saved) => <Workspace owner={owner} saved={saved} />}
    </Result>
  )
}
