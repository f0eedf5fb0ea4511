// The latest sessions of a customer: when, how long, where and on what, and why each ended.
import type { Customer, CustomerSession } from '../../api/types'
import { ToneBadge } from '../../ui/Badges'
import { PanelSection } from '../../ui/SidePanel'
import { When } from '../../ui/When'
import { endText, lengthText, pathOf, sessionDevice } from './model'
import classes from './Customers.module.css'

export function Sessions({ customer }: { customer: Customer }) {
  const { sessions, total_sessions: total } = customer
  const title = total > sessions.length ? `Latest ${sessions.length} of ${total} sessions` : 'Sessions'
  return (
    <PanelSection title={sessions.length === 0 ? 'Sessions' : title}>
      {sessions.length === 0 ? (
        <p className={classes.muted}>No session names this customer, or they are older than sessions are kept.</p>
      ) : (
        <ol className={classes.sessions}>
          {sessions.map((session) => (
            <SessionRow key={session.session_id} session={session} />
          ))}
        </ol>
      )}
    </PanelSection>
  )
}

function SessionRow({ session }: { session: CustomerSession }) {
  const isActive = session.status === 'active'
  const where = [session.location, session.ip_address].filter(Boolean).join(' · ')
  return (
    <li title={`Session ${session.session_id}`}>
      <span className={classes.sessionHead}>
        <b>
          <When at={session.started_at} />
        </b>
        <span>{lengthText(session)}</span>
        <ToneBadge tone={isActive ? 'good' : 'plain'}>{endText(session)}</ToneBadge>
      </span>
      {session.entry_page && <span className={classes.entry}>Began on {pathOf(session.entry_page)}</span>}
      <span className={classes.entry}>{[sessionDevice(session), where].filter(Boolean).join(' · ')}</span>
    </li>
  )
}
