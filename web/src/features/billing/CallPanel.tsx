// The panel of one session's calls: what was charged, and the events that say so.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { duration } from '../../lib/format'
import { money } from '../../lib/money'
import { absoluteTime } from '../../lib/time'
import { CopyIcon } from '../../ui/Copy'
import { Result } from '../../ui/Result'
import { SessionLink } from '../../ui/SessionLink'
import { Facts, PanelSection, SidePanel } from '../../ui/SidePanel'
import { Empty, RowsSkeleton } from '../../ui/States'
import { callEventsQuery } from './api'
import classes from './Billing.module.css'
import { callSteps, readCallEvents } from './callEvents'
import { Ended } from './Ended'
import type { UsageRow } from './model'

type Props = {
  projectId: string
  widgetId: string
  sessionId: string
  widgetName: string
  row: UsageRow | undefined
  currency: string | null
  onClose: () => void
}

export function CallPanel({ projectId, widgetId, sessionId, widgetName, row, currency, onClose }: Props) {
  const events = useQuery({ ...callEventsQuery(projectId, widgetId, sessionId), select: readCallEvents })
  return (
    <SidePanel
      label="Session calls"
      onClose={onClose}
      title={
        <>
          <h2 className={classes.panelTitle}>{widgetName}</h2>
          <span className={classes.session}>
            <SessionLink sessionId={sessionId} />
            <CopyIcon text={sessionId} what="session id" />
          </span>
        </>
      }
    >
      {row && (
        <PanelSection title="Billing">
          <Facts facts={factsOf(row, currency)} />
        </PanelSection>
      )}
      <PanelSection title="Events">
        <Result what="The events" question={events} skeleton={<RowsSkeleton rows={4} />}>
          {(list) =>
            list.length === 0 ? (
              <Empty title="No events">
                The events may be older than the retention period. The charge does not change.
              </Empty>
            ) : (
              <ol className={classes.steps}>
                {callSteps(list).map((step) => (
                  <li key={step.key}>
                    <time dateTime={step.at} title={absoluteTime(step.at)}>
                      {step.at.slice(11, 19)}
                    </time>
                    <i data-tone={step.tone} />
                    <span title={step.name}>
                      {step.title}
                      {step.note && <small>{step.note}</small>}
                    </span>
                  </li>
                ))}
              </ol>
            )
          }
        </Result>
      </PanelSection>
      {events.data?.find(({ page }) => page) && (
        <PanelSection title="Page">
          <span className={classes.code}>{events.data.find(({ page }) => page)?.page}</span>
        </PanelSection>
      )}
    </SidePanel>
  )
}

function factsOf(row: UsageRow, currency: string | null): [string, ReactNode][] {
  return [
    ['Started', absoluteTime(row.started_at)],
    ['Ended', <Ended key="ended" row={row} />],
    ['Calls', row.calls],
    ['Billable', duration(row.billable_seconds * 1000)],
    ...(currency ? ([['Amount', money(row.amount_minor ?? 0, currency)]] as [string, ReactNode][]) : []),
  ]
}
