// The columns of the list of sessions.
import { IconPlayerPlayFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { timeOfDay } from '../../lib/locale'
import { kindLabel } from '../../lib/words'
import { SeverityBadge } from '../../ui/Badges'
import type { Column } from '../../ui/DataTable'
import { Num, Time } from '../../ui/Figures'
import { PersonLink } from '../../ui/PersonLink'
import type { Session } from './api'
import { browserText, lengthText, placeText, type SessionsSearch, sourceOf, whoText } from './model'
import { PathStrip } from './PathStrip'
import classes from './Sessions.module.css'

const KINDS_SHOWN = 1

/** The list's own address goes along, so that the session's page can lead back. */
export function sessionColumns(projectId: string, search: SessionsSearch): Column<Session>[] {
  return [
    {
      key: 'started',
      header: 'Started',
      width: '112px',
      sort: 'latest',
      cell: (session) => <Started projectId={projectId} search={search} session={session} />,
      small: 'title',
    },
    { key: 'who', header: 'Who', cell: (session) => <Who session={session} />, small: 'line' },
    { key: 'paths', header: 'Path', cell: (session) => <PathStrip session={session} />, small: 'line' },
    {
      key: 'duration',
      header: 'Duration',
      align: 'right',
      sort: 'longest',
      cell: (session) => <Length session={session} />,
      small: 'figure',
    },
    {
      key: 'pages',
      header: 'Pages',
      align: 'right',
      sort: 'pages',
      cell: (session) => <Num value={session.page_views} />,
    },
    { key: 'friction', header: 'Friction', sort: 'friction', cell: (session) => <Friction session={session} /> },
    {
      key: 'errors',
      header: 'Errors',
      align: 'right',
      cell: (session) =>
        session.errors > 0 ? (
          <b className={classes.errors}>
            <Num value={session.errors} />
          </b>
        ) : (
          <span className={classes.muted}>0</span>
        ),
    },
    { key: 'device', header: 'Device', cell: (session) => <Device session={session} />, isExtra: true, small: 'fact' },
    { key: 'source', header: 'Source', cell: (session) => <Source session={session} />, isExtra: true, small: 'fact' },
  ]
}

function Started({ projectId, search, session }: { projectId: string; search: SessionsSearch; session: Session }) {
  const isToday = Date.now() - Date.parse(session.started_at) < 86_400_000
  return (
    <Link
      className={classes.started}
      to="/p/$projectId/sessions/$sessionId"
      params={{ projectId, sessionId: session.session_id }}
      search={search}
      onClick={(event) => event.stopPropagation()}
    >
      <Time at={session.started_at} />
      {isToday && <span className={classes.line}>{timeOfDay(session.started_at)}</span>}
    </Link>
  )
}

function Who({ session }: { session: Session }) {
  return (
    <span className={classes.who}>
      <span
        className={classes.name}
        title={session.user_id ?? session.visitor_id ?? undefined}
        data-known={session.user_id != null || undefined}
      >
        {session.user_id ? <PersonLink personId={session.user_id}>{whoText(session)}</PersonLink> : whoText(session)}
        {session.bot && <span className={classes.bot}>bot</span>}
      </span>
      {placeText(session) && <span className={classes.line}>{placeText(session)}</span>}
    </span>
  )
}

function Friction({ session }: { session: Session }) {
  const { friction, friction_kinds: kinds } = session
  if (friction === 0) return <span className={classes.muted}>0</span>
  return (
    <span className={classes.friction} title={`${friction} in all: ${kinds.map(kindLabel).join(', ')}`}>
      <b>
        <Num value={friction} />
      </b>
      {kinds.slice(0, KINDS_SHOWN).map((kind) => (
        <SeverityBadge key={kind} kind={kind} />
      ))}
      {kinds.length > KINDS_SHOWN && <span className={classes.muted}>+{kinds.length - KINDS_SHOWN}</span>}
    </span>
  )
}

function Device({ session }: { session: Session }) {
  return (
    <span className={classes.stack}>
      {browserText(session) || '–'}
      {session.device && <span className={classes.line}>{session.device}</span>}
    </span>
  )
}

function Source({ session }: { session: Session }) {
  const { name, detail } = sourceOf(session)
  return (
    <span className={classes.stack} title={[name, detail].filter(Boolean).join(' · ')}>
      {name}
      {detail && <span className={classes.line}>{detail}</span>}
    </span>
  )
}

/** With a mark where it was recorded. */
function Length({ session }: { session: Session }) {
  return (
    <span className={classes.length}>
      {session.recording_id && (
        <span className={classes.play} role="img" aria-label="Recorded" title="Recorded">
          <IconPlayerPlayFilled size={10} aria-hidden />
        </span>
      )}
      {lengthText(session.duration_seconds)}
    </span>
  )
}
