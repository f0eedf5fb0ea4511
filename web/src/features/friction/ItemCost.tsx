// What one element or error costs: the comparison in words, what is lost, and the two rates behind it.
import { useQuery } from '@tanstack/react-query'
import { frictionCostQuery } from '../../api/frictionCost'
import type { FrictionCost } from '../../api/types'
import type { AnalysisSearch } from '../../lib/analysis'
import { exactNumber, percent, plural, shortNumber } from '../../lib/format'
import {
  aboutWord,
  amountText,
  costOf,
  countText,
  type Estimate,
  findingOf,
  intervalText,
  isWeek,
  MIN_SESSIONS,
  mostLost,
  weeklyLoss,
} from '../../lib/frictionCost'
import { type FrictionIdentity, frictionKey, frictionName } from '../../lib/frictionItem'
import { Result } from '../../ui/Result'
import { PanelSection } from '../../ui/SidePanel'
import { BlockSkeleton } from '../../ui/States'
import classes from './Friction.module.css'
import { identityFilter, isNarrow } from './model'

type Props = { projectId: string; search: AnalysisSearch; item: FrictionIdentity }

export function ItemCost(props: Props) {
  if (!isNarrow(props.item)) return null
  return (
    <PanelSection title="Cost">
      <CostFinding {...props} />
    </PanelSection>
  )
}

/** The same without a heading: of an element or an error that can be asked for by itself. */
export function CostFinding({ projectId, search, item }: Props) {
  const key = frictionKey(item)
  const list = useQuery(frictionCostQuery(projectId, search))
  // Beyond the entries with the most sessions, an entry is compared when it is asked for by itself.
  const isUnlisted = list.data !== undefined && !list.isPlaceholderData && costOf(list.data, key) === undefined
  const alone = useQuery({
    ...frictionCostQuery(projectId, { ...search, ...identityFilter(item) }),
    enabled: isUnlisted,
  })
  return (
    <Result what="The cost" question={isUnlisted ? alone : list} skeleton={<BlockSkeleton height={120} />}>
      {({ currency, items }) => {
        const cost = costOf({ items }, key)
        return cost ? (
          <Cost cost={cost} currency={currency} name={frictionName(item)} />
        ) : (
          <p className={classes.muted}>No session had it in this period.</p>
        )
      }}
    </Result>
  )
}

type CostProps = { cost: FrictionCost; currency: string | null | undefined; name: string }

function Cost({ cost, currency, name }: CostProps) {
  const finding = findingOf(cost)
  if (finding === 'too_few') {
    return (
      <p className={classes.muted}>
        Too few sessions to compare: it takes at least {MIN_SESSIONS} with it and {MIN_SESSIONS} without. There are{' '}
        {shortNumber(cost.matched_sessions)} and {shortNumber(cost.control_sessions)}.
      </p>
    )
  }
  return (
    <>
      <p className={classes.finding}>
        {finding === 'loss' ? (
          <Loss cost={cost} currency={currency} name={name} />
        ) : (
          <NoLoss cost={cost} currency={currency} />
        )}
      </p>
      {finding === 'loss' && <Losses cost={cost} currency={currency} />}
      {finding !== 'no_conversions' && <Rates cost={cost} />}
      <p className={classes.method}>
        Compared with sessions that saw the same page on the same kind of device without it, in this period and the one
        before. It is a comparison, not a proof: people who meet it may differ in other ways, too.
        {cost.matched_sessions < cost.sessions &&
          ` Of ${plural(cost.sessions, 'session')} with it, ${shortNumber(cost.matched_sessions)} can be compared.`}
      </p>
    </>
  )
}

function Loss({ cost, currency, name }: CostProps) {
  const loss = weeklyLoss(cost, currency)
  if (!loss) return null
  return (
    <>
      {name} costs {aboutWord(loss)} <b>{loss.amount}</b> a week.
    </>
  )
}

function NoLoss({ cost, currency }: Pick<CostProps, 'cost' | 'currency'>) {
  if (findingOf(cost) === 'no_conversions')
    return 'None of these sessions ordered or booked, neither with it nor without.'
  const most = mostLost(cost, currency)
  return `No loss found beyond what may be coincidence.${most ? ` If there is one, it is hardly more than ${most} a week.` : ''}`
}

function Losses({ cost, currency }: Pick<CostProps, 'cost' | 'currency'>) {
  const both = !isWeek(cost)
  const money = (amount: number) => amountText(amount, currency ?? '')
  const value = cost.lost_value && cost.lost_value.estimate > 0 && currency ? cost.lost_value : null
  return (
    <table className={classes.losses} aria-label="What was lost">
      <thead>
        <tr>
          <th scope="col">Lost, with 95% interval</th>
          {both && <th scope="col">In this period</th>}
          <th scope="col">A week</th>
        </tr>
      </thead>
      <tbody>
        {value && (
          <tr>
            <th scope="row">Value</th>
            {both && <Figure estimate={value} figure={money} end={shortNumber} />}
            <Figure estimate={cost.lost_value_weekly} figure={money} end={shortNumber} />
          </tr>
        )}
        <tr>
          <th scope="row">Orders and bookings</th>
          {both && <Figure estimate={cost.lost_conversions} figure={countText} end={countText} />}
          <Figure estimate={cost.lost_conversions_weekly} figure={countText} end={countText} />
        </tr>
      </tbody>
    </table>
  )
}

function Figure({
  estimate,
  figure,
  end,
}: {
  estimate: Estimate | null | undefined
  figure: (value: number) => string
  end: (value: number) => string
}) {
  if (!estimate) return <td>–</td>
  return (
    <td>
      <b>{figure(estimate.estimate)}</b>
      <span>{intervalText(estimate, end)}</span>
    </td>
  )
}

/** The two rates as bars from zero, on the scale of the greater. */
function Rates({ cost }: { cost: FrictionCost }) {
  const rates = [
    { name: 'With it', rate: cost.conversion_rate ?? 0, sessions: cost.matched_sessions, tone: 'bad' },
    { name: 'Without it', rate: cost.control_rate ?? 0, sessions: cost.control_sessions, tone: undefined },
  ]
  const greatest = Math.max(...rates.map(({ rate }) => rate)) || 1
  return (
    <>
      <p className={classes.ratesTitle}>Sessions that ordered or booked</p>
      <dl className={classes.rates}>
        {rates.map(({ name, rate, sessions, tone }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <i aria-hidden>
                <i data-tone={tone} style={{ width: `${(rate / greatest) * 100}%` }} />
              </i>
              <b>{percent(rate)}</b>
              <span title={exactNumber(sessions)}>of {plural(sessions, 'session')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
