// Everything known of a session, in names and values.
import type { ReactNode } from 'react'
import { absoluteTime } from '../../lib/time'
import { Card } from '../../ui/Card'
import { CopyIcon } from '../../ui/Copy'
import { Path } from '../../ui/Path'
import { Facts } from '../../ui/SidePanel'
import type { Session } from './api'
import { browserText, placeText } from './model'
import classes from './Session.module.css'

export function Details({ session }: { session: Session }) {
  const known: [string, ReactNode][] = [
    ['Started', absoluteTime(session.started_at)],
    ['Last event', absoluteTime(session.last_event_at)],
    ['Device', [browserText(session), session.device].filter(Boolean).join(', ')],
    ['Place', placeText(session)],
    ['Referrer', session.referrer],
    ['UTM source', session.utm_source],
    ['UTM medium', session.utm_medium],
    ['UTM campaign', session.utm_campaign],
    ['Entry page', session.entry_path && <Path path={session.entry_path} />],
    ['Exit page', session.exit_path && <Path path={session.exit_path} />],
    ['User id', session.user_id && <Copied text={session.user_id} what="user id" />],
    ['Visitor id', session.visitor_id && <Copied text={session.visitor_id} what="visitor id" />],
    ['Session id', <Copied text={session.session_id} what="session id" />],
    ['Bot', session.bot],
  ]
  return (
    <Card
      title="Details"
      help="Where the visit came from and what it was made with. The place is found by the network address, which is not stored."
    >
      <Facts facts={known.filter(([, value]) => value)} />
    </Card>
  )
}

function Copied({ text, what }: { text: string; what: string }) {
  return (
    <span className={classes.copied}>
      <code>{text}</code>
      <CopyIcon text={text} what={what} />
    </span>
  )
}
