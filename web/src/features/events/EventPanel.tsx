// The panel of one event: everything known about it.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { stackFramesQuery } from '../../api/stackFrames'
import type { EventRow } from '../../api/types'
import { absoluteTime } from '../../lib/time'
import { eventLabel, sentence } from '../../lib/words'
import { LevelBadge } from '../../ui/Badges'
import { Snippet } from '../../ui/Copy'
import { LinkButton } from '../../ui/LinkButton'
import { PersonLink } from '../../ui/PersonLink'
import { SessionLink } from '../../ui/SessionLink'
import { Facts, PanelSection, SidePanel } from '../../ui/SidePanel'
import { StackTrace } from '../../ui/StackTrace'
import classes from './Events.module.css'
import { eventDevice, isErrorEvent } from './model'

export function EventPanel({ event, onClose }: { event: EventRow; onClose: () => void }) {
  const properties = event.properties as Record<string, unknown>
  const { projectId } = useParams({ strict: false })
  const { data: frames } = useQuery({
    ...stackFramesQuery(projectId ?? '', event.stack ?? '', event.occurred_at),
    enabled: projectId !== undefined && Boolean(event.stack),
  })
  return (
    <SidePanel
      label={`Event: ${eventLabel(event.name)}`}
      onClose={onClose}
      title={
        <>
          <h2 className={classes.panelTitle} title={event.name}>
            {eventLabel(event.name)}
          </h2>
          <span className={classes.muted}>{sentence(event.category)}</span>
        </>
      }
    >
      <PanelSection title="Time">
        <Facts
          facts={[
            ['Occurred', absoluteTime(event.occurred_at)],
            ['Received', absoluteTime(event.received_at)],
          ]}
        />
      </PanelSection>
      <PanelSection title="Page and element">
        <Facts
          facts={[
            ['Page', event.path],
            ['Element', event.element_text],
            ['Selector', event.element_selector && <code className={classes.code}>{event.element_selector}</code>],
            ...(event.error_message ? ([['Error', event.error_message]] as [string, string][]) : []),
            ...(event.severity
              ? ([['Severity', <LevelBadge key="severity" level={event.severity} />]] as [string, ReactNode][])
              : []),
          ]}
        />
      </PanelSection>
      {event.error_group != null && projectId !== undefined && isErrorEvent(event) && (
        <LinkButton
          mt="md"
          to="/p/$projectId/errors/$errorGroup"
          params={{ projectId, errorGroup: event.error_group }}
          variant="default"
          size="compact-sm"
        >
          Show error
        </LinkButton>
      )}
      {event.stack && (
        <PanelSection title="Stack trace">
          <StackTrace stack={event.stack} frames={frames} />
        </PanelSection>
      )}
      <PanelSection title="Visitor">
        <Facts
          facts={[
            ['Visitor id', event.visitor_id && <code className={classes.code}>{event.visitor_id}</code>],
            ['Session', event.session_id && <SessionLink key="session" sessionId={event.session_id} />],
            [
              'User id',
              event.user_id && (
                <PersonLink key="user" personId={event.user_id}>
                  {event.user_id}
                </PersonLink>
              ),
            ],
            ['Device', eventDevice(event)],
            ['Country', event.country],
            ...(event.bot ? ([['Bot', event.bot]] as [string, string][]) : []),
          ]}
        />
      </PanelSection>
      <PanelSection title="Properties">
        {Object.keys(properties).length === 0 ? (
          <p className={classes.muted}>No properties</p>
        ) : (
          <Snippet code={JSON.stringify(properties, null, 2)} what="Properties" />
        )}
      </PanelSection>
      <PanelSection title="Event id">
        <code className={classes.code}>{event.id}</code>
      </PanelSection>
    </SidePanel>
  )
}
