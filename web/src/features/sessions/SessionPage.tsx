// One session: who came, which pages they saw, every event in order, and the recording beside them.

import { IconArrowLeft, IconFootsteps } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useFreshness } from '../../api/useFreshness'
import { useRole } from '../../api/useRole'
import { Card } from '../../ui/Card'
import { Freshness } from '../../ui/filters/Freshness'
import { NeedsRole } from '../../ui/NeedsRole'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import { sessionQuery } from './api'
import type { SessionParts } from './parts'
import classes from './Session.module.css'
import { SessionBody } from './SessionBody'
import { listSearch } from './timeline'

const route = getRouteApi('/p/$projectId/sessions/$sessionId')

export function SessionPage({ parts }: { parts: SessionParts }) {
  const { projectId, sessionId } = route.useParams()
  const search = route.useSearch()
  const { role, may } = useRole(projectId)
  const freshness = useFreshness(projectId)
  const mayRead = may('analyst')
  const session = useQuery({ ...sessionQuery(projectId, sessionId), enabled: mayRead })
  if (role !== undefined && !mayRead) {
    return (
      <Card title="Session">
        <NeedsRole what="Sessions" needed="analyst" role={role} />
      </Card>
    )
  }
  return (
    <div className={classes.page}>
      <div className={classes.bar}>
        <Link className={classes.back} to="/p/$projectId/sessions" params={{ projectId }} search={listSearch(search)}>
          <IconArrowLeft size={14} aria-hidden /> All sessions
        </Link>
        <Freshness {...freshness} />
      </div>
      <Result isFramed what="The session" question={session} skeleton={<SessionSkeleton />}>
        {(data) =>
          data ? (
            <SessionBody key={sessionId} projectId={projectId} detail={data} parts={parts} />
          ) : (
            <Card title="Session">
              <Empty icon={IconFootsteps} title="Session not found">
                No events of this session are kept. They may be older than the retention period or erased, or the
                session may belong to another project.
              </Empty>
            </Card>
          )
        }
      </Result>
    </div>
  )
}

function SessionSkeleton() {
  return (
    <>
      <CardSkeleton height={88} />
      <CardSkeleton height={40} />
      <CardSkeleton height={420} />
    </>
  )
}
