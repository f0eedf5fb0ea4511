// Operations: how the server does, for its owner: requests, queue, projections, disk and jobs of the server that answers.

import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { meQuery } from '../../api/session'
import { Card } from '../../ui/Card'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import { operationsQuery } from './api'
import { DiskCard } from './DiskCard'
import { Endpoints } from './Endpoints'
import { Jobs } from './Jobs'
import classes from './Operations.module.css'
import { Projections } from './Projections'
import { ServerStrip } from './ServerStrip'

const route = getRouteApi('/p/$projectId/operations')

export function OperationsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data: me } = useQuery(meQuery)
  const isOwner = me?.is_server_owner === true
  const operations = useQuery({ ...operationsQuery, enabled: isOwner })
  if (me && !isOwner)
    return (
      <Card title="Operations">
        <Empty icon={IconLock} title="Only the owner of this server sees this page">
          It is about the whole server, not one project. The owner is the member who set the server up.
        </Empty>
      </Card>
    )
  return (
    <Result isFramed what="The figures of the server" question={operations} skeleton={<OperationsSkeleton />}>
      {(data) => (
        <div className={classes.page}>
          <ServerStrip figures={data} />
          <Jobs jobs={data.jobs} lastCleanup={data.last_cleanup ?? null} />
          <Endpoints
            requests={data.requests}
            search={search}
            onChange={(next) => void navigate({ search: next, resetScroll: false, replace: true })}
          />
          <div className={classes.halves}>
            <Projections projections={data.projections} />
            <DiskCard disk={data.disk} />
          </div>
        </div>
      )}
    </Result>
  )
}

function OperationsSkeleton() {
  return (
    <div className={classes.page}>
      <CardSkeleton height={72} />
      <CardSkeleton height={420} />
      <CardSkeleton height={320} />
      <div className={classes.halves}>
        <CardSkeleton height={200} />
        <CardSkeleton height={200} />
      </div>
    </div>
  )
}
