// One event of the live stream.
import type { EventRow } from '../../api/types'
import { EventName } from '../../ui/EventName'
import { Time } from '../../ui/Figures'
import { SessionLink } from '../../ui/SessionLink'
import classes from './LiveStream.module.css'

export function StreamRow({ event, hasArrived }: { event: EventRow; hasArrived: boolean }) {
  const at = <Time at={event.received_at} />
  return (
    <li className={classes.row} data-new={hasArrived || undefined}>
      <span
        className={classes.dot}
        data-tone={event.category === 'friction' ? 'bad' : event.category === 'customer' ? 'good' : undefined}
      />
      <span className={classes.name}>
        <EventName name={event.name} />
      </span>
      <span title={event.path ?? undefined}>{event.path}</span>
      <span className={classes.what}>{event.error_message ?? event.element_text ?? event.element_selector ?? ''}</span>
      <span className={classes.who}>{[event.browser, event.os, event.country].filter(Boolean).join(' · ')}</span>
      <span className={classes.time}>
        {event.session_id ? <SessionLink sessionId={event.session_id}>{at}</SessionLink> : at}
      </span>
    </li>
  )
}
