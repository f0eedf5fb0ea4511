// Beside the editor: the runs of a scheduled question, each a link to its answer.
import { IconClock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { absoluteTime } from '../../lib/time'
import { ToneBadge } from '../../ui/Badges'
import { Card } from '../../ui/Card'
import { useNow } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { type SavedQuestion, type SqlSearch, withRun } from './model'
import classes from './Runs.module.css'
import { isDue, OUTCOMES, runDetail } from './runs'
import { type QuestionRun, runsQuery } from './runsApi'
import { runName } from './schedule'

type Props = { projectId: string; saved: SavedQuestion; search: SqlSearch }

export function PastAnswers({ projectId, saved, search }: Props) {
  // A question that never ran by itself and will not has nothing to show here.
  const isShown = Boolean(saved.schedule || saved.last_run || search.run)
  const runs = useQuery({ ...runsQuery(projectId, saved), enabled: isShown })
  const now = useNow(60_000)
  if (!isShown) return null
  return (
    <Card title="Past answers" help="The answers of the last 50 runs are kept, for 90 days.">
      <Result what="The past answers" question={runs} skeleton={<RowsSkeleton rows={4} />}>
        {({ runs: list }) =>
          list.length === 0 ? (
            <Empty icon={IconClock} title="No answers yet">
              {emptyText(saved, now)}
            </Empty>
          ) : (
            <ul className={classes.list}>
              {list.map((run) => (
                <li key={run.id}>
                  {run.outcome === 'answered' ? (
                    <Link
                      to="/p/$projectId/sql"
                      params={{ projectId }}
                      search={{ ...withRun(search, run.id), ...(search.compare ? { compare: true } : {}) }}
                      resetScroll={false}
                      className={classes.run ?? ''}
                    >
                      <Run run={run} now={now} />
                    </Link>
                  ) : (
                    <div className={classes.run}>
                      <Run run={run} now={now} />
                    </div>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Result>
    </Card>
  )
}

function emptyText({ schedule, next_run_at: next }: SavedQuestion, now: number): string {
  if (isDue(next, [], now)) return 'The first one appears here within a minute.'
  return schedule ? 'Each run adds its answer here.' : 'Schedule the question to keep its answers here.'
}

function Run({ run, now }: { run: QuestionRun; now: number }) {
  const badge = OUTCOMES[run.outcome]
  const detail = runDetail(run)
  return (
    <>
      <b title={`Started ${absoluteTime(run.started_at)}`}>{runName(Date.parse(run.due_at), now)}</b>
      {badge && <ToneBadge tone={badge.tone}>{badge.label}</ToneBadge>}
      {detail && <small>{detail}</small>}
    </>
  )
}
