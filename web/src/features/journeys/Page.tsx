// Journeys: the pages that visitors see one after the other, how many take each way, and where they leave.
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { Card } from '../../ui/Card'
import { Result } from '../../ui/Result'
import { Answer, type Show } from './Answer'
import { journeysQuery } from './api'
import { Controls } from './Controls'
import classes from './Journeys.module.css'
import { DEFAULTS } from './model'

const route = getRouteApi('/p/$projectId/analysis/journeys')

export function JourneysPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const journeys = useQuery(journeysQuery(projectId, search))
  // From the latest address: a field that is left and a button that is pressed change it one after the other.
  const show: Show = useCallback(
    (next) => void navigate({ search: (latest) => next(latest), resetScroll: false }),
    [navigate],
  )
  return (
    <div className={classes.page}>
      <Controls projectId={projectId} search={search} onShow={show} />
      <Result
        what="The journeys"
        question={journeys}
        skeleton={<ChartSkeleton steps={search.steps ?? DEFAULTS.steps} />}
        isFramed
      >
        {(answer) => (
          <Answer
            projectId={projectId}
            search={search}
            answer={answer}
            isStale={journeys.isPlaceholderData}
            onShow={show}
          />
        )}
      </Result>
    </div>
  )
}

const SKELETON_NODES = 5

/** Columns of bars, as the chart has them. */
function ChartSkeleton({ steps }: { steps: number }) {
  return (
    <Card title="Journeys">
      <div className={classes.skeleton} role="status" aria-label="Loading journeys">
        {Array.from({ length: steps }, (_, step) => (
          <div key={step}>
            <Skeleton height={12} width={72} mb={10} />
            {step === 0 ? (
              <Skeleton height={340} width={10} />
            ) : (
              Array.from({ length: SKELETON_NODES }, (_, node) => (
                <Skeleton key={node} height={Math.max(38, 130 - node * 28)} width={10} mb={10} />
              ))
            )}
          </div>
        ))}
      </div>
    </Card>
  )
}
