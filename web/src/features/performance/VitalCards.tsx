// One card for each web vital: its 75th percentile, rating, limits and the shares behind it.
import type { VitalMetric } from '../../api/types'
import { Band } from '../../charts/Band'
import { percent } from '../../lib/format'
import { vital, vitalValue } from '../../lib/vitals'
import { LevelBadge } from '../../ui/Badges'
import { Num } from '../../ui/Figures'
import { Help } from '../../ui/Help'
import classes from './Performance.module.css'

export function VitalCards({ metrics }: { metrics: VitalMetric[] }) {
  return (
    <div className={classes.cards}>
      {metrics.map((metric) => (
        <VitalCard key={metric.metric} metric={metric} />
      ))}
    </div>
  )
}

function VitalCard({ metric }: { metric: VitalMetric }) {
  const { name, short, help } = vital(metric.metric)
  return (
    <section className={classes.card} aria-label={name}>
      <header className={classes.head}>
        <h2>{short}</h2>
        <Help text={`${name}. ${help}`} about={short} />
        {metric.rating && <LevelBadge level={metric.rating} />}
      </header>
      <p className={classes.value} data-rating={metric.rating ?? undefined}>
        {vitalValue(metric.metric, metric.p75)}
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
              Good ≤ {vitalValue(metric.metric, metric.good_limit)}, poor &gt; {vitalValue(metric.metric, metric.poor_limit)}
            </span>
          </p>
        </>
      )}
    </section>
  )
}
