// Operations: how the server does, for its owner: requests, queue, projections, disk and jobs of the server that answers.
import { getRouteApi } from '@tanstack/react-router'
import { Result } from '../../ui/Result'
import { CardSkeleton } from '../../ui/States'
import { useOperations } from './api'
import { DiskCard } from './DiskCard'
import { Endpoints } from './Endpoints'
import { Jobs } from './Jobs'
import { NotOwner } from './NotOwner'
import classes from './Operations.module.css'
import { Projections } from './Projections'
import { ServerStrip } from './ServerStrip'

const route = getRouteApi('/p/$projectId/operations')

export function OperationsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { mayRead, operations } = useOperations()
  if (!mayRead) return <NotOwner title="Operations" />
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
