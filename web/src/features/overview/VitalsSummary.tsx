// The web vitals in short: the value three quarters of visits stay below, and its rating.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Band } from '../../charts/Band'
import type { AnalysisSearch } from '../../lib/analysis'
import { isWebVital, vital, vitalValue } from '../../lib/vitals'
import { LevelBadge } from '../../ui/Badges'
import { Card } from '../../ui/Card'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { vitalsQuery } from './api'
import classes from './Overview.module.css'

export function VitalsSummary({ projectId, search }: { projectId: string; search: AnalysisSearch }) {
  const vitals = useQuery(vitalsQuery(projectId, search))
  return (
    <Card
      title="Web vitals"
      piece="overview.vitals"
      help="75th percentile: three out of four measurements are at or below this value."
      actions={
        <Link className={classes.more} to="/p/$projectId/performance" params={{ projectId }} search={search}>
          Performance
        </Link>
      }
    >
      <Result what="The web vitals" question={vitals} skeleton={<RowsSkeleton rows={5} />}>
        {({ metrics }) =>
          metrics.every((metric) => metric.samples === 0) ? (
            <Empty title="No measurements in this period">
              The tracker measures every page view in browsers that support web vitals.
            </Empty>
          ) : (
            <ul className={classes.vitals}>
              {metrics
                .filter(({ metric }) => isWebVital(metric))
                .map((metric) => (
                  <li key={metric.metric}>
                    <div className={classes.vital}>
                      <abbr title={vital(metric.metric).name}>{vital(metric.metric).short}</abbr>
                      <span className={classes.vitalValue}>{vitalValue(metric.metric, metric.p75)}</span>
                      {metric.rating ? (
                        <LevelBadge level={metric.rating} />
                      ) : (
                        <span className={classes.muted}>No data</span>
                      )}
                    </div>
                    <Band good={metric.good} poor={metric.poor} samples={metric.samples} />
                  </li>
                ))}
            </ul>
          )
        }
      </Result>
    </Card>
  )
}
