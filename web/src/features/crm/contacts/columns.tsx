// The columns of the list of contacts.
import type { Contact } from '../../../api/types'
import { ToneBadge } from '../../../ui/Badges'
import type { Column } from '../../../ui/DataTable'
import { EventName } from '../../../ui/EventName'
import { Num } from '../../../ui/Figures'
import { PersonLink } from '../../../ui/PersonLink'
import { Sums, When } from '../../../ui/When'
import classes from './Contacts.module.css'
import { contactLine, contactName, statusTone } from './model'

export const CONTACT_COLUMNS: Column<Contact>[] = [
  { key: 'name', header: 'Name', cell: (contact) => <Name contact={contact} />, small: 'title' },
  { key: 'status', header: 'Status', cell: (contact) => <StatusBadge status={contact.lead_status} />, small: 'line' },
  {
    key: 'score',
    header: 'Score',
    align: 'right',
    cell: (contact) => <ScoreBar score={contact.lead_score ?? null} />,
    small: 'figure',
  },
  {
    key: 'deal',
    header: 'Deal value',
    align: 'right',
    sort: 'estimated_deal_value',
    cell: (contact) => <Sums sums={contact.estimated_deal_value ? [contact.estimated_deal_value] : []} />,
  },
  {
    key: 'bookings',
    header: 'Bookings',
    align: 'right',
    sort: 'total_bookings',
    cell: (contact) => <Num value={contact.total_bookings} />,
  },
  {
    key: 'revenue',
    header: 'Revenue',
    align: 'right',
    sort: 'total_revenue',
    cell: (contact) => <Sums sums={contact.total_revenue} />,
  },
  {
    key: 'visits',
    header: 'Visits',
    align: 'right',
    sort: 'website_visits',
    cell: (contact) => <Num value={contact.website_visits} />,
    isExtra: true,
  },
  {
    key: 'activity',
    header: 'Last activity',
    align: 'right',
    sort: 'last_activity',
    cell: (contact) => <LastActivity contact={contact} />,
  },
  {
    key: 'created',
    header: 'Created',
    align: 'right',
    sort: 'created_at',
    cell: (contact) => <When at={contact.created_at} />,
    isExtra: true,
  },
]

function Name({ contact }: { contact: Contact }) {
  const line = contactLine(contact)
  return (
    <div className={classes.who}>
      <span className={classes.name}>
        <PersonLink personId={contact.id}>{contactName(contact)}</PersonLink>
      </span>
      {line && <span className={classes.line}>{line}</span>}
    </div>
  )
}

export function StatusBadge({ status }: { status: string }) {
  return <ToneBadge tone={statusTone(status)}>{status}</ToneBadge>
}

/** The score with a bar of its size; a dash where nothing has computed one. */
export function ScoreBar({ score }: { score: number | null }) {
  if (score === null) return '–'
  return (
    <span className={classes.score} title={`Lead score ${score} of 100`}>
      <span className={classes.scoreTrack} aria-hidden>
        <i style={{ width: `${score}%` }} />
      </span>
      {score}
    </span>
  )
}

function LastActivity({ contact }: { contact: Contact }) {
  if (!contact.last_activity) return '–'
  return (
    <>
      <When at={contact.last_activity} />
      {contact.last_action && (
        <span className={classes.line}>
          <EventName name={contact.last_action} />
        </span>
      )}
    </>
  )
}
