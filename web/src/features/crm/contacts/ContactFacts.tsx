// The figures and facts of a contact.
import type { ReactNode } from 'react'
import type { Contact } from '../../../api/types'
import { CopyIcon } from '../../../ui/Copy'
import { EventName } from '../../../ui/EventName'
import { Num } from '../../../ui/Figures'
import { Facts, PanelSection } from '../../../ui/SidePanel'
import { Sums, When } from '../../../ui/When'
import classes from './Panel.module.css'

/** `score` is the one of now, once it is worked out; the contact carries the one of when they were last active. */
export function ContactFigures({ contact, score }: { contact: Contact; score: number | undefined }) {
  return (
    <div className={classes.figures}>
      <Figure name="Lead score" value={score ?? contact.lead_score ?? '–'} />
      <Figure name="Bookings" value={<Num value={contact.total_bookings} />} />
      <Figure name="Revenue" value={<Sums sums={contact.total_revenue} />} />
      <Figure
        name="Deal value"
        value={<Sums sums={contact.estimated_deal_value ? [contact.estimated_deal_value] : []} />}
      />
    </div>
  )
}

export function Figure({ name, value }: { name: string; value: ReactNode }) {
  return (
    <div>
      <span className={classes.figureName}>{name}</span>
      <span className={classes.figureValue}>{value}</span>
    </div>
  )
}

export function ContactFacts({ contact, merged }: { contact: Contact; merged: string[] }) {
  const facts: [string, ReactNode][] = [
    ['E-mail', contact.email && <Copied text={contact.email} what="e-mail" />],
    ['Phone', contact.phone && <Copied text={contact.phone} what="phone number" />],
    ['User id', contact.user_id && <Copied text={contact.user_id} what="user id" isCode />],
    ['Lead source', contact.lead_source],
    ['Last viewed item', contact.last_vehicle_viewed],
    ['Last searched location', contact.last_search_location],
    ['Website visits', <Num key="visits" value={contact.website_visits} />],
    [
      'Last activity',
      contact.last_activity && <LastActivity at={contact.last_activity} action={contact.last_action} />,
    ],
    ['Created', <When key="since" at={contact.created_at} />],
    ['Contact id', <Copied key="id" text={contact.id} what="contact id" isCode />],
    ['Merged contacts', merged.length > 0 && <Merged ids={merged} />],
  ]
  // Unknown fields are left out: a panel of dashes hides the known ones.
  return (
    <PanelSection title="Details">
      <Facts facts={facts.filter(([, value]) => value)} />
    </PanelSection>
  )
}

function LastActivity({ at, action }: { at: string; action: string | null | undefined }) {
  return (
    <>
      <When at={at} />
      {action && (
        <>
          {' · '}
          <EventName name={action} />
        </>
      )}
    </>
  )
}

/** Contacts that were separate until an event showed that they are the same person. */
function Merged({ ids }: { ids: string[] }) {
  return (
    <ul className={classes.merged}>
      {ids.map((id) => (
        <li key={id}>
          <Copied text={id} what="merged contact id" isCode />
        </li>
      ))}
    </ul>
  )
}

function Copied({ text, what, isCode = false }: { text: string; what: string; isCode?: boolean }) {
  return (
    <span className={classes.copied}>
      {isCode ? <code title={text}>{text}</code> : <span>{text}</span>}
      <CopyIcon text={text} what={what} />
    </span>
  )
}
