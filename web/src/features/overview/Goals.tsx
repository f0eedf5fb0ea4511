// How often the project's goals are reached: times, share of sessions, value.

import { IconTarget } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type GoalConversion, goalConversionsQuery } from '../../api/goals'
import { useRole } from '../../api/useRole'
import type { AnalysisSearch } from '../../lib/analysis'
import { revenueOf, shareOf } from '../../lib/engagement'
import { exactNumber, percent } from '../../lib/format'
import { money, shortMoney } from '../../lib/locale'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { ChangeBadge, Num, PointsBadge } from '../../ui/Figures'
import { LinkButton } from '../../ui/LinkButton'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import classes from './Overview.module.css'

type Props = { projectId: string; search: AnalysisSearch }

export function Goals({ projectId, search }: Props) {
  const { may } = useRole(projectId)
  const goals = useQuery(goalConversionsQuery(projectId, search))
  return (
    <Card
      title="Goals"
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
            <DataTable
              label="Goals"
              columns={columns(data.sessions, data.previous_sessions)}
              rows={data.goals}
              rowKey={(goal) => goal.goal_id}
              isStale={goals.isPlaceholderData}
            />
          )
        }
      </Result>
    </Card>
  )
}

function columns(sessions: number, previousSessions: number): Column<GoalConversion>[] {
  return [
    {
      key: 'name',
      header: 'Goal',
      cell: (goal) => <span title={unattributed(goal)}>{goal.name}</span>,
      small: 'title',
    },
    {
      key: 'conversions',
      header: 'Times',
      align: 'right',
      cell: ({ totals }) => <Num value={totals.conversions} />,
      small: 'figure',
    },
    {
      key: 'change',
      header: 'Change',
      align: 'right',
      cell: ({ totals, previous }) => (
        <ChangeBadge current={totals.conversions} previous={previous.conversions} good="up" />
      ),
    },
    { key: 'rate', header: 'Rate', align: 'right', cell: ({ totals }) => share(totals.converting_sessions, sessions) },
    {
      key: 'points',
      header: 'Change of rate',
      align: 'right',
      isExtra: true,
      cell: ({ totals, previous }) => (
        <PointsBadge
          current={shareOf(totals.converting_sessions, sessions) ?? 0}
          previous={shareOf(previous.converting_sessions, previousSessions)}
          good="up"
        />
      ),
    },
    {
      key: 'value',
      header: 'Value',
      align: 'right',
      small: 'line',
      isKnown: ({ totals, previous }) => totals.value.length + previous.value.length > 0,
      cell: (goal) => <Value goal={goal} />,
    },
  ]
}

function share(part: number, whole: number): string {
  const found = shareOf(part, whole)
  return found === null ? '–' : percent(found)
}

function Value({ goal: { totals, previous } }: { goal: GoalConversion }) {
  const sums = revenueOf(totals.value, previous.value)
  if (sums.length === 0) return '–'
  return sums.map(({ currency, amount, previous: before }) => (
    <span
      key={currency}
      className={classes.sum}
      title={`${money(amount, currency)}, ${money(before, currency)} in the previous period`}
    >
      {shortMoney(amount, currency)} <ChangeBadge current={amount} previous={before} good="up" />
    </span>
  ))
}

function unattributed({ unattributed_conversions: missing }: GoalConversion): string | undefined {
  return missing === 0 ? undefined : `${exactNumber(missing)} more name no session and are not counted.`
}
