// When a session's calls ended, and whether anybody said so.
import { Time } from '../../ui/Figures'
import classes from './Billing.module.css'
import { endOf, type UsageRow } from './model'

export function Ended({ row }: { row: UsageRow }) {
  const end = endOf(row)
  if (end === 'open' || !row.ended_at) return <span className={classes.tag}>No end yet</span>
  return (
    <span className={classes.nowrap}>
      <Time at={row.ended_at} />
      {end === 'inferred' && (
        <span className={classes.tag} data-tone="warn" title="The page did not report the end of the call">
          Inferred
        </span>
      )}
      {end === 'error' && (
        <span className={classes.tag} data-tone="bad">
          Failed
        </span>
      )}
    </span>
  )
}
