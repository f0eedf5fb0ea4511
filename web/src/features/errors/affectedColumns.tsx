// The columns of the sessions and people that an error hit.

import { IconPlayerPlayFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { countryName } from '../../lib/countries'
import { shortId } from '../../lib/ids'
import type { Column } from '../../ui/DataTable'
import { Num, Time } from '../../ui/Figures'
import { Path } from '../../ui/Path'
import { SessionLink } from '../../ui/SessionLink'
import type { ErrorPerson, ErrorSession } from './api'
import classes from './Errors.module.css'

type Sender = Pick<ErrorSession, 'visitor_id' | 'user_id' | 'browser' | 'os' | 'device' | 'country'>

export function sessionColumns(projectId: string): Column<ErrorSession>[] {
  return [
    {
      key: 'at',
      header: 'First occurrence',
      cell: (row) => (
        <SessionLink sessionId={row.session_id}>
          <Time at={row.occurred_at} />
        </SessionLink>
      ),
      small: 'title',
    },
    { key: 'who', header: 'Visitor', cell: (row) => <Who projectId={projectId} sender={row} /> },
    { key: 'page', header: 'Page', cell: (row) => (row.path ? <Path path={row.path} /> : '–'), small: 'line' },
    { key: 'with', header: 'With', cell: (row) => withText(row) },
    { key: 'country', header: 'Country', cell: (row) => (row.country ? countryName(row.country) : '–'), isExtra: true },
    { key: 'count', header: 'Occurrences', align: 'right', cell: (row) => <Num value={row.count} />, small: 'figure' },
    {
      key: 'recording',
      header: 'Recording',
      align: 'right',
      cell: (row) => <Recording projectId={projectId} row={row} />,
      isKnown: (row) => row.recording_id != null,
      small: 'fact',
    },
  ]
}

export function personColumns(projectId: string): Column<ErrorPerson>[] {
  return [
    { key: 'who', header: 'Visitor', cell: (row) => <Who projectId={projectId} sender={row} />, small: 'title' },
    { key: 'count', header: 'Occurrences', align: 'right', cell: (row) => <Num value={row.count} />, small: 'figure' },
    { key: 'sessions', header: 'Sessions', align: 'right', cell: (row) => <Num value={row.sessions} /> },
    { key: 'with', header: 'With', cell: (row) => withText(row) },
    { key: 'country', header: 'Country', cell: (row) => (row.country ? countryName(row.country) : '–'), isExtra: true },
    { key: 'first', header: 'First met', align: 'right', cell: (row) => <Time at={row.first_seen} />, isExtra: true },
    { key: 'last', header: 'Last met', align: 'right', cell: (row) => <Time at={row.last_seen} /> },
  ]
}

function withText({ browser, os, device }: Sender): string {
  return [browser, os, device].filter(Boolean).join(' · ') || '–'
}

/** The customer where one is known, else the visitor. */
function Who({ projectId, sender }: { projectId: string; sender: Sender }) {
  const { user_id: userId, visitor_id: visitorId } = sender
  if (userId) {
    return (
      <Link
        className={classes.link}
        to="/p/$projectId/customers"
        params={{ projectId }}
        search={{ open: userId }}
        title={`Customer ${userId}`}
        onClick={(event) => event.stopPropagation()}
      >
        {userId}
      </Link>
    )
  }
  return <span title={visitorId ?? undefined}>{visitorId ? `Visitor ${shortId(visitorId)}` : 'Unknown visitor'}</span>
}

/** The recording, a few seconds before it happened. */
function Recording({ projectId, row }: { projectId: string; row: ErrorSession }) {
  if (row.recording_id == null) return '–'
  const seconds = Math.max(0, (row.recording_seconds ?? 0) - 3)
  return (
    <Link
      className={classes.watch}
      to="/p/$projectId/recordings/$recordingId"
      params={{ projectId, recordingId: row.recording_id }}
      search={seconds > 0 ? { t: seconds } : {}}
      onClick={(event) => event.stopPropagation()}
    >
      <IconPlayerPlayFilled size={12} aria-hidden /> Watch
    </Link>
  )
}
