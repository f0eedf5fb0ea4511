// The pipeline in a row: contacts and their deals by lead status, and what came in; choosing a status filters the list.
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { PipelineStage } from '../../../api/types'
import { Sparkline } from '../../../charts/Sparkline'
import { plural } from '../../../lib/format'
import { money, shortMoney } from '../../../lib/locale'
import { zoneLabel } from '../../../lib/zone'
import { Num } from '../../../ui/Figures'
import { Result } from '../../../ui/Result'
import { StripCard } from '../../../ui/StripCard'
import { pipelineQuery, revenueQuery } from './api'
import { pipelineTotal, revenueOf, shortStatus, statusTone } from './model'
import classes from './Pipeline.module.css'

type Props = {
  projectId: string
  status: string | undefined
  onChoose?: ((status: string | undefined) => void) | undefined
}

export function PipelineStrip({ projectId, status, onChoose }: Props) {
  const pipeline = useQuery(pipelineQuery(projectId))
  return (
    <StripCard title="Pipeline" piece="contacts.pipeline">
      <div
        className={classes.strip}
        {...(onChoose ? {} : { tabIndex: 0, role: 'region', 'aria-label': 'Stages' })}
        data-failed={(pipeline.isError && !pipeline.data) || undefined}
      >
        <Result what="The pipeline" question={pipeline} skeleton={<StripSkeleton />}>
          {({ stages }) => {
            const total = pipelineTotal(stages)
            return (
              <>
                <Stage
                  name="All contacts"
                  contacts={total.contacts}
                  deals={total.deals}
                  isChosen={status === undefined}
                  onChoose={onChoose && (() => onChoose(undefined))}
                />
                {stages.map((stage) => (
                  <Stage
                    key={stage.lead_status}
                    name={stage.lead_status}
                    contacts={stage.contacts}
                    deals={stage.deal_value}
                    share={total.contacts > 0 ? stage.contacts / total.contacts : 0}
                    isChosen={status === stage.lead_status}
                    onChoose={
                      onChoose && (() => onChoose(status === stage.lead_status ? undefined : stage.lead_status))
                    }
                  />
                ))}
                <Revenue projectId={projectId} />
              </>
            )
          }}
        </Result>
      </div>
    </StripCard>
  )
}

type StageProps = {
  name: string
  contacts: number
  deals: Pick<PipelineStage['deal_value'][number], 'amount' | 'currency'>[]
  share?: number
  isChosen: boolean
  onChoose: (() => void) | undefined
}

function Stage({ name, contacts, deals, share, isChosen, onChoose }: StageProps) {
  const content = (
    <>
      <span className={classes.name} title={name}>
        {share !== undefined && <i className={classes.dot} data-tone={statusTone(name)} />}
        <span className={classes.nameText}>{shortStatus(name)}</span>
      </span>
      <span className={classes.count}>
        <Num value={contacts} />
      </span>
      <span
        className={classes.deals}
        title={deals.map(({ amount, currency }) => money(Number(amount), currency)).join(', ') || undefined}
      >
        {deals.length > 0
          ? deals
              .slice(0, 2)
              .map(({ amount, currency }) => shortMoney(Number(amount), currency))
              .join(' + ')
          : 'No deals'}
      </span>
      {share !== undefined && (
        <i className={classes.share} data-tone={statusTone(name)} style={{ width: `${share * 100}%` }} />
      )}
    </>
  )
  return onChoose ? (
    <button type="button" className={classes.stage} aria-pressed={isChosen} onClick={onChoose}>
      {content}
    </button>
  ) : (
    <div className={classes.stage}>{content}</div>
  )
}

function Revenue({ projectId }: { projectId: string }) {
  const { data } = useQuery(revenueQuery(projectId))
  const revenue = data && revenueOf(data.days, Date.now())
  if (!revenue) return null
  return (
    <div className={classes.stage}>
      <span className={classes.name} title={`Revenue, 30 days, ${zoneLabel()}`}>
        <span className={classes.nameText}>Revenue, 30 days, {zoneLabel()}</span>
      </span>
      <span className={classes.count} title={money(revenue.amount, revenue.currency)}>
        {shortMoney(revenue.amount, revenue.currency)}
      </span>
      <span className={classes.deals}>{plural(revenue.bookings, 'booking')}</span>
      <div className={classes.spark}>
        <Sparkline values={revenue.days} tone="accent" height={20} />
      </div>
    </div>
  )
}

function StripSkeleton() {
  return Array.from({ length: 5 }, (_, index) => (
    <div key={index} className={classes.stage}>
      <Skeleton height={12} width={96} />
      <Skeleton height={18} width={44} mt={8} />
      <Skeleton height={10} width={72} mt={8} />
    </div>
  ))
}
