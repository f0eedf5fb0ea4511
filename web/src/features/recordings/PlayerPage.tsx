// A recording: its player, what is known of the visit, and the recordings of the same visitor before and after it.

import { IconChevronLeft, IconChevronRight, IconVideoOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useCallback, useState } from 'react'
import { Problem } from '../../api/problem'
import { useRole } from '../../api/useRole'
import { duration } from '../../lib/format'
import { Card } from '../../ui/Card'
import { CopyIcon } from '../../ui/Copy'
import { Time } from '../../ui/Figures'
import { LinkButton } from '../../ui/LinkButton'
import { NeedsRole } from '../../ui/NeedsRole'
import { Empty } from '../../ui/States'
import { neighboursQuery, type Recording, recordingQuery } from './api'
import { clock, pathOf, shortId } from './model'
import { RecordingPlayer } from './RecordingPlayer'
import classes from './Recordings.module.css'
import { parseFriction } from './search'

const route = getRouteApi('/p/$projectId/recordings/$recordingId')

export function RecordingPage() {
  const { projectId, recordingId } = route.useParams()
  const { role, may } = useRole(projectId)
  if (role === undefined) return null
  if (!may('analyst')) {
    return (
      <Card title="Recording">
        <NeedsRole what="Recordings" needed="analyst" role={role} />
      </Card>
    )
  }
  return <Opened key={recordingId} projectId={projectId} recordingId={recordingId} />
}

function Opened({ projectId, recordingId }: { projectId: string; recordingId: string }) {
  const search = route.useSearch()
  const { t } = search
  const { data, error } = useQuery(recordingQuery(projectId, recordingId))
  const [second, setSecond] = useState(t ?? 0)
  const onTime = useCallback((ms: number) => setSecond(Math.floor(ms / 1_000)), [])
  if (error instanceof Problem && error.status === 404) {
    return (
      <Card title="Recording">
        <Empty
          icon={IconVideoOff}
          title="Recording not found"
          action={
            <LinkButton to="/p/$projectId/recordings" params={{ projectId }} variant="default">
              Show all recordings
            </LinkButton>
          }
        >
          It may be older than the retention period, erased, or belong to another project.
        </Empty>
      </Card>
    )
  }
  return (
    <div className={classes.page}>
      {data && <Head projectId={projectId} recording={data.recording} second={second} />}
      <RecordingPlayer
        projectId={projectId}
        recordingId={recordingId}
        startAtMs={(t ?? 0) * 1_000}
        onTime={onTime}
        hasList
        followed={parseFriction(search)}
      />
    </div>
  )
}

function Head({ projectId, recording, second }: { projectId: string; recording: Recording; second: number }) {
  const { visitor_id, user_id, session_id, page_url } = recording
  const link = `${window.location.origin}/p/${projectId}/recordings/${recording.id}${second > 0 ? `?t=${second}` : ''}`
  return (
    <header className={classes.head}>
      <dl className={classes.facts}>
        <Fact name="Page">{page_url ? pathOf(page_url) : 'Unknown'}</Fact>
        <Fact name="Started">
          <Time at={recording.started_at} />
        </Fact>
        <Fact name="Duration">{duration(recording.duration_seconds * 1_000)}</Fact>
        {user_id ? (
          <Fact name="Customer">
            <Link
              to="/p/$projectId/people/$personId"
              params={{ projectId, personId: user_id }}
              className={classes.link}
            >
              {user_id}
            </Link>
          </Fact>
        ) : (
          visitor_id && <Fact name="Visitor">{shortId(visitor_id)}</Fact>
        )}
        <Fact name="Session">
          <Link
            to="/p/$projectId/sessions/$sessionId"
            params={{ projectId, sessionId: session_id }}
            className={classes.link}
          >
            {shortId(session_id)}
          </Link>
        </Fact>
      </dl>
      <div className={classes.actions}>
        <span className={classes.moment}>
          Link to {clock(second * 1_000)}
          <CopyIcon text={link} what="link to this moment" />
        </span>
        <Neighbours projectId={projectId} recording={recording} />
      </div>
    </header>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Neighbours({ projectId, recording }: { projectId: string; recording: Recording }) {
  const { data } = useQuery(neighboursQuery(projectId, recording))
  const all = data?.recordings ?? []
  const at = all.findIndex(({ id }) => id === recording.id)
  // The latest comes first.
  const [before, after] = at < 0 ? [undefined, undefined] : [all[at + 1], all[at - 1]]
  return (
    <span className={classes.neighbours}>
      <Neighbour projectId={projectId} id={before?.id} label="Previous of this visitor" isBefore />
      <Neighbour projectId={projectId} id={after?.id} label="Next of this visitor" />
    </span>
  )
}

function Neighbour({
  projectId,
  id,
  label,
  isBefore = false,
}: {
  projectId: string
  id: string | undefined
  label: string
  isBefore?: boolean
}) {
  const icon = isBefore
    ? { leftSection: <IconChevronLeft size={14} /> }
    : { rightSection: <IconChevronRight size={14} /> }
  const text = isBefore ? 'Previous' : 'Next'
  return (
    <LinkButton
      to="/p/$projectId/recordings/$recordingId"
      params={{ projectId, recordingId: id ?? '' }}
      variant="default"
      size="compact-sm"
      aria-label={label}
      disabled={id === undefined}
      {...icon}
    >
      {text}
    </LinkButton>
  )
}
