// The player of a recording: the replay in its frame, the bar with its marks, the controls, and the keyboard.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Result } from '../../ui/Result'
import { BlockSkeleton } from '../../ui/States'
import { type RecordingDetail, recordingQuery, sessionEventsQuery } from './api'
import { Beside } from './Beside'
import { Controls } from './Controls'
import { barMarks, placed } from './entryView'
import { frictionAt } from './friction'
import { MomentList } from './MomentList'
import { boundText, isMarked, isOngoing, missingParts, missingText, momentsOf, neighbour, speedAfter } from './model'
import { NextVisit } from './NextVisit'
import classes from './Player.module.css'
import { SeekBar } from './SeekBar'
import { Stage } from './Stage'
import type { Friction } from './search'
import { useNextVisit } from './useNextVisit'
import { usePlayerKeys } from './usePlayerKeys'
import { useReplay } from './useReplay'

export type RecordingPlayerProps = {
  projectId: string
  recordingId: string
  /** Where it begins, in milliseconds since the start of the recording. */
  startAtMs?: number | undefined
  /** Called as it plays, with milliseconds since the start of the recording. */
  onTime?: ((ms: number) => void) | undefined
  /** With the list of the session's events beside it, unless the page shows them itself. */
  hasList?: boolean
  /** The friction that is followed from visit to visit; without it, the one that the replay has reached. */
  followed?: Friction | undefined
}

export function RecordingPlayer(props: RecordingPlayerProps) {
  const [restart, setRestart] = useState<{ nth: number; atMs: number }>()
  const onRestart = useCallback((atMs: number) => setRestart((before) => ({ nth: (before?.nth ?? 0) + 1, atMs })), [])
  const detail = useQuery(recordingQuery(props.projectId, props.recordingId))
  return (
    <Result what="The recording" question={detail} skeleton={<BlockSkeleton height={480} />} isFramed>
      {(data) => (
        <Player
          key={`${props.recordingId} ${restart?.nth ?? 0}`}
          detail={data}
          {...props}
          startAtMs={restart?.atMs ?? props.startAtMs}
          onRestart={onRestart}
        />
      )}
    </Result>
  )
}

