// The latest events of one element or error, and the stack of the last that has one.
import { useQuery } from '@tanstack/react-query'
import { stackFramesQuery } from '../../api/stackFrames'
import type { AnalysisSearch } from '../../lib/analysis'
import { EventName } from '../../ui/EventName'
import { Time } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { SessionLink } from '../../ui/SessionLink'
import { PanelSection } from '../../ui/SidePanel'
import { StackTrace } from '../../ui/StackTrace'
import { RowsSkeleton } from '../../ui/States'
import { eventsQuery } from './api'
import classes from './Friction.module.css'

const SHOWN = 8

type Props = { projectId: string; search: AnalysisSearch }

/** Where the error was thrown when it last happened; nothing for what leaves no stack. */
export function ItemStack({ projectId, search }: Props) {
  const event = useQuery(eventsQuery(projectId, search)).data?.events.find(({ stack }) => stack)
  const { stack, occurred_at: occurredAt = '' } = event ?? {}
  const { data: frames } = useQuery({
    ...stackFramesQuery(projectId, stack ?? '', occurredAt),
    enabled: Boolean(stack),
  })
  if (!stack) return null
  return (
    <PanelSection title="Latest stack trace">
      <StackTrace stack={stack} frames={frames} />
    </PanelSection>
  )
}

export function ItemEvents({ projectId, search }: Props) {
  const events = useQuery(eventsQuery(projectId, search))
  return (
    <PanelSection title="Latest events">
      <Result what="The latest events" question={events} skeleton={<RowsSkeleton rows={4} />}>
        {(data) => {
          const rows = data.events.slice(0, SHOWN)
          if (rows.length === 0) return <p className={classes.muted}>No events in this period</p>
          return (
            <ol className={classes.events}>
              {rows.map((event) => (
                <li key={event.id}>
                  <EventName name={event.name} />
                  <span className={classes.muted}>
                    {[event.browser, event.os, event.country].filter(Boolean).join(' · ')}
                  </span>
                  <span className={classes.muted}>
                    {event.session_id ? (
                      <SessionLink sessionId={event.session_id}>
                        <Time at={event.occurred_at} />
                      </SessionLink>
                    ) : (
                      <Time at={event.occurred_at} />
                    )}
                  </span>
                </li>
              ))}
            </ol>
          )
        }}
      </Result>
    </PanelSection>
  )
}
