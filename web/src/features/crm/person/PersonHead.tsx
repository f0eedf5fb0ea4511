// The head of a person's page: name and status, the figures, and what can be done from here.
import { Button } from '@mantine/core'
import { IconPencil, IconShieldLock, IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRole } from '../../../api/useRole'
import { plural } from '../../../lib/format'
import { exactTime } from '../../../lib/locale'
import { Card } from '../../../ui/Card'
import { FigureStrip, type StripFigure } from '../../../ui/FigureStrip'
import { Num } from '../../../ui/Figures'
import { LinkButton } from '../../../ui/LinkButton'
import { Sums, When } from '../../../ui/When'
import { scoreQuery } from '../contacts/api'
import { ReachButtons, StatusMenu } from '../contacts/ContactActions'
import { ContactForm } from '../contacts/ContactForm'
import type { Person } from './api'
import { deviceName, mainUserId, personName, placeName, subjectOf } from './model'
import classes from './Person.module.css'

export function PersonHead({ projectId, person }: { projectId: string; person: Person }) {
  const [isEditing, setEditing] = useState(false)
  const { contact } = person
  return (
    <section className={classes.head} aria-label="Person">
      <div className={classes.who}>
        <IconUser size={28} stroke={1.4} className={classes.avatar} aria-hidden />
        <div className={classes.names}>
          <h2 className={classes.title}>{personName(person)}</h2>
          <p className={classes.summary}>
            {summaryOf(person).map((text) => (
              <span key={text}>{text}</span>
            ))}
            {person.last_seen_at && (
              <span title={exactTime(person.last_seen_at)}>
                <When at={person.last_seen_at} prefix="last seen " />
              </span>
            )}
          </p>
        </div>
        <div className={classes.links}>
          {contact && <StatusMenu projectId={projectId} contact={contact} />}
          {contact && <ReachButtons contact={contact} />}
          {contact && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPencil size={13} />}
              aria-expanded={isEditing}
              onClick={() => setEditing(!isEditing)}
            >
              Edit
            </Button>
          )}
          <DataButton projectId={projectId} person={person} />
        </div>
      </div>
      {contact && isEditing && (
        <Card title="Edit contact">
          <ContactForm projectId={projectId} contact={contact} onDone={() => setEditing(false)} />
        </Card>
      )}
      <Figures projectId={projectId} person={person} />
    </section>
  )
}

function summaryOf({ figures, contact, customers }: Person): string[] {
  const [device] = figures.devices
  const [place] = figures.places
  const address = contact?.email ?? customers[0]?.email
  return [address, contact?.phone, place && placeName(place), device && deviceName(device)].filter(
    (text): text is string => Boolean(text),
  )
}

/** To the export and erasure of this person, whose name goes along outside the address. */
function DataButton({ projectId, person }: { projectId: string; person: Person }) {
  const { may } = useRole(projectId)
  const subject = subjectOf(person)
  if (!may('admin') || subject === null) return null
  return (
    <LinkButton
      to="/p/$projectId/privacy"
      params={{ projectId }}
      state={{ subject }}
      variant="default"
      size="compact-sm"
      leftSection={<IconShieldLock size={13} />}
    >
      Export or erase
    </LinkButton>
  )
}

function Figures({ projectId, person }: { projectId: string; person: Person }) {
  const { contact, customers, figures } = person
  const userId = mainUserId(person)
  const score = useQuery({ ...scoreQuery(projectId, userId ?? ''), enabled: userId !== null, retry: false })
  const deal = contact?.estimated_deal_value
  const shown: (StripFigure | false)[] = [
    {
      key: 'score',
      name: 'Lead score',
      value: score.data?.score ?? contact?.lead_score ?? '–',
      note: 'of 100',
      help: 'How promising the person is now; its parts are explained beside the timeline.',
    },
    {
      key: 'sessions',
      name: 'Sessions',
      value: <Num value={figures.sessions} />,
      note: figures.recordings > 0 ? `${plural(figures.recordings, 'recording')}` : undefined,
      help: 'Sessions that name the person and are kept.',
    },
    {
      key: 'orders',
      name: 'Orders',
      value: <Num value={figures.orders.count} />,
      note: <Sums sums={figures.orders.amounts} none="no amount" />,
      help: 'Orders and their amounts; other currencies are shown on hover.',
    },
    {
      key: 'bookings',
      name: 'Bookings',
      value: <Num value={figures.bookings.count} />,
      note: <Sums sums={figures.bookings.amounts} none="no amount" />,
      help: 'Completed bookings and their amounts; other currencies are shown on hover.',
    },
    deal != null && {
      key: 'deal',
      name: 'Deal value',
      value: <Sums sums={[deal]} />,
      help: 'Value of the booking in progress.',
    },
    figures.calls > 0 && {
      key: 'calls',
      name: 'Calls',
      value: <Num value={figures.calls} />,
      help: 'Calls made in sessions of the person.',
    },
    customers.some(({ total_reviews: reviews }) => reviews > 0) && {
      key: 'reviews',
      name: 'Reviews',
      value: <Num value={customers.reduce((sum, { total_reviews: reviews }) => sum + reviews, 0)} />,
      help: 'Reviews the person wrote.',
    },
  ]
  return (
    <FigureStrip
      label="Figures of the person"
      figures={shown.filter((figure): figure is StripFigure => figure !== false)}
    />
  )
}
