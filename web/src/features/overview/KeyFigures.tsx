// The key figures: value, change, sparkline; choosing one draws it below.
import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Overview } from '../../api/types'
import { FigureButton } from './FigureButton'
import classes from './KeyFigures.module.css'
import { keyFigures, METRIC_NAMES, type Metric, type OverviewMetric } from './model'

type Props = { overview: Overview; chosen: OverviewMetric; onChoose: (metric: Metric) => void; children: ReactNode }

export function KeyFigures({ overview, chosen, onChoose, children }: Props) {
  return (
    <section className={classes.card} aria-label="Key figures">
      <div className={classes.strip}>
        {keyFigures(overview).map((figure) => (
          <FigureButton
            key={figure.metric}
            figure={figure}
            isChosen={figure.metric === chosen}
            onChoose={() => onChoose(figure.metric)}
          />
        ))}
      </div>
      {children}
    </section>
  )
}

export function KeyFiguresSkeleton() {
  return (
    <section className={classes.card} role="status" aria-label="Loading key figures">
      <div className={classes.strip}>
        {METRIC_NAMES.map((metric) => (
          <div key={metric} className={classes.figure}>
            <Skeleton height={12} width={64} />
            <Skeleton height={22} width={88} my={6} />
            <Skeleton height={28} />
          </div>
        ))}
      </div>
      <div className={classes.chart}>
        <Skeleton height={280} />
      </div>
    </section>
  )
}
