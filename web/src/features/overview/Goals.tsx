// How often the project's goals are reached: times, share of sessions, value.

import { IconTarget } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { goalConversionsQuery } from '../../api/goals'
import { useRole } from '../../api/useRole'
import type { AnalysisSearch } from '../../lib/analysis'
import { Card } from '../../ui/Card'
import { LinkButton } from '../../ui/LinkButton'
import { lazily } from '../../ui/lazily'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import classes from './Overview.module.css'

/** Read after the figures: its code comes after theirs. */
const GoalTable = lazily(
  () => import('./GoalTable').then((table) => table.GoalTable),
  () => <RowsSkeleton rows={3} />,
)

type Props = { projectId: string; search: AnalysisSearch }

export function Goals({ projectId, search }: Props) {
  const { may } = useRole(projectId)
  const goals = useQuery(goalConversionsQuery(projectId, search))
  return (
    <Card
      title="Goals"
      piece="overview.goals"
      help="How often visitors do what you want them to do. The rate is the share of sessions in which they do it at least once."
      flush
      actions={
        <Link className={classes.more} to="/p/$projectId/settings/goals" params={{ projectId }}>
          {may('analyst') ? 'Edit goals' : 'All goals'}
        </Link>
      }
    >
      <Result what="The goals" question={goals} skeleton={<RowsSkeleton rows={3} />}>
        {(data) =>
          data.goals.length === 0 ? (
            <Empty
              icon={IconTarget}
              title="No goals yet"
              action={
                may('analyst') && (
                  <LinkButton to="/p/$projectId/settings/goals" params={{ projectId }} size="sm">
                    Create a goal
                  </LinkButton>
                )
              }
            >
              See here how often visitors do what you want them to do, such as seeing a thank-you page or placing an
              order.
            </Empty>
          ) : (
            <GoalTable conversions={data} isStale={goals.isPlaceholderData} />
          )
        }
      </Result>
    </Card>
  )
}
