// Under a question's name: when it runs by itself, when next, and whether that failed the last time.
import { IconAlertTriangle, IconClock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { absoluteTime } from '../../lib/time'
import { useNow } from '../../ui/Figures'
import type { SavedQuestion } from './model'
import classes from './Runs.module.css'
import { isDue } from './runs'
import { runsQuery } from './runsApi'
import { nextRunAt, nextText, runsText } from './schedule'

export function ScheduleLine({ projectId, saved }: { projectId: string; saved: SavedQuestion }) {
  const { schedule } = saved
  const { data } = useQuery({ ...runsQuery(projectId, saved), enabled: schedule != null })
  const now = useNow(30_000)
  if (!schedule) return null
  const runs = data?.runs ?? (saved.last_run ? [saved.last_run] : [])
  const isNow = isDue(saved.next_run_at, runs, now)
  const next = nextRunAt(schedule, saved.next_run_at, now)
  return (
    <p className={classes.line}>
      <IconClock size={14} aria-hidden />
      <span>{runsText(schedule)}</span>
      {isNow ? (
        <span>Due now</span>
      ) : (
        next !== undefined && <span title={absoluteTime(new Date(next).toISOString())}>{nextText(next, now)}</span>
      )}
      {runs[0]?.outcome === 'failed' && (
        <span className={classes.bad}>
          <IconAlertTriangle size={14} aria-hidden /> The last run failed
        </span>
      )}
    </p>
  )
}
