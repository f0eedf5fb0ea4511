// The panel of one failed event, and sending it again.
import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { FailedEvent } from '../../api/types'
import { plural } from '../../lib/format'
import { absoluteTime } from '../../lib/time'
import { reasonLabel } from '../../lib/words'
import { Snippet } from '../../ui/Copy'
import { Result } from '../../ui/Result'
import { SessionLink } from '../../ui/SessionLink'
import { Facts, PanelSection, SidePanel } from '../../ui/SidePanel'
import { RowsSkeleton } from '../../ui/States'
import { toastDone, toastFailed } from '../../ui/toast'
import { failedEventQuery, useResend } from './api'
import classes from './Events.module.css'
import { prettyBody, sessionOfBody } from './model'

export function FailedPanel({
  projectId,
  event,
  onClose,
}: {
  projectId: string
  event: FailedEvent
  onClose: () => void
}) {
  const resend = useResend(projectId)
  const whole = useQuery({ ...failedEventQuery(projectId, event.id), enabled: event.is_body_cut })
  const sessionId = sessionOfBody(whole.data?.body ?? event.body)

  function sendAgain() {
    resend.mutate(event.id, {
      onSuccess: ({ processed, rejected }) => {
        if (processed > 0) toastDone(`${plural(processed, 'event')} accepted`)
        const [first] = rejected
        if (first)
          toastFailed(
            `${plural(rejected.length, 'event')} rejected again`,
            new Error([reasonLabel(first.reason), first.detail].filter(Boolean).join(': ')),
          )
      },
      onError: (error) => toastFailed('The event was not resent', error),
    })
  }

  return (
    <SidePanel
      label="Failed event"
      onClose={onClose}
      title={
        <h2 className={classes.panelTitle} title={event.reason}>
          {reasonLabel(event.reason)}
        </h2>
      }
    >
      <PanelSection title="Reason">
        <p className={classes.detail}>{event.detail}</p>
        <Button leftSection={<IconSend size={14} />} loading={resend.isPending} onClick={sendAgain}>
          Resend
        </Button>
      </PanelSection>
      <PanelSection title="Time">
        <Facts
          facts={[
            ['Received', absoluteTime(event.received_at)],
            ['Resent', event.resent_at ? absoluteTime(event.resent_at) : 'Not yet'],
            ...(sessionId
              ? ([['Session', <SessionLink key="session" sessionId={sessionId} />]] as [string, ReactNode][])
              : []),
            [
              'Id',
              <code key="id" className={classes.code}>
                {event.id}
              </code>,
            ],
          ]}
        />
      </PanelSection>
      <PanelSection title="Received body">
        {event.is_body_cut ? (
          <Result what="The body" question={whole} skeleton={<RowsSkeleton rows={6} />}>
            {({ body }) => <Snippet code={prettyBody(body)} what="Received body" />}
          </Result>
        ) : (
          <Snippet code={prettyBody(event.body)} what="Received body" />
        )}
      </PanelSection>
    </SidePanel>
  )
}
