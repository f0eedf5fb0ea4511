// One card for each web vital: its 75th percentile, rating, limits and the shares behind it.
import type { VitalMetric } from '../../api/types'
import { Band } from '../../charts/Band'
import { percent } from '../../lib/format'
import { vital, vitalValue } from '../../lib/vitals'
import { LevelBadge } from '../../ui/Badges'
import { Card } from '../../ui/Card'
import { CardEnd } from '../../ui/CardEnd'
import { Num } from '../../ui/Figures'
import { Help } from '../../ui/Help'
import { useTile } from '../../ui/tile'
import { pieceOf } from './model'
import classes from './Performance.module.css'

export function VitalCards({
  metrics,
  before,
}: {
  metrics: VitalMetric[] /** Of the period before. */
  before: VitalMetric[] | undefined
}) {
  return (
    <div className={classes.cards}>
      {metrics.map((metric) => (
        <VitalCard
          key={metric.metric}
          metric={metric}
          before={before?.find((one) => one.metric === metric.metric)?.p75}
        />
      ))}
    </div>
  )
}

export function VitalCard({ metric, before }: { metric: VitalMetric; before: number | null | undefined }) {
  const { name, short, help } = vital(metric.metric)
  const level = metric.rating && <LevelBadge level={metric.rating} />
  if (useTile())
    return (
      <Card title={short} help={`${name}. ${help}`} note={level}>
        <VitalBody metric={metric} before={before} />
      </Card>
    )
  return (
    <section className={classes.card} aria-label={name}>
      <header className={classes.head}>
        <h2>{short}</h2>
        <Help text={`${name}. ${help}`} about={short} />
        <CardEnd piece={pieceOf(metric.metric)} title={short} />
        {level}
      </header>
      <VitalBody metric={metric} before={before} />
    </section>
  )
}

function VitalBody({ metric, before }: { metric: VitalMetric; before: number | null | undefined }) {
  return (
    <>
      <p className={classes.value} data-rating={metric.rating ?? undefined}>
        {vitalValue(metric.metric, metric.p75)}
        {before != null && <span className={classes.was}> before {vitalValue(metric.metric, before)}</span>}
      </p>
      {metric.good_limit == null ? (
        <p className={classes.remark}>
          <span>
            <Num value={metric.samples} /> measurements
          </span>
        </p>
      ) : (
        <>
          <Band good={metric.good} poor={metric.poor} samples={metric.samples} />
          <p className={classes.remark}>
            <span>
              {metric.samples > 0 ? (
                <>
                  {percent(metric.good / metric.samples)} of <Num value={metric.samples} /> good
                </>
              ) : (
                'No measurements in this period'
              )}
            </span>
            <span>
              Good ≤ {vitalValue(metric.metric, metric.good_limit)}, poor &gt;{' '}
              {vitalValue(metric.metric, metric.poor_limit)}
            </span>
          </p>
        </>
      )}
    </>
  )
}
