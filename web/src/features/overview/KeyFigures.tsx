// The key figures: value, change, sparkline; choosing one draws it below.
import { Skeleton, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Overview } from '../../api/types'
import { Sparkline } from '../../charts/Sparkline'
import { percent } from '../../lib/format'
import { useMissingComparison } from '../../ui/comparison'
import { ChangeBadge, Num, PointsBadge } from '../../ui/Figures'
import { keyFigures, METRIC_NAMES, type KeyFigure, type Metric } from './model'
import classes from './KeyFigures.module.css'

type Props = { overview: Overview; chosen: Metric; onChoose: (metric: Metric) => void; children: ReactNode }

export function KeyFigures({ overview, chosen, onChoose, children }: Props) {
  const missing = useMissingComparison()
  return (
    <section className={classes.card} aria-label="Key figures">
      <div className={classes.strip}>
        {keyFigures(overview).map((figure) => (
          <Tooltip key={figure.metric} label={missing === null ? figure.help : `${figure.help} ${missing}`} position="bottom-start">
            <button type="button" className={classes.figure} aria-pressed={figure.metric === chosen} onClick={() => onChoose(figure.metric)}>
              <span className={classes.name}>{figure.name}</span>
              <span className={classes.line}>
                <span className={classes.value}>
                  <Value figure={figure} />
                </span>
                <Change figure={figure} />
              </span>
              <Sparkline values={figure.spark} tone={figure.good === 'down' ? 'bad' : 'accent'} />
            </button>
          </Tooltip>
        ))}
      </div>
      {children}
    </section>
  )
}

function Value({ figure }: { figure: KeyFigure }) {
  return figure.format === 'share' ? percent(figure.value) : <Num value={figure.value} />
}

function Change({ figure: { format, value, previous, good } }: { figure: KeyFigure }) {
  return format === 'share' ? <PointsBadge current={value} previous={previous} good={good} /> : <ChangeBadge current={value} previous={previous ?? 0} good={good} />
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
