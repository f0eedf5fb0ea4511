// Usage: the figures of the period, drawn by day or month, and every row behind them.
import { Button } from '@mantine/core'
import { IconPhoneCall } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRole } from '../../api/useRole'
import { duration, exactNumber } from '../../lib/format'
import { money } from '../../lib/money'
import { Card } from '../../ui/Card'
import { NeedsRole } from '../../ui/NeedsRole'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import { usageQuery } from './api'
import classes from './Billing.module.css'
import { type BillingSearch, type Figures, hasAdjustments, type Tab, type Usage } from './model'
import { periodName } from './periods'
import { SessionList } from './SessionList'
import { clock } from './tariff'
import { UsageBar } from './UsageBar'
import { UsageFigures } from './UsageFigures'
import { UsageTable } from './UsageTable'

type Props = {
  projectId: string
  search: BillingSearch
  onChange: (search: BillingSearch, isReplacing?: boolean) => void
  onShow: (tab: Tab) => void
}

export function UsageTab({ projectId, search, onChange, onShow }: Props) {
  const { may, role } = useRole(projectId)
  const isAllowed = may('analyst')
  const group = search.group ?? 'day'
  // Sessions are a list; their totals come from the days.
  const drawn = group === 'session' ? 'day' : group
  const usage = useQuery({
    ...usageQuery(projectId, { period: periodOf(search), group: drawn, widget: search.widget }),
    enabled: isAllowed,
  })

  if (role && !isAllowed)
    return (
      <Card title="Usage">
        <NeedsRole what="Calls and amounts" needed="analyst" role={role} />
      </Card>
    )
  return (
    <>
      <UsageBar
        projectId={projectId}
        search={search}
        isEmpty={!usage.data || usage.data.rows.length === 0}
        onChange={onChange}
      />
      <Result isFramed what="Usage" question={usage} skeleton={<UsageSkeleton />}>
        {(data) =>
          data.rows.length === 0 && !search.widget ? (
            <NoCalls period={periodName(search)} onShow={onShow} />
          ) : (
            <>
              <UsageFigures projectId={projectId} usage={data} group={drawn} search={search} onChange={onChange} />
              <TimesNote usage={data} search={search} onChange={onChange} />
              {!data.currency && <NoTariff onShow={onShow} />}
              {hasAdjustments(data.total_adjustments) && <AdjustmentNote usage={data} onShow={onShow} />}
              {group === 'session' ? (
                <SessionList
                  projectId={projectId}
                  period={periodOf(search)}
                  widget={search.widget}
                  differing={search.differing === true}
                  openKey={search.open}
                  onOpen={(open) => onChange(withOpen(search, open), search.open !== undefined && open !== undefined)}
                />
              ) : (
                <UsageTable usage={data} group={group} isStale={usage.isPlaceholderData} />
              )}
            </>
          )
        }
      </Result>
    </>
  )
}

function NoCalls({ period, onShow }: { period: string; onShow: (tab: Tab) => void }) {
  return (
    <Card title="Usage" note={period}>
      <Empty
        icon={IconPhoneCall}
        title="No calls in this period"
        action={
          <Button variant="default" onClick={() => onShow('widgets')}>
            Open widgets
          </Button>
        }
      >
        Calls are counted when a widget reports them. Add a widget’s code to a page, or choose a longer period.
      </Empty>
    </Card>
  )
}

/** Both ways to measure the same calls, which of them is billed, and where they differ. */
function TimesNote({ usage, search, onChange }: { usage: Usage; search: BillingSearch; onChange: Props['onChange'] }) {
  const { talk_seconds, span_seconds, differing_sessions: differing } = usage.total_times
  const { differing: _differing, open: _open, ...rest } = search
  return (
    <p className={classes.note}>
      Billed by {usage.basis === 'session_span' ? 'session span' : 'talk time'}. Talk time{' '}
      <b>{clock(Math.round(talk_seconds))}</b>, session span <b>{clock(Math.max(0, Math.round(span_seconds)))}</b>.{' '}
      {search.differing ? (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(rest)}>
          Show all sessions
        </Button>
      ) : differing > 0 ? (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => onChange({ ...rest, group: 'session', differing: true })}
        >
          {differing === 1
            ? 'Show the session where they differ'
            : `Show the ${exactNumber(differing)} sessions where they differ`}
        </Button>
      ) : (
        'They are equal for every session.'
      )}
    </p>
  )
}

function NoTariff({ onShow }: { onShow: (tab: Tab) => void }) {
  return (
    <p className={classes.note}>
      Set a tariff to see amounts.{' '}
      <Button variant="subtle" size="compact-sm" onClick={() => onShow('tariff')}>
        Set tariff
      </Button>
    </p>
  )
}

function AdjustmentNote({ usage, onShow }: { usage: Usage; onShow: (tab: Tab) => void }) {
  return (
    <p className={classes.note}>
      Adjustments to closed months, not included: <b>{adjustmentText(usage.total_adjustments, usage.currency)}</b>.{' '}
      <Button variant="subtle" size="compact-sm" onClick={() => onShow('months')}>
        Show adjustments
      </Button>
    </p>
  )
}

function adjustmentText(figures: Figures, currency: string | null | undefined): string {
  const seconds = Math.abs(figures.billable_seconds)
  return currency
    ? money(figures.amount_minor ?? 0, currency)
    : `${figures.billable_seconds < 0 ? '−' : '+'}${duration(seconds * 1000)}`
}

export function periodOf({ span, from, to }: BillingSearch) {
  return { ...(span ? { span } : {}), ...(from && to ? { from, to } : {}) }
}

function withOpen({ open: _open, ...rest }: BillingSearch, open: string | undefined): BillingSearch {
  return open === undefined ? rest : { ...rest, open }
}

function UsageSkeleton() {
  return (
    <>
      <CardSkeleton height={340} />
      <CardSkeleton height={240} />
    </>
  )
}
