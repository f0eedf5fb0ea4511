// The overview: how the site is doing, and whether people struggle, in one screen.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { analysisOf, withRange } from '../../lib/analysis'
import { lazily } from '../../ui/lazily'
import { Result } from '../../ui/Result'
import { CardSkeleton } from '../../ui/States'
import { engagementQuery, overviewQuery } from './api'
import { BotShare } from './BotShare'
import { ComparedFigures } from './ComparedFigures'
import { FirstStep } from './FirstStep'
import { FrictionCards } from './FrictionCards'
import { FrictionCost } from './FrictionCost'
import { Goals } from './Goals'
import { KeyFiguresSkeleton } from './KeyFigures'
import { hasNothing, isOwn, type OverviewMetric, viewOf } from './model'
import classes from './Overview.module.css'

/** What is read after the figures: its code comes after theirs. */
const Details = lazily(
  () => import('./Details').then((details) => details.Details),
  () => <DetailsSkeleton />,
)

const route = getRouteApi('/p/$projectId/analysis/overview')

export function OverviewPage() {
  const { projectId } = route.useParams()
  const { metric = 'visitors', stream, ...rest } = route.useSearch()
  const search = analysisOf(rest)
  const navigate = route.useNavigate()
  const overview = useQuery(overviewQuery(projectId, search))
  const engagement = useQuery(engagementQuery(projectId, search))
  const drawn = engagement.isError && !isOwn(metric) ? 'visitors' : metric
  const choose = (next: OverviewMetric) =>
    void navigate({ search: { ...search, ...viewOf({ metric: next, stream }) }, resetScroll: false })
  const narrow = (range: { from: string; to: string }) =>
    void navigate({ search: (previous) => ({ ...withRange(previous, range), ...viewOf(previous) }) })

  if (overview.data && hasNothing(overview.data)) return <FirstStep projectId={projectId} search={search} />
  return (
    <div className={classes.page}>
      <Result isFramed what="The key figures" question={overview} skeleton={<KeyFiguresSkeleton />}>
        {(data) => (
          <>
            <ComparedFigures
              projectId={projectId}
              search={search}
              overview={data}
              engagement={engagement}
              metric={drawn}
              onChoose={choose}
              onRange={narrow}
            />
            <BotShare projectId={projectId} search={search} />
          </>
        )}
      </Result>
      <FrictionCost projectId={projectId} search={search} />
      <Goals projectId={projectId} search={search} />
      {overview.data && (
        <FrictionCards projectId={projectId} search={search} overview={overview.data} onRange={narrow} />
      )}
      {overview.isPending && <FrictionSkeleton />}
      <Details
        projectId={projectId}
        search={search}
        kind={stream}
        onKind={(next) =>
          void navigate({
            search: { ...search, ...viewOf({ metric, stream: next }) },
            resetScroll: false,
            replace: true,
          })
        }
      />
    </div>
  )
}

function DetailsSkeleton() {
  return (
    <>
      <div className={classes.wide}>
        <CardSkeleton height={320} />
        <CardSkeleton height={320} />
      </div>
      <CardSkeleton height={320} />
    </>
  )
}

function FrictionSkeleton() {
  return (
    <div className={classes.halves}>
      <CardSkeleton height={232} />
      <CardSkeleton height={232} />
    </div>
  )
}
