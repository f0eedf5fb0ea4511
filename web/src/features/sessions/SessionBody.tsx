// The parts of a session's page, and what they share: the event that is open, and the moment the recording is at.
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { SessionDetail } from './api'
import { Details } from './Details'
import type { SessionParts } from './parts'
import { Recording, type Seek } from './Recording'
import classes from './Session.module.css'
import { SessionHead } from './SessionHead'
import { Timeline } from './Timeline'
import { currentRow, hiddenOf, pageVisits, placeIn, rowsOf, withShown } from './timeline'
import { useSessionEvents } from './useSessionEvents'
import { VisitStrip } from './VisitStrip'

const route = getRouteApi('/p/$projectId/sessions/$sessionId')

type Props = { projectId: string; detail: SessionDetail; parts: SessionParts }

export function SessionBody({ projectId, detail, parts }: Props) {
  const { session } = detail
  const recordings = useMemo(
    () => [...detail.recordings].sort((a, b) => Date.parse(a.started_at) - Date.parse(b.started_at)),
    [detail],
  )
  const { EventPanel, RecordingPlayer } = parts
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { question, events, isWhole } = useSessionEvents(projectId, session.session_id)
  const [seek, setSeek] = useState<Seek | null>(null)
  const [currentId, setCurrentId] = useState<string | null>(null)
  const recording = useRef<HTMLDivElement>(null)

  const { hide, open } = search
  const visits = useMemo(() => pageVisits(events, isWhole), [events, isWhole])
  const hidden = useMemo(() => hiddenOf(hide), [hide])
  const groups = useMemo(() => visits.map((visit) => ({ visit, rows: rowsOf(visit.events, hidden) })), [visits, hidden])
  const rows = useMemo(() => groups.flatMap((group) => group.rows), [groups])
  const opened = open === undefined ? undefined : events.find(({ id }) => id === open)

  const show = useCallback(
    (id: string | undefined) =>
      void navigate({
        search: ({ open: before, ...rest }) => (id === undefined ? rest : { ...rest, open: id }),
        resetScroll: false,
        replace: id !== undefined && open !== undefined,
      }),
    [navigate, open],
  )
  const close = useCallback(() => show(undefined), [show])
  const playFrom = useCallback(
    (atMs: number) => {
      const place = placeIn(recordings, atMs)
      if (!place) return false
      setSeek((last) => ({ ...place, nth: (last?.nth ?? 0) + 1 }))
      recording.current?.scrollIntoView({ block: 'nearest' })
      return true
    },
    [recordings],
  )
  const onTime = useCallback((atMs: number) => setCurrentId(currentRow(rows, atMs)), [rows])

  return (
    <>
      <SessionHead projectId={projectId} session={session} />
      <VisitStrip visits={visits} startMs={Date.parse(session.started_at)} isPending={question.isPending} />
      <div className={classes.columns}>
        <Timeline
          projectId={projectId}
          sessionId={session.session_id}
          startMs={Date.parse(session.started_at)}
          question={question}
          events={events}
          total={session.events}
          groups={groups}
          hidden={hidden}
          currentId={currentId}
          openId={open}
          onShow={(group, isShown) =>
            void navigate({ search: withShown(search, group, isShown), resetScroll: false, replace: true })
          }
          onOpen={show}
          playFrom={playFrom}
        />
        <aside className={classes.aside} aria-label="Recording and details">
          {recordings.length > 0 && (
            <div ref={recording} className={classes.recording}>
              <Recording
                projectId={projectId}
                recordings={recordings}
                seek={seek}
                Player={RecordingPlayer}
                onPlay={(id) => setSeek((last) => ({ id, startAtMs: 0, nth: (last?.nth ?? 0) + 1 }))}
                onTime={onTime}
              />
            </div>
          )}
          <div className={classes.details}>
            <Details session={session} />
          </div>
        </aside>
      </div>
      {opened && <EventPanel event={opened} onClose={close} />}
    </>
  )
}
