// The latest visits of a person: their pages, what went wrong, and the recording.

import { IconPlayerPlayFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { duration } from '../../../lib/format'
import { kindLabel } from '../../../lib/words'
import { Card } from '../../../ui/Card'
import { type Column, DataTable } from '../../../ui/DataTable'
import { Num, Time } from '../../../ui/Figures'
import { LinkButton } from '../../../ui/LinkButton'
import { Result } from '../../../ui/Result'
import { SessionLink } from '../../../ui/SessionLink'
import { RowsSkeleton } from '../../../ui/States'
import { type VisitRow, visitsQuery } from './api'
import { deviceName, placeName } from './model'
import classes from './Person.module.css'

export function VisitList({ projectId, userId }: { projectId: string; userId: string | null }) {
  const visits = useQuery({ ...visitsQuery(projectId, userId ?? ''), enabled: userId !== null })
  const all = userId !== null && (
    <LinkButton
      to="/p/$projectId/sessions"
      params={{ projectId }}
      search={{ period: '90d', user_id: userId }}
      variant="subtle"
      size="compact-sm"
    >
      Filter these sessions
    </LinkButton>
  )
  return (
    <Card title="Sessions" note="last 90 days" help="Sessions with an event that names the person." flush actions={all}>
      {userId === null ? (
        <p className={classes.none}>
          The person is known by e-mail address only. Sessions name people by their user id.
        </p>
      ) : (
        <Result what="The sessions" question={visits} skeleton={<RowsSkeleton rows={6} />}>
          {({ sessions, total }) =>
            sessions.length === 0 ? (
              <p className={classes.none}>No sessions in the last 90 days.</p>
            ) : (
              <>
                <DataTable
                  label="Sessions of the person"
                  columns={COLUMNS(projectId)}
                  rows={sessions}
                  rowKey={({ session_id: id }) => id}
                />
                {total > sessions.length && (
                  <p className={classes.none}>
                    The latest {sessions.length} of {total}.
                  </p>
                )}
              </>
            )
          }
        </Result>
      )}
    </Card>
  )
}

const COLUMNS = (projectId: string): Column<VisitRow>[] => [
  {
    key: 'started',
    header: 'Started',
    cell: ({ session_id: id, started_at: at }) => (
      <SessionLink sessionId={id}>
        <Time at={at} />
      </SessionLink>
    ),
    small: 'title',
  },
  {
    key: 'pages',
    header: 'Pages',
    cell: ({ paths }) => (
      <span className={classes.paths} title={paths.join(' → ')}>
        {paths.length > 0 ? paths.join(' → ') : '–'}
      </span>
    ),
    small: 'line',
  },
  {
    key: 'duration',
    header: 'Duration',
    align: 'right',
    cell: ({ duration_seconds: seconds }) => duration(seconds * 1_000),
    small: 'figure',
  },
  { key: 'friction', header: 'Friction', cell: (visit) => <Friction visit={visit} /> },
  {
    key: 'device',
    header: 'Device and place',
    cell: (visit) => (
      <span className={classes.device}>{[deviceName(visit), placeName(visit)].filter(Boolean).join(' · ') || '–'}</span>
    ),
    isExtra: true,
    small: 'fact',
  },
  {
    key: 'recording',
    header: 'Recording',
    cell: ({ recording_id: id }) =>
      id ? (
        <Link
          className={classes.watch}
          to="/p/$projectId/recordings/$recordingId"
          params={{ projectId, recordingId: id }}
        >
          <IconPlayerPlayFilled size={11} aria-hidden /> Watch
        </Link>
      ) : (
        '–'
      ),
  },
]

function Friction({ visit: { friction, friction_kinds: kinds } }: { visit: VisitRow }) {
  if (friction === 0) return <span className={classes.muted}>0</span>
  return (
    <span title={kinds.map(kindLabel).join(', ')}>
      <b className={classes.bad}>
        <Num value={friction} />
      </b>{' '}
      <span className={classes.muted}>
        {kinds.slice(0, 1).map(kindLabel)}
        {kinds.length > 1 && ` +${kinds.length - 1}`}
      </span>
    </span>
  )
}
