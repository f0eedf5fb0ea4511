// How much an entry of the list costs a week, with the interval drawn on one scale for all rows.
import { Skeleton, VisuallyHidden } from '@mantine/core'
import type { FrictionCostList, FrictionItem } from '../../api/types'
import { IntervalMark } from '../../charts/IntervalMark'
import { costOf, findingOf, summaryOf, type WeeklyLoss, weeklyLoss } from '../../lib/frictionCost'
import { frictionKey } from '../../lib/frictionItem'
import classes from './Friction.module.css'

export type Costs = { data: FrictionCostList | undefined; isError: boolean }

/** Without orders and bookings nothing is lost that could be counted. */
export function isCostShown({ data }: Costs): boolean {
  return data === undefined || !['unreported', 'unlinked', 'no_friction'].includes(summaryOf(data).kind)
}

export type Scale = { unit: WeeklyLoss['unit']; most: number }

/** One scale for the losses' intervals: of money where any has a value. */
export function scaleOf({ data }: Costs): Scale {
  const losses =
    data?.items.filter((cost) => findingOf(cost) === 'loss').map((cost) => weeklyLoss(cost, data.currency)) ?? []
  const unit = losses.some((loss) => loss?.unit === 'money') ? 'money' : 'conversions'
  return { unit, most: Math.max(0, ...losses.map((loss) => (loss?.unit === unit ? loss.estimate.high : 0))) }
}

type Props = { costs: Costs; item: FrictionItem; scale: Scale }

export function CostCell({ costs: { data, isError }, item, scale }: Props) {
  if (!data)
    return isError ? <Unknown why="The cost could not be loaded" /> : <Skeleton height={12} width={72} ml="auto" />
  const cost = costOf(data, frictionKey(item))
  if (!cost) return <Unknown why="Compared are the 50 elements and errors with the most sessions" />
  const finding = findingOf(cost)
  if (finding === 'too_few') return <Unknown why="Too few sessions to compare" />
  const loss = weeklyLoss(cost, data.currency)
  if (finding !== 'loss' || !loss) return <span className={classes.insignificant}>not significant</span>
  return (
    <span className={classes.lost} title={`95% interval: ${loss.interval}`}>
      <span>{loss.short}</span>
      <VisuallyHidden>, 95% interval {loss.interval}</VisuallyHidden>
      {loss.unit === scale.unit && <IntervalMark {...loss.estimate} most={scale.most} />}
    </span>
  )
}

function Unknown({ why }: { why: string }) {
  return (
    <span title={why}>
      –<VisuallyHidden> {why}</VisuallyHidden>
    </span>
  )
}
