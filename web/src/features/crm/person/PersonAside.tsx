// Beside the timeline: what is to be done, notes, why the score is what it is, and what the person is known by.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { plural } from '../../../lib/format'
import { Card } from '../../../ui/Card'
import { CopyIcon } from '../../../ui/Copy'
import { Facts, PanelSection } from '../../../ui/SidePanel'
import { When } from '../../../ui/When'
import { scoreQuery } from '../contacts/api'
import { Interests } from '../contacts/Interests'
import { ScoreSection } from '../contacts/ScoreSection'
import { ContactTasks } from '../tasks/ContactTasks'
import { consentQuery, type Person } from './api'
import { consentText, deviceName, mainUserId, placeName } from './model'
import { Notes } from './Notes'
import classes from './Person.module.css'

type Props = { projectId: string; personId: string; person: Person }

export function PersonAside({ projectId, personId, person }: Props) {
  const { contact } = person
  const userId = mainUserId(person)
  const score = useQuery({ ...scoreQuery(projectId, userId ?? ''), enabled: userId !== null, retry: false })
  return (
    <aside className={classes.aside} aria-label="About the person">
      <Card title="To do and notes" flush>
        <div className={classes.sections}>
          {contact && <ContactTasks projectId={projectId} contactId={contact.id} withDone />}
          <Notes projectId={projectId} personId={personId} />
        </div>
      </Card>
      <Card title="About" flush>
        <div className={classes.sections}>
          <Identity projectId={projectId} person={person} />
          {userId !== null && <ScoreSection projectId={projectId} score={score} before={contact?.lead_score ?? null} />}
          {contact && <Interests projectId={projectId} contactId={contact.id} />}
        </div>
      </Card>
    </aside>
  )
}

function Identity({ projectId, person }: { projectId: string; person: Person }) {
  const { contact, customers, user_ids: userIds, emails, visitor_ids: visitors, figures } = person
  const consent = useQuery(consentQuery(projectId))
  const registered = customers.find(({ registered_at: at }) => at)?.registered_at
  const facts: [string, ReactNode][] = [
    ['E-mail', emails.length > 0 && <Copies texts={emails} what="e-mail" />],
    ['Phone', contact?.phone && <Copies texts={[contact.phone]} what="phone number" />],
    ['User id', userIds.length > 0 && <Copies texts={userIds} what="user id" isCode />],
    ['Contact id', contact && <Copies texts={[contact.id]} what="contact id" isCode />],
    ['First seen', person.first_seen_at && <When at={person.first_seen_at} />],
    ['Last seen', person.last_seen_at && <When at={person.last_seen_at} />],
    ['Registered', registered && <When at={registered} />],
    ['Lead source', contact?.lead_source],
    [
      'Devices',
      figures.devices.length > 0 && (
        <Shares shares={figures.devices.map((share) => [deviceName(share), share.sessions])} />
      ),
    ],
    [
      'Places',
      figures.places.length > 0 && (
        <Shares shares={figures.places.map((share) => [placeName(share), share.sessions])} />
      ),
    ],
    ['Browsers', visitors.length > 0 && `${plural(visitors.length, 'visitor id')}`],
    ['Consent', consent.data && consentText(consent.data)],
  ]
  return (
    <PanelSection title="Known by">
      <Facts facts={facts.filter(([, value]) => value)} />
    </PanelSection>
  )
}

function Copies({ texts, what, isCode = false }: { texts: string[]; what: string; isCode?: boolean }) {
  return (
    <span className={classes.copies}>
      {texts.map((text) => (
        <span key={text} className={classes.copied}>
          {isCode ? <code title={text}>{text}</code> : <span title={text}>{text}</span>}
          <CopyIcon text={text} what={what} />
        </span>
      ))}
    </span>
  )
}

function Shares({ shares }: { shares: (readonly [string, number])[] }) {
  return (
    <ul className={classes.shares}>
      {shares.map(([name, sessions]) => (
        <li key={name}>
          {name} <span className={classes.muted}>{plural(sessions, 'session')}</span>
        </li>
      ))}
    </ul>
  )
}
