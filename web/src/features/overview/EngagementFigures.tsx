// The second row of key figures: what visits are worth, and how much friction they meet.
import { Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Overview } from '../../api/types'
import { Result } from '../../ui/Result'
import { type Engagement, type EngagementMetric, engagementFigures } from './engagement'
import { FigureButton } from './FigureButton'
import classes from './KeyFigures.module.css'
import type { OverviewMetric } from './model'

type Props = {
  overview: Overview
  engagement: UseQueryResult<Engagement>
  chosen: OverviewMetric
  onChoose: (metric: EngagementMetric) => void
}

const USUAL_COUNT = 5
const MOST_IN_A_ROW = 6

export function EngagementFigures({ overview, engagement, chosen, onChoose }: Props) {
  return (
    <Result what="Conversions and revenue" question={engagement} skeleton={<EngagementSkeleton />}>
      {(data) => {
        const figures = engagementFigures(overview, data)
        return (
          <div className={classes.strip} data-count={Math.min(figures.length, MOST_IN_A_ROW)}>
            {figures.map((figure) => (
              <FigureButton
                key={figure.metric}
                figure={figure}
                isChosen={figure.metric === chosen}
                onChoose={() => onChoose(figure.metric)}
              />
            ))}
          </div>
        )
      }}
    </Result>
  )
}

function EngagementSkeleton() {
  return (
    <div className={classes.strip} data-count={USUAL_COUNT} role="status" aria-label="Loading conversions and revenue">
      {Array.from({ length: USUAL_COUNT }, (_, index) => (
        <div key={index} className={classes.figure}>
          <Skeleton height={12} width={64} />
          <Skeleton height={22} width={88} my={6} />
          <Skeleton height={28} />
        </div>
      ))}
    </div>
  )
}