function Player({
  projectId,
  recordingId,
  detail,
  startAtMs = 0,
  onTime,
  hasList = false,
  followed,
  onRestart,
}: RecordingPlayerProps & { detail: RecordingDetail; onRestart: (atMs: number) => void }) {
  const { recording, chunks } = detail
  const frame = useRef<HTMLIFrameElement>(null)
  const player = useRef<HTMLDivElement>(null)
  const reached = useRef(startAtMs)
  const onLatePart = useCallback(() => onRestart(reached.current), [onRestart])
  const {
    loaded,
    state,
    size,
    parts,
    entries,
    isTooLarge,
    unread,
    failure,
    retry,
    seek: seekTo,
    send,
  } = useReplay(frame, { projectId, recordingId, onLatePart })
  const [speed, setSpeed] = useState(1)
  const [skips, setSkips] = useState(true)
  const goesOn = isOngoing(recording, Date.now())
  const events = useInfiniteQuery(sessionEventsQuery(projectId, recording.session_id, goesOn))
  const rows = useMemo(() => events.data?.pages.flatMap((page) => page.events) ?? [], [events.data])

  // The first event by the server's clock; before it is there, the start that the server noted.
  const startedAt =
    loaded?.startedAt == null ? Date.parse(recording.started_at) : loaded.startedAt + recording.clock_offset_ms
  const length = Math.max(loaded?.ms ?? 0, Math.min(recording.duration_seconds * 1_000, 48 * 3_600_000))
  const moments = useMemo(() => momentsOf(rows, startedAt, length), [rows, startedAt, length])
  const marks = useMemo(() => moments.filter(isMarked), [moments])
  const began = loaded?.startedAt
  const lines = useMemo(() => placed(entries.console, began, length), [entries.console, began, length])
  const requests = useMemo(() => placed(entries.requests, began, length), [entries.requests, began, length])
  const onBar = useMemo(() => barMarks(marks, [...lines, ...requests], length), [marks, lines, requests, length])

  const search = useNextVisit(projectId)
  const { go, clear } = search
  const visitBegan = rows[0]?.occurred_at ?? recording.started_at
  const goNext = useCallback(
    (friction: Friction) => go({ friction, place: { session_id: recording.session_id, started_at: visitBegan } }),
    [go, recording.session_id, visitBegan],
  )

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = events
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && rows.length < 5_000) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, rows.length])

  // A link to a moment waits until so much has come.
  const target = useRef<number | undefined>(startAtMs)
  const friction = hasList
    ? (search.wanted?.friction ?? followed ?? frictionAt(marks, target.current ?? state.ms))
    : undefined
  const isShown = loaded?.isShown ?? false
  const here = loaded?.ms ?? 0
  const isComplete = parts >= chunks.length || isTooLarge
  const seek = useCallback(
    (ms: number) => {
      target.current = ms > here && !isComplete ? ms : undefined
      clear()
      seekTo(ms)
    },
    [seekTo, here, isComplete, clear],
  )
  const hasBegun = useRef(false)
  useEffect(() => {
    if (!isShown || target.current === undefined) return
    seekTo(target.current)
    if (here < target.current && !isComplete) return
    target.current = undefined
    if (!hasBegun.current) send({ type: 'play' })
    hasBegun.current = true
  }, [isShown, here, isComplete, seekTo, send])
  const asked = useRef(startAtMs)
  useEffect(() => {
    if (asked.current !== startAtMs) seek(startAtMs)
    asked.current = startAtMs
  }, [startAtMs, seek])
  useEffect(() => send({ type: 'speed', speed }), [speed, send])
  useEffect(() => send({ type: 'skip', isOn: skips }), [skips, send])
  useEffect(() => {
    reached.current = state.ms
    onTime?.(state.ms)
  }, [onTime, state.ms])

  const toggle = useCallback(() => send({ type: state.isPlaying ? 'pause' : 'play' }), [send, state.isPlaying])
  const step = useCallback((by: number) => seek(Math.min(Math.max(0, state.ms + by), length)), [seek, state.ms, length])
  const jump = useCallback(
    (direction: 1 | -1) => {
      const found = neighbour(onBar, state.ms, direction)
      if (found) seek(found.ms)
    },
    [onBar, seek, state.ms],
  )
  const fullScreen = useCallback(
    () => void (document.fullscreenElement ? document.exitFullscreen() : player.current?.requestFullscreen()),
    [],
  )
  usePlayerKeys({
    toggle,
    step,
    jump,
    nextVisit: friction && (() => goNext(friction)),
    fullScreen,
    faster: () => setSpeed((at) => speedAfter(at, 1)),
    slower: () => setSpeed((at) => speedAfter(at, -1)),
  })

  const missing = [...missingParts(chunks), ...unread].sort((a, b) => a - b)
  const notes = [
    ...(missing.length > 0 ? [`${missingText(missing)}. The page may look incomplete after the gap.`] : []),
    ...(loaded?.bounds ?? []).map(boundText),
    ...(isTooLarge ? [boundText('bytes')] : []),
    ...(isComplete && loaded && !loaded.isShown ? ['The recording has no picture of the page yet.'] : []),
  ]

  return (
    <div className={classes.layout} data-list={hasList || undefined}>
      <div ref={player} className={classes.player}>
        <Stage
          frame={frame}
          size={size}
          state={state}
          isShown={isShown}
          goesOn={goesOn}
          failure={failure}
          onRetry={retry}
          onToggle={toggle}
        />
        <SeekBar
          ms={state.ms}
          length={length}
          here={here}
          marks={onBar}
          inactivity={skips ? (loaded?.inactivity ?? []) : []}
          onSeek={seek}
        />
        <Controls
          state={state}
          length={length}
          speed={speed}
          skips={skips}
          goesOn={goesOn}
          hasMarks={onBar.length > 0}
          onToggle={toggle}
          onStep={step}
          onJump={jump}
          onSpeed={setSpeed}
          onSkips={setSkips}
          onFullScreen={fullScreen}
        />
        {friction && (
          <NextVisit
            projectId={projectId}
            friction={friction}
            marks={marks}
            search={search}
            onNext={() => goNext(friction)}
          />
        )}
        {notes.length > 0 && (
          <div className={classes.notes} role="status">
            {notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </div>
        )}
      </div>
      <Beside
        projectId={projectId}
        pageUrl={recording.page_url}
        moments={
          hasList
            ? {
                count: moments.length,
                list: <MomentList question={events} moments={moments} ms={state.ms} onSeek={seek} onNext={goNext} />,
              }
            : undefined
        }
        lines={lines}
        requests={requests}
        ms={state.ms}
        isComplete={isComplete}
        isFull={entries.isFull}
        onSeek={seek}
      />
    </div>
  )
}
