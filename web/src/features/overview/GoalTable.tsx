// The table of goals: times, rate and value of each, with their changes.
import type { GoalConversion, GoalOverview } from '../../api/goals'
import { revenueOf, shareOf } from '../../lib/engagement'
import { exactNumber, percent } from '../../lib/format'
import { money, shortMoney } from '../../lib/locale'
import { type Column, DataTable } from '../../ui/DataTable'
import { ChangeBadge, Num, PointsBadge } from '../../ui/Figures'
import classes from './Overview.module.css'

export function GoalTable({ conversions, isStale }: { conversions: GoalOverview; isStale: boolean }) {
  return (
    <DataTable
      label="Goals"
      columns={columns(conversions.sessions, conversions.previous_sessions)}
      rows={conversions.goals}
      rowKey={(goal) => goal.goal_id}
      isStale={isStale}
    />
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
