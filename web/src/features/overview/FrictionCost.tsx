// What friction costs: the greatest significant losses, each a sentence that leads to its element or error.
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { frictionCostQuery } from '../../api/frictionCost'
import type { FrictionCost as Cost } from '../../api/types'
import type { AnalysisSearch } from '../../lib/analysis'
import { plural } from '../../lib/format'
import { aboutWord, type Summary, summaryOf, weeklyLoss } from '../../lib/frictionCost'
import { frictionKey, frictionName, isErrorItem } from '../../lib/frictionItem'
import { Card } from '../../ui/Card'
import { Result } from '../../ui/Result'
import classes from './Overview.module.css'

const SHOWN = 3
const HELP =
  'Sessions that met an element or error, compared with similar sessions without it: a comparison, not a proof. One session may count in several, so losses do not add up.'

type Props = { projectId: string; search: AnalysisSearch }

export function FrictionCost({ projectId, search }: Props) {
  const costs = useQuery(frictionCostQuery(projectId, search))
  return (
    <Card
      title="What friction costs"
      help={HELP}
      piece="overview.friction-cost"
      actions={
        <Link className={classes.more} to="/p/$projectId/friction" params={{ projectId }} search={search}>
          All elements and errors
        </Link>
      }
    >
      <Result what="The cost of friction" question={costs} skeleton={<CostSkeleton />}>
        {(data) => {
          const summary = summaryOf(data)
          if (summary.kind !== 'losses') return <NoLoss projectId={projectId} kind={summary.kind} />
          return (
            <ul className={classes.costs}>
              {summary.losses.slice(0, SHOWN).map((cost) => (
                <li key={frictionKey(cost)}>
                  <Loss projectId={projectId} search={search} cost={cost} currency={data.currency} />
                </li>
              ))}
            </ul>
          )
        }}
      </Result>
    </Card>
  )
}

function Loss({ projectId, search, cost, currency }: Props & { cost: Cost; currency: string | null | undefined }) {
  const loss = weeklyLoss(cost, currency)
  if (!loss) return null
  const name = frictionName(cost)
  const text = (
    <>
      <span className={classes.costText}>
        <span className={classes.costName} title={name}>
          {name}
        </span>{' '}
        <span>
          costs {aboutWord(loss)} <b>{loss.amount}</b> a week
        </span>
      </span>
      <span className={classes.costBasis}>
        95% interval {loss.interval} · {plural(cost.sessions, 'session')} affected
      </span>
    </>
  )
  if (cost.error_group != null && isErrorItem(cost)) {
    return (
      <Link
        className={classes.cost}
        to="/p/$projectId/errors/$errorGroup"
        params={{ projectId, errorGroup: cost.error_group }}
        search={search}
      >
        {text}
      </Link>
    )
  }
  return (
    <Link
      className={classes.cost}
      to="/p/$projectId/friction"
      params={{ projectId }}
      search={{ ...search, open: frictionKey(cost) }}
    >
      {text}
    </Link>
  )
}

function NoLoss({ projectId, kind }: { projectId: string; kind: Exclude<Summary<Cost>['kind'], 'losses'> }) {
  if (kind === 'unreported' || kind === 'unlinked') {
    return (
      <p className={classes.calm}>
        {kind === 'unreported'
          ? 'No orders or bookings were reported in this period. '
          : 'No order or booking in this period belongs to a session that saw these pages. '}
        Send <code>order.placed</code> or <code>booking.completed</code> with the visitor’s <code>session_id</code> to{' '}
        <code>/track-event</code>, and the losses appear here.{' '}
        <Link className={classes.more} to="/p/$projectId/settings/api-keys" params={{ projectId }}>
          Get an API key
        </Link>
      </p>
    )
  }
  return <p className={classes.calm}>{TEXTS[kind]}</p>
}

const TEXTS = {
  no_loss: 'No loss found beyond what may be coincidence.',
  no_friction: 'No element or error had friction in this period.',
  too_few: 'Too few sessions to compare so far: it takes at least 10 with an element’s friction and 10 without.',
}

function CostSkeleton() {
  return (
    <div className={classes.costs} role="status" aria-label="Loading the cost of friction">
      {Array.from({ length: SHOWN }, (_, index) => (
        <div key={index} className={classes.cost}>
          <Skeleton height={16} width="80%" my={2} />
          <Skeleton height={10} width="60%" mt={9} mb={3} />
        </div>
      ))}
    </div>
  )
}
